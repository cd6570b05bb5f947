#include "start_line.hpp"

#include "octets.hpp"

#include <sipstatus/reason.hpp>

#include <algorithm>

namespace sipstatus::tool {

using octets::is_blank;
using octets::is_letter;

namespace {

bool begins_with_version(std::string_view octets) noexcept {
    return tables::equal_but_for_case(octets.substr(0, 4), "SIP/");
}

std::string_view after_leading_crlfs(std::string_view octets) noexcept {
    while (octets.size() >= 2 && octets[0] == '\r' && octets[1] == '\n') octets.remove_prefix(2);
    return octets;
}

// RFC 3261 section 25.1.
bool is_token(char c) noexcept {
    return is_letter(c) || octets::is_digit(c) || std::string_view("-.!%*_+`'~").find(c) != std::string_view::npos;
}

std::string_view without_blanks_at_end(std::string_view octets) noexcept {
    while (!octets.empty() && is_blank(octets.back())) octets.remove_suffix(1);
    return octets;
}

constexpr std::size_t longest_method = 32;
constexpr std::string_view schemes[] = {"sip:", "sips:", "tel:", "urn:"};

std::size_t size_of_method(std::string_view octets) noexcept {
    std::size_t end = 0;
    while (end < octets.size() && end < longest_method && is_token(octets[end])) ++end;
    return end;
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

// Of octets that claim to be a response: whether a version and a code follow.
bool is_status_line(std::string_view octets) noexcept {
    octets = after_leading_crlfs(octets);
    const auto at = find_status_line(octets.substr(0, 32));
    return at && *at == 0;
}

} // namespace

bool claims_to_be_response(std::string_view octets) noexcept {
    return begins_with_version(after_leading_crlfs(octets));
}

bool begins_like_request(std::string_view octets) noexcept {
    octets = after_leading_crlfs(octets);
    const auto method = size_of_method(octets);
    if (method < 3 || method == octets.size() || octets[method] != ' ') return false;
    octets.remove_prefix(method + 1);
    return std::any_of(std::begin(schemes), std::end(schemes), [octets](std::string_view scheme) {
        return tables::equal_but_for_case(octets.substr(0, scheme.size()), scheme);
    });
}

bool may_begin_like_sip(std::string_view octets) noexcept {
    octets = after_leading_crlfs(octets);
    if (octets == "\r" || tables::equal_but_for_case(octets, std::string_view("SIP/").substr(0, octets.size())))
        return true;
    const auto method = size_of_method(octets);
    if (method == octets.size()) return method < longest_method;
    if (method < 3 || octets[method] != ' ') return false;
    octets.remove_prefix(method + 1);
    return std::any_of(std::begin(schemes), std::end(schemes), [octets](std::string_view scheme) {
        return tables::equal_but_for_case(octets.substr(0, scheme.size()), scheme.substr(0, octets.size()));
    });
}

std::optional<std::size_t> find_start_of_message(std::string_view octets) noexcept {
    for (std::size_t at = 0; at < octets.size();) {
        const auto line = octets.substr(at);
        if (begins_like_request(line) || (claims_to_be_response(line) && is_status_line(line))) return at;
        const auto end = octets.find('\n', at);
        if (end == octets.npos) break;
        at = end + 1;
    }
    return std::nullopt;
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
