#include "log/line_ends.hpp"

#include "log/header_lines.hpp"
#include "log/words.hpp"
#include "octets.hpp"

#include <algorithm>

namespace sipstatus::tool {

namespace {

constexpr octet_set string_ends("\"'`)]}<\\");
constexpr octet_set first_of_spellings("#\\<^&\xe2");

// CR or LF, as loggers spell it. A doubled backslash is of a string within a string.
constexpr std::string_view sure_spellings[] = {
    "#012", "#015", "\\012", "\\015", "\\x0a",        "\\x0d",        "\\u000a", "\\u000d", "<CR>",  "<LF>",
    "<0a>", "<0d>", "^M",    "^J",    "\xe2\x90\x8a", "\xe2\x90\x8d", "&#10;",   "&#13;",   "&#xa;", "&#xd;",
};
constexpr std::string_view letter_spellings[] = {"\\\\n", "\\\\r", "\\n", "\\r"};

std::size_t size_of_any(std::string_view text, const std::string_view *begin, const std::string_view *end) {
    const auto *const place =
        std::find_if(begin, end, [text](std::string_view spelling) { return begins_with(text, spelling); });
    return place == end ? 0 : place->size();
}

bool ends_with_any(std::string_view text, const std::string_view *begin, const std::string_view *end) {
    return std::any_of(begin, end, [text](std::string_view spelling) { return ends_with(text, spelling); });
}

// What may follow a line end in a message: another line, or the end of the string.
bool may_follow(std::string_view text) {
    text = without_blanks_before(text);
    return text.empty() || string_ends.has(text.front()) || size_of_field_name(text) != 0;
}

constexpr std::string_view spelled_escapes[] = {"\x1b", "#033", "\\033", "\\x1b", "\\u001b", "\\e", "^["};

} // namespace

std::size_t size_of_spelled_line_ends(std::string_view text) {
    std::size_t size = 0;
    bool is_sure = true;
    for (;;) {
        const auto left = text.substr(size);
        if (left.empty() || !first_of_spellings.has(left.front())) break;
        auto more = size_of_any(left, std::begin(sure_spellings), std::end(sure_spellings));
        if (more == 0) {
            more = size_of_any(left, std::begin(letter_spellings), std::end(letter_spellings));
            if (more != 0 && size == 0) is_sure = false;
        } else {
            is_sure = true;
        }
        if (more == 0) break;
        size += more;
    }
    return is_sure || may_follow(text.substr(size)) ? size : 0;
}

bool ends_with_spelled_line_end(std::string_view text) {
    if (text.size() < 2) return false;
    return ends_with_any(text, std::begin(sure_spellings), std::end(sure_spellings)) ||
           ends_with_any(text, std::begin(letter_spellings), std::end(letter_spellings));
}

std::size_t size_of_control_sequence(std::string_view text) {
    auto at = size_of_any(text, std::begin(spelled_escapes), std::end(spelled_escapes));
    if (at == 0 || at >= text.size() || text[at] != '[') return 0;
    ++at;
    while (at < text.size() && (octets::is_digit(text[at]) || text[at] == ';')) ++at;
    return at < text.size() && is_letter(text[at]) ? at + 1 : 0;
}

bool ends_with_control_sequence(std::string_view text) {
    constexpr std::size_t longest = 32;
    if (text.empty() || !is_letter(text.back())) return false;
    const auto last = text.substr(text.size() - std::min(text.size(), longest));
    const auto bracket = last.rfind('[');
    if (bracket == last.npos) return false;
    for (const auto escape : spelled_escapes)
        if (ends_with(last.substr(0, bracket), escape))
            return size_of_control_sequence(last.substr(bracket - escape.size())) ==
                   last.size() - bracket + escape.size();
    return false;
}

std::string_view without_line_end(std::string_view line) noexcept {
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

} // namespace sipstatus::tool
