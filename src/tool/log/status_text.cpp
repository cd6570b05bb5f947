#include "log/status_text.hpp"

#include "log/header_lines.hpp"
#include "log/line_ends.hpp"
#include "log/origin.hpp"
#include "log/words.hpp"
#include "octets.hpp"

#include <algorithm>

namespace sipstatus::tool {

namespace {

using octets::is_digit;

constexpr octet_set spelling_octets("#\\^<&\xe2"); // that spelled line ends begin with
constexpr octet_set within_words("/-.@%+~");       // besides letters and digits

// What opens a string, a cell of a table or an element, and what closes it.
struct enclosure {
    std::string_view opener, closer;
};
constexpr enclosure enclosures[] = {
    {"\"", "\""},
    {"'", "'"},
    {"`", "`"},
    {"(", ")"},
    {"[", "]"},
    {"{", "}"},
    {"<", ">"},
    {">", "</"},
    {"**", "**"},
    {"\t", "\t"},
    {",", ","},
    {";", ";"},
    {"|", "|"},
    {"\xe2\x80\x9c", "\xe2\x80\x9d"},
    {"\xe2\x80\x98", "\xe2\x80\x99"},
    {"\xc2\xab", "\xc2\xbb"},
};

std::string_view closer_after(std::string_view before) {
    for (const auto &[opener, closer] : enclosures)
        if (before.ends_with(opener)) return closer;
    if (without_blanks_after(before).ends_with("|")) return "|";
    // A string that was opened further ahead.
    bool is_open = false;
    for (std::size_t at = 0; at < before.size(); ++at)
        if (before[at] == '"' && (at == 0 || before[at - 1] != '\\')) is_open = !is_open;
    return is_open ? "\"" : "";
}

bool is_apostrophe(std::string_view text, std::size_t at) {
    return at > 0 && at + 1 < text.size() && is_letter(text[at - 1]) && is_letter(text[at + 1]);
}

// Where the closer stands: the one that belongs to the opener, if those nest.
std::size_t find_closer(std::string_view text, std::string_view closer) {
    if (closer.empty()) return text.npos;
    const auto nesting = std::string_view(")(][}{><").find(closer);
    const char opener = closer.size() == 1 && nesting != text.npos ? std::string_view(")(][}{><")[nesting + 1] : '\0';
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (opener != '\0' && text[at] == opener) ++depth;
        if (text.substr(at, closer.size()) != closer || (closer == "'" && is_apostrophe(text, at))) continue;
        if (depth == 0) return at > 0 && closer == "\"" && text[at - 1] == '\\' ? at - 1 : at;
        --depth;
    }
    return text.npos;
}

// Whether " from 192.0.2.1" or " to udp:192.0.2.1" follows.
bool is_followed_by_peer(std::string_view text) {
    for (const std::string_view word : {" from ", " to "}) {
        if (!text.starts_with(word)) continue;
        auto peer = text.substr(word.size());
        for (std::size_t skipped = 0; skipped < 8 && !peer.empty(); ++skipped, peer.remove_prefix(1))
            if (endpoint_at(peer)) return true;
    }
    return false;
}

// Takes off what separates a status line from what follows it in the line, but not the SP after the code.
std::string_view trimmed(std::string_view text) {
    auto end = text.size();
    while (end > version_size && is_blank(text[end - 1])) --end;
    const auto blanks = text.size() - end;
    const bool is_bare_code = end >= version_size + 4 && is_digit(text[end - 1]) && is_digit(text[end - 2]) &&
                              is_digit(text[end - 3]) && is_blank(text[end - 4]);
    return text.substr(0, end + (is_bare_code && blanks > 0 ? 1 : 0));
}

// "INVITE sip:a@example.com " is the first part of a request line. `before` is not empty.
bool is_request_before_version(std::string_view before) {
    if (!is_blank(before.back())) return false;
    before = without_blanks_after(before);
    const auto uri_begin = before.find_last_of(" \t");
    const auto uri = before.substr(uri_begin == before.npos ? 0 : uri_begin + 1);
    if (uri_begin == before.npos || size_of_field_name(uri) == 0) return false;
    const auto rest = without_blanks_after(before.substr(0, uri_begin));
    std::size_t letters = 0;
    while (letters < rest.size() && rest[rest.size() - letters - 1] >= 'A' && rest[rest.size() - letters - 1] <= 'Z')
        ++letters;
    return letters >= 3;
}

// Whether a method and a URI stand in the text.
bool has_request(std::string_view text) {
    for (const std::string_view scheme : {" sip:", " sips:", " tel:", " urn:"})
        for (auto at = text.find(scheme); at != text.npos; at = text.find(scheme, at + 1))
            if (at >= 3 && text[at - 1] >= 'A' && text[at - 1] <= 'Z' && text[at - 2] >= 'A' && text[at - 2] <= 'Z')
                return true;
    return false;
}

} // namespace

after_version look_after_version(std::string_view text) noexcept {
    auto at = version_size;
    while (at < text.size() && is_blank(text[at])) ++at;
    if (at == version_size || at == text.size()) return after_version::other;
    if (at + 3 <= text.size() && is_digit(text[at]) && is_digit(text[at + 1]) && is_digit(text[at + 2]))
        return after_version::code;
    return is_digit(text[at]) || text[at] == '\x1b' ? after_version::unsure : after_version::other;
}

bool may_begin_after(std::string_view before, std::string_view text) {
    if (before.empty()) return true;
    const char last = before.back();
    const bool is_within_word = is_word_octet(last) || within_words.has(last);
    if (is_within_word && !ends_with_spelled_line_end(before) && !ends_with_control_sequence(before)) return false;
    // A line of a session description.
    if (last == '=' && before.size() >= 2 && is_letter(before[before.size() - 2]) &&
        (before.size() == 2 || !is_word_octet(before[before.size() - 3])))
        return false;
    if (is_request_before_version(before)) return false;
    return !(ends_with(without_blanks_after(without_line_end(text)), "SIP/2.0") && has_request(before));
}

bool is_after_hex_dump(std::string_view before) {
    // What of the line's text stands before the status line is in the dump, too.
    constexpr std::size_t most_octets = 96;
    if (before.size() > most_octets) before.remove_prefix(before.size() - most_octets);
    std::size_t groups = 0, digits = 0;
    for (const char c : before) {
        if (octets::is_hexdig(c)) {
            ++digits;
        } else {
            groups = c != ' ' ? 0 : digits == 2 || digits == 4 ? groups + 1 : groups;
            if (groups >= 4) return true;
            digits = 0;
        }
    }
    return false;
}

std::string_view status_line_in(std::string_view before, std::string_view text) {
    text = without_line_end(text);
    auto end = std::min(find_closer(text.substr(version_size), closer_after(before)), text.size()) + version_size;
    end = std::min(end, text.size());
    const bool is_in_prose = !before.empty() && is_blank(before.back());
    for (auto at = version_size; at < end; ++at) {
        const char c = text[at];
        if (spelling_octets.has(c)) {
            if (size_of_spelled_line_ends(text.substr(at)) != 0) end = at;
        } else if (is_letter(c) && !is_letter(text[at - 1]) && begins_with_known_field(text.substr(at), false)) {
            // A header field after blanks, or after the two dots that stand for its CRLF.
            end = at;
            if (text[at - 1] == '.') {
                end -= text[at - 2] == '.' ? 2u : 1u;
                return text.substr(0, end);
            }
            while (end > version_size && !is_word_octet(text[end - 1]) && !is_blank(text[end - 1])) --end;
        } else if (c == ' ' && is_in_prose && is_followed_by_peer(text.substr(at))) {
            end = at;
        }
    }
    return end < text.size() ? trimmed(text.substr(0, end)) : text;
}

void append_without_control_sequences(std::string_view text, std::string &to) {
    constexpr std::string_view first_octets = "\x1b#\\^";
    for (;;) {
        const auto at = std::min(text.find_first_of(first_octets), text.size());
        to.append(text.substr(0, at));
        text.remove_prefix(at);
        if (text.empty()) return;
        const auto size = size_of_control_sequence(text);
        if (size == 0) to += text.front();
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
}

} // namespace sipstatus::tool
