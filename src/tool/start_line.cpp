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

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t';
}

bool is_letter(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::string_view without_blanks_at_end(std::string_view octets) noexcept {
    while (!octets.empty() && is_blank(octets.back())) octets.remove_suffix(1);
    return octets;
}

// A blank, and the first digit of a code.
bool begins_with_code(std::string_view octets) noexcept {
    const auto blanks = std::min(octets.find_first_not_of(" \t"), octets.size());
    return blanks > 0 && blanks < octets.size() && octets[blanks] >= '1' && octets[blanks] <= '6';
}

// Where "SIP/" begins that the octets end with; a word that ends so is not one.
std::optional<std::size_t> start_of_sip_at_end(std::string_view octets) noexcept {
    octets = without_blanks_at_end(octets);
    if (octets.empty() || octets.back() != '/') return std::nullopt;
    octets.remove_suffix(1);
    octets = without_blanks_at_end(octets);
    if (octets.size() < 3) return std::nullopt;
    const auto at = octets.size() - 3;
    if (!tables::equal_but_for_case(octets.substr(at), "SIP")) return std::nullopt;
    return at > 0 && is_letter(octets[at - 1]) ? std::nullopt : std::optional(at);
}

} // namespace

bool claims_to_be_response(std::string_view octets) noexcept {
    return begins_with_version(after_leading_crlfs(octets));
}

bool begins_like_request(std::string_view octets) noexcept {
    constexpr std::size_t longest_method = 32;
    octets = after_leading_crlfs(octets);
    std::size_t end = 0;
    while (end < octets.size() && end < longest_method && octets[end] >= 'A' && octets[end] <= 'Z') ++end;
    if (end < 3 || end == octets.size() || octets[end] != ' ') return false;
    octets.remove_prefix(end + 1);
    for (const std::string_view scheme : {"sip:", "sips:", "tel:", "urn:"})
        if (tables::equal_but_for_case(octets.substr(0, scheme.size()), scheme)) return true;
    return false;
}

// The dot of "2.0" is the rarest of these octets in other protocols, so it is searched first.
std::optional<std::size_t> find_status_line(std::string_view octets) noexcept {
    for (auto dot = octets.find('.'); dot != octets.npos; dot = octets.find('.', dot + 1)) {
        if (dot == 0 || octets[dot - 1] != '2') continue;
        const auto after = octets.substr(dot + 1);
        if (after.empty() || after.front() != '0' || !begins_with_code(after.substr(1))) continue;
        if (const auto at = start_of_sip_at_end(octets.substr(0, dot - 1))) return at;
    }
    return std::nullopt;
}

} // namespace sipstatus::tool
