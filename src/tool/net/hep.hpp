#ifndef SIPSTATUS_TOOL_NET_HEP_HPP
#define SIPSTATUS_TOOL_NET_HEP_HPP

// HEP, the Homer Encapsulation Protocol, versions 1 to 3: what a capture agent saw, with the end points that it saw. It
// comes in datagrams, or one packet after the other on TCP (version 3 only).

#include "net/segment.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace sipstatus::tool {

// What reading a packet of HEP gives.
enum class hep_result : std::uint8_t {
    ok,        // `to` has the octets, the end points, and the time if the packet has one
    malformed, // lengths contradict each other
    compressed // the payload is compressed
};

bool begins_like_hep(std::string_view octets) noexcept;

// The length of the version 3 packet that the octets begin with; absent where they do not begin with one. Its first six
// octets are enough.
std::optional<std::size_t> hep_length(std::string_view octets) noexcept;

// `octets` is one packet; begins_like_hep() holds. It fills in what of `to` HEP knows.
hep_result decode_hep(std::string_view octets, segment &to) noexcept;

} // namespace sipstatus::tool

#endif
