#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// RFC 768. A length of 0: a jumbogram (RFC 2675 section 4), or a packet captured before its card filled the length in.
// How many octets there were is not known then, so a packet that was cut may lack some.
step read_udp(dissection &packet) {
    const auto octets = packet.octets;
    constexpr std::size_t header = 8;
    if (octets.size() < header) return step::malformed(layer::udp);
    const std::size_t length = big_16(octets, 4);
    if (length != 0 && length < header) return step::malformed(layer::udp);
    auto &to = packet.result;
    to.transport = transport::udp;
    to.source.port = big_16(octets, 0);
    to.destination.port = big_16(octets, 2);
    packet.octets.remove_prefix(header);
    const auto cause = packet.cause_of_truncation();
    if (length == 0) {
        to.truncation = cause == truncation::length ? truncation::none : cause;
    } else {
        to.truncation = packet.octets.size() < length - header ? cause : truncation::none;
        packet.octets = packet.octets.substr(0, length - header);
    }
    const auto tunnel = layer_of_udp_payload(packet.octets);
    return tunnel ? step::to(*tunnel) : step::hand_on();
}

} // namespace sipstatus::tool
