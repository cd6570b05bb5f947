#include "log/words.hpp"

#include <sipstatus/reason.hpp>

#include <cstring>

namespace sipstatus::tool {

bool begins_with(std::string_view text, std::string_view word) noexcept {
    return text.size() >= word.size() && tables::equal_but_for_case(text.substr(0, word.size()), word);
}

bool ends_with(std::string_view text, std::string_view word) noexcept {
    return text.size() >= word.size() && tables::equal_but_for_case(text.substr(text.size() - word.size()), word);
}

std::size_t find_word(std::string_view text, std::string_view word) noexcept {
    for (std::size_t at = 0; at + word.size() <= text.size(); ++at)
        if ((text[at] | 0x20) == (word.front() | 0x20) &&
            tables::equal_but_for_case(text.substr(at, word.size()), word))
            return at;
    return std::string_view::npos;
}

std::string_view without_quote_marks(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size()) {
        if (is_blank(line[at]) || line[at] == '>' || line[at] == '|')
            ++at;
        else if (line.substr(at, 3) == "\xe2\x94\x82") // a line of a box
            at += 3;
        else
            break;
    }
    return line.substr(at);
}

std::size_t line_pattern::find_in(std::string_view text) const noexcept {
    auto first = text.npos;
    std::size_t passed = 0;
    for (std::size_t n = 0; n < count_; ++n) {
        // memmem() is much faster than find() of a view. It wants an address even of an empty text.
        if (text.size() - passed < parts_[n].size()) return text.npos;
        const auto *const found = static_cast<const char *>(
            memmem(text.data() + passed, text.size() - passed, parts_[n].data(), parts_[n].size()));
        if (!found) return text.npos;
        const auto at = static_cast<std::size_t>(found - text.data());
        if (n == 0) first = at;
        passed = at + parts_[n].size();
    }
    return first;
}

} // namespace sipstatus::tool
