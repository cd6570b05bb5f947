#ifndef SIPSTATUS_TOOL_NET_LAYER_HPP
#define SIPSTATUS_TOOL_NET_LAYER_HPP

// How a packet is taken apart. Each layer has a function, in a file of net/layers/, that reads the layer's own header
// and says which layer comes next. A length in a header is believed only as far as the packet has octets.

#include "account.hpp"
#include "net/segment.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace sipstatus::tool {

class fragment_store;

// A packet on its way through the layers.
struct dissection {
    const packet &from;
    fragment_store &fragments;
    std::string_view octets;  // after the headers that are read
    segment result{};         // filled in on the way
    std::size_t missing = 0;  // octets that the IP header promises and the packet has not
    bool is_fragment = false; // the octets are the first of an IP packet whose other fragments are missing

    // Why octets that a header promises are missing, where some are.
    truncation cause_of_truncation() const noexcept {
        return from.snapped      ? truncation::snapshot
               : from.file_ended ? truncation::file
               : is_fragment     ? truncation::fragment
                                 : truncation::length;
    }
};

// What a layer's function says.
struct step {
    enum class kind : std::uint8_t {
        next,     // `next` comes after this header
        hand_on,  // the result is complete but for its octets: those that are left
        hold,     // the packet is a fragment, and waits for the others
        leave_out // the packet is not read: `why`
    };

    static step to(layer which) noexcept { return {kind::next, which, nullptr, 0}; }
    static step hand_on() noexcept { return {kind::hand_on, {}, nullptr, 0}; }
    static step hold() noexcept { return {kind::hold, {}, nullptr, 0}; }
    // `number` goes into the sentence of `why`.
    static step leave_out(const unread_kind &why, std::uint32_t number = 0) noexcept {
        return {kind::leave_out, {}, &why, number};
    }
    // A packet that is too short for the headers that it claims, or whose headers contradict each other.
    static step malformed(layer which) noexcept;

    kind what;
    layer next;
    const unread_kind *why;
    std::uint32_t number;
};

// One function a layer.
#define SIPSTATUS_LAYER(name, title) step read_##name(dissection &packet);
#define SIPSTATUS_UDP_PAYLOAD(name) bool begins_like_##name(std::string_view octets) noexcept;
#include "net/layers.def"

// The layer that a link type names; absent for one that is not read.
std::optional<layer> layer_of_link_type(unsigned link_type) noexcept;
// The step to the layer that an EtherType or an IP protocol names, or out.
step step_to_ether_type(std::uint16_t type) noexcept;
step step_to_ip_protocol(std::uint8_t protocol) noexcept;
step step_to_ppp_protocol(std::uint16_t protocol) noexcept;
// The step to what follows IPv6's header and `next_header` names, past the extension headers.
step step_after_ipv6(dissection &packet, std::uint8_t next_header);
// The step to the IP version that the octets begin with; out, by `otherwise`, where it is none.
step step_to_ip(std::string_view octets, step otherwise) noexcept;
// The tunnel that a datagram begins like; absent for one that is handed on as it is.
std::optional<layer> layer_of_udp_payload(std::string_view octets) noexcept;
// The step out for a link type that is not read.
step unread_link_type(unsigned link_type) noexcept;

} // namespace sipstatus::tool

#endif
