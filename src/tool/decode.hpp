#ifndef SIPSTATUS_TOOL_DECODE_HPP
#define SIPSTATUS_TOOL_DECODE_HPP

// The third stage. In: a packet. Out: the UDP datagram in it, if there is one, as views into the packet.
// Links: Ethernet (VLAN tags, also stacked), Linux cooked 1 and 2, BSD null and loop, raw IP. Networks: IPv4 (RFC 791),
// IPv6 with extension headers (RFC 8200). Every length in a packet is believed only as far as the packet has octets.

#include "capture.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sipstatus::tool {

struct endpoint {
    bool ipv6 = false;
    std::array<std::uint8_t, 16> address{}; // in network order; an IPv4 address is in the first four
    std::uint16_t port = 0;
};

// Why a message has fewer octets than its headers promise.
enum class cut : std::uint8_t {
    none,
    capture,  // the capture kept only the first octets of the packet
    file,     // the capture file ends within the packet
    fragment, // the packet is the first fragment of several
    length    // a header promises more octets than the packet had on the wire
};

struct datagram {
    endpoint source;
    endpoint destination;
    std::string_view payload;
    cut missing = cut::none;
};

// Whether packets of this LINKTYPE_ can be read.
bool is_known_link_type(unsigned link_type);

// The datagram, nothing for a packet that has none or is too short for its headers. A first fragment gives what it has
// of its datagram: a message's first line stands there. Later fragments give nothing.
std::optional<datagram> decode(const packet &from);

} // namespace sipstatus::tool

#endif
