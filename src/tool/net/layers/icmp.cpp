#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

namespace {

constexpr unread_kind icmp_error{"icmp-error", "ICMP error", "which quotes another packet"};
constexpr unread_kind icmp_message{"icmp", "ICMP message", ""};

// An error quotes the packet that it answers. What it quotes was counted where it was sent.
step leave_out(dissection &packet, bool is_error) {
    packet.octets = {};
    return step::leave_out(is_error ? icmp_error : icmp_message);
}

} // namespace

// RFC 792: destination unreachable, source quench, redirect, time exceeded, parameter problem.
step read_icmp(dissection &packet) {
    if (packet.octets.empty()) return step::malformed(layer::icmp);
    const auto type = octet_at(packet.octets, 0);
    return leave_out(packet, type == 3 || type == 4 || type == 5 || type == 11 || type == 12);
}

// RFC 4443 section 2.1: types below 128 are errors.
step read_icmpv6(dissection &packet) {
    if (packet.octets.empty()) return step::malformed(layer::icmpv6);
    return leave_out(packet, octet_at(packet.octets, 0) < 128);
}

} // namespace sipstatus::tool
