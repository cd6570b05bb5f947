#ifndef SIPSTATUS_TOOL_START_LINE_HPP
#define SIPSTATUS_TOOL_START_LINE_HPP

// What the start line of a SIP message begins like (RFC 3261 section 7).

#include <cstddef>
#include <optional>
#include <string_view>

namespace sipstatus::tool {

// Whether "SIP/", in any case, follows the leading CRLFs: what begins so claims to be a response.
bool claims_to_be_response(std::string_view octets) noexcept;

// Whether a method and a Request-URI follow the leading CRLFs: "INVITE sip:".
bool begins_like_request(std::string_view octets) noexcept;

inline bool begins_like_sip(std::string_view octets) noexcept {
    return claims_to_be_response(octets) || begins_like_request(octets);
}

// Whether more octets after these could make them begin like SIP.
bool may_begin_like_sip(std::string_view octets) noexcept;

// Where the first line begins that is a status line or a request line, the first octet being the first of a line.
std::optional<std::size_t> find_start_of_message(std::string_view octets) noexcept;

// Where the first status line begins that stands anywhere in the octets, with blanks in any place of it: "SIP / 2.0
// 486". Absent where there is none.
std::optional<std::size_t> find_status_line(std::string_view octets) noexcept;

// The ports that IANA has for SIP and SIPS.
constexpr bool is_sip_port(unsigned port) noexcept {
    return port == 5060 || port == 5061;
}

} // namespace sipstatus::tool

#endif
