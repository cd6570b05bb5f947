#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// RFC 9293 section 3.1.
step read_tcp(dissection &packet) {
    const auto octets = packet.octets;
    if (octets.size() < 20) return step::malformed(layer::tcp);
    const std::size_t header = (octet_at(octets, 12) >> 4) * 4u;
    if (header < 20 || octets.size() < header) return step::malformed(layer::tcp);
    auto &to = packet.result;
    to.transport = transport::tcp;
    to.carriage = carriage::tcp_segment;
    to.source.port = big_16(octets, 0);
    to.destination.port = big_16(octets, 2);
    const auto flags = octet_at(octets, 13);
    to.tcp = {big_32(octets, 4),   big_32(octets, 8),   (flags & 0x02) != 0, (flags & 0x01) != 0,
              (flags & 0x04) != 0, (flags & 0x10) != 0, packet.missing};
    packet.octets.remove_prefix(header);
    const auto cause = packet.cause_of_truncation();
    to.truncation = cause == truncation::length ? truncation::none : cause;
    return step::hand_on();
}

} // namespace sipstatus::tool
