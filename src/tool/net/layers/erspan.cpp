#include "input/byte_order.hpp"
#include "net/layer.hpp"

namespace sipstatus::tool {

// draft-foschiano-erspan: type II has eight octets; type III has twelve, and eight more if its last bit is set.
step read_erspan(dissection &packet) {
    const auto octets = packet.octets;
    if (octets.empty()) return step::malformed(layer::erspan);
    const unsigned version = octet_at(octets, 0) >> 4;
    std::size_t header = version == 1 ? 8 : 12;
    if (version != 1 && version != 2) return step::malformed(layer::erspan);
    if (octets.size() < header) return step::malformed(layer::erspan);
    if (version == 2 && (octet_at(octets, 11) & 1) != 0) header += 8;
    if (octets.size() < header) return step::malformed(layer::erspan);
    packet.octets.remove_prefix(header);
    return step::to(layer::ethernet);
}

} // namespace sipstatus::tool
