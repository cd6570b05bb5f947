#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// RFC 9260 section 3: ports, a tag and a checksum. The chunks are handed on together.
step read_sctp(dissection &packet) {
    constexpr std::size_t header = 12;
    const auto octets = packet.octets;
    if (octets.size() < header) return step::malformed(layer::sctp);
    auto &to = packet.result;
    to.transport = transport::sctp;
    to.carriage = carriage::sctp_chunks;
    to.source.port = big_16(octets, 0);
    to.destination.port = big_16(octets, 2);
    packet.octets.remove_prefix(header);
    const auto cause = packet.cause_of_truncation();
    to.truncation = cause == truncation::length ? truncation::none : cause;
    return step::hand_on();
}

} // namespace sipstatus::tool
