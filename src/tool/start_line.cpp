#include "start_line.hpp"

#include <sipstatus/reason.hpp>

#include <algorithm>

namespace sipstatus::tool {

namespace {

bool begins_with_version(std::string_view octets) noexcept {
    return tables::equal_but_for_case(octets.substr(0, 4), "SIP/");
}

std::string_view after_leading_crlfs(std::string_view octets) noexcept {
    while (octets.size() >= 2 && octets[0] == '\r' && octets[1] == '\n') octets.remove_prefix(2);
    return octets;
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// "SIP/2.0 486", with blanks in any place: "SIP / 2.0 486".
bool is_spaced_status_line(std::string_view octets) noexcept {
    const auto skip_blanks = [&octets] {
        octets.remove_prefix(std::min(octets.find_first_not_of(" \t"), octets.size()));
    };
    const auto take = [&octets](std::string_view word) {
        if (!tables::equal_but_for_case(octets.substr(0, word.size()), word)) return false;
        octets.remove_prefix(word.size());
        return true;
    };
    if (!take("SIP")) return false;
    skip_blanks();
    if (!take("/")) return false;
    skip_blanks();
    if (!take("2.0")) return false;
    const auto before = octets.size();
    skip_blanks();
    return octets.size() != before && octets.size() >= 3 && std::all_of(octets.begin(), octets.begin() + 3, is_digit);
}

} // namespace

bool claims_to_be_response(std::string_view octets) noexcept {
    return begins_with_version(after_leading_crlfs(octets));
}

bool begins_like_request(std::string_view octets) noexcept {
    constexpr std::size_t longest_method = 32;
    octets = after_leading_crlfs(octets);
    const auto end = octets.substr(0, longest_method).find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (end == octets.npos || end < 3 || octets[end] != ' ') return false;
    octets.remove_prefix(end + 1);
    for (const std::string_view scheme : {"sip:", "sips:", "tel:", "urn:"})
        if (tables::equal_but_for_case(octets.substr(0, scheme.size()), scheme)) return true;
    return false;
}

std::optional<std::size_t> find_misplaced_status_line(std::string_view octets) noexcept {
    constexpr std::size_t most_octets_before = 32;
    const auto searched = octets.substr(0, most_octets_before + 3);
    // A letter right before it would make it the end of a word.
    for (std::size_t at = searched.find_first_of("Ss"); at != searched.npos;
         at = searched.find_first_of("Ss", at + 1)) {
        const auto before = at == 0 ? ' ' : searched[at - 1];
        const bool in_word = (before >= 'A' && before <= 'Z') || (before >= 'a' && before <= 'z') || is_digit(before);
        if (!in_word && is_spaced_status_line(octets.substr(at))) return at;
    }
    return std::nullopt;
}

bool holds_status_line(std::string_view octets) noexcept {
    constexpr std::string_view version = "SIP/2.0 ";
    for (auto at = octets.find(version); at != octets.npos; at = octets.find(version, at + 1)) {
        const auto code = at + version.size();
        if (code < octets.size() && octets[code] >= '1' && octets[code] <= '6') return true;
    }
    return false;
}

} // namespace sipstatus::tool
