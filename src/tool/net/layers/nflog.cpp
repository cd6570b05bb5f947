#include "input/byte_order.hpp"
#include "net/layer.hpp"

#include <algorithm>

namespace sipstatus::tool {

namespace {

constexpr std::size_t header_size = 4, attribute_header = 4;
constexpr unsigned payload_attribute = 9;

// The packet among the attributes, where lengths have this order of octets; absent where they contradict each other.
std::optional<std::string_view> find_payload(std::string_view octets, byte_order order) noexcept {
    while (octets.size() >= attribute_header) {
        const std::size_t length = order.u16(octets, 0);
        if (length < attribute_header) return std::nullopt;
        if ((order.u16(octets, 2) & 0x7fffu) == payload_attribute)
            return octets.substr(attribute_header, length - attribute_header);
        octets.remove_prefix(std::min((length + 3) & ~std::size_t{3}, octets.size()));
    }
    return std::nullopt;
}

} // namespace

// LINKTYPE_NFLOG: family, version, resource, then attributes in the octet order of the machine that captured. One of
// them is an IP packet.
step read_nflog(dissection &packet) {
    if (packet.octets.size() < header_size || octet_at(packet.octets, 1) != 0) return step::malformed(layer::nflog);
    const auto attributes = packet.octets.substr(header_size);
    auto payload = find_payload(attributes, byte_order{false});
    if (!payload) payload = find_payload(attributes, byte_order{true});
    if (!payload) return step::malformed(layer::nflog);
    packet.octets = *payload;
    return step_to_ip(packet.octets, step::malformed(layer::nflog));
}

} // namespace sipstatus::tool
