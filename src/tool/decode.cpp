#include "decode.hpp"

#include "byte_order.hpp"

#include <algorithm>

namespace sipstatus::tool {

namespace {

// Values of the LINKTYPE_ registry. DLT_RAW is 12 or 14 in files of systems that write their own number.
enum link : unsigned {
    null = 0,
    ethernet = 1,
    raw_12 = 12,
    raw_14 = 14,
    raw = 101,
    loop = 108,
    linux_sll = 113,
    ipv4_only = 228,
    ipv6_only = 229,
    linux_sll2 = 276
};

enum ether_type : std::uint16_t {
    ether_ipv4 = 0x0800,
    ether_ipv6 = 0x86dd,
    ether_vlan = 0x8100,
    ether_service_vlan = 0x88a8,
    ether_old_qinq_1 = 0x9100,
    ether_old_qinq_2 = 0x9200,
    ether_old_qinq_3 = 0x9300
};

enum protocol : std::uint8_t {
    hop_by_hop = 0,
    udp = 17,
    routing = 43,
    fragment_header = 44,
    authentication = 51,
    destination_options = 60,
    mobility = 135,
    host_identity = 139,
    shim6 = 140
};

using maybe = std::optional<datagram>;

// What is known when the transport header is reached.
struct network_layer {
    endpoint source;
    endpoint destination;
    bool is_first_fragment = false;
};

maybe decode_udp(const packet &from, network_layer network, std::string_view octets) {
    if (octets.size() < 8) return {};
    const std::size_t length = big_16(octets, 4);
    if (length != 0 && length < 8) return {};
    network.source.port = big_16(octets, 0);
    network.destination.port = big_16(octets, 2);
    auto payload = octets.substr(8);
    const auto why = from.snapped ? cut::capture : from.file_ended ? cut::file : cut::fragment;
    const bool is_cut = from.snapped || from.file_ended || network.is_first_fragment;
    // A length of 0: a jumbogram (RFC 2675 section 4), or a packet captured before its card filled the length in. How
    // much there was is not known, so a packet that was cut may lack some of it.
    if (length == 0) return datagram{network.source, network.destination, payload, is_cut ? why : cut::none};
    const auto promised = length - 8;
    auto missing = cut::none;
    if (payload.size() < promised) missing = is_cut ? why : cut::length;
    return datagram{network.source, network.destination, payload.substr(0, promised), missing};
}

maybe decode_ipv4(const packet &from, std::string_view octets) {
    if (octets.size() < 20 || octet_at(octets, 0) >> 4 != 4) return {};
    const std::size_t header = (octet_at(octets, 0) & 0x0fu) * 4u;
    const std::size_t total = big_16(octets, 2);
    const unsigned fragment = big_16(octets, 6);
    if (header < 20 || octets.size() < header || octet_at(octets, 9) != udp) return {};
    if ((fragment & 0x1fff) != 0) return {};
    network_layer network;
    std::copy_n(octets.begin() + 12, 4, network.source.address.begin());
    std::copy_n(octets.begin() + 16, 4, network.destination.address.begin());
    network.is_first_fragment = (fragment & 0x2000) != 0;
    // A total length of 0: captured before the card filled it in. What follows the packet is the link's padding.
    if (total != 0) {
        if (total < header) return {};
        octets = octets.substr(0, total);
    }
    return decode_udp(from, network, octets.substr(header));
}

maybe decode_ipv6(const packet &from, std::string_view octets) {
    if (octets.size() < 40 || octet_at(octets, 0) >> 4 != 6) return {};
    const std::size_t length = big_16(octets, 4);
    auto next = octet_at(octets, 6);
    network_layer network;
    network.source.ipv6 = network.destination.ipv6 = true;
    std::copy_n(octets.begin() + 8, 16, network.source.address.begin());
    std::copy_n(octets.begin() + 24, 16, network.destination.address.begin());
    octets.remove_prefix(40);
    if (length != 0) octets = octets.substr(0, length); // 0: a jumbogram, RFC 2675 section 2
    while (next != udp) {
        if (octets.size() < 8) return {};
        std::size_t header = 8;
        switch (next) {
        case hop_by_hop:
        case routing:
        case destination_options:
        case mobility:
        case host_identity:
        case shim6: header = (octet_at(octets, 1) + 1u) * 8u; break;
        case authentication: header = (octet_at(octets, 1) + 2u) * 4u; break;
        case fragment_header:
            if ((big_16(octets, 2) & 0xfff8) != 0) return {};
            network.is_first_fragment = (big_16(octets, 2) & 1) != 0;
            break;
        default: return {};
        }
        if (octets.size() < header) return {};
        next = octet_at(octets, 0);
        octets.remove_prefix(header);
    }
    return decode_udp(from, network, octets);
}

maybe decode_ip(const packet &from, std::string_view octets) {
    if (octets.empty()) return {};
    return octet_at(octets, 0) >> 4 == 6 ? decode_ipv6(from, octets) : decode_ipv4(from, octets);
}

maybe decode_ether_type(const packet &from, std::uint16_t type, std::string_view octets) {
    for (;;) {
        switch (type) {
        case ether_ipv4: return decode_ipv4(from, octets);
        case ether_ipv6: return decode_ipv6(from, octets);
        case ether_vlan:
        case ether_service_vlan:
        case ether_old_qinq_1:
        case ether_old_qinq_2:
        case ether_old_qinq_3: break;
        default: return {};
        }
        if (octets.size() < 4) return {};
        type = big_16(octets, 2);
        octets.remove_prefix(4);
    }
}

// A link header of a fixed size with an EtherType in it.
maybe decode_link(const packet &from, std::size_t header, std::size_t type_at) {
    if (from.octets.size() < header) return {};
    return decode_ether_type(from, big_16(from.octets, type_at), from.octets.substr(header));
}

// The first four octets are the address family, by the numbers of the machine that captured, in its order. The
// families of IPv6 differ between systems: 10, 23, 24, 28, 30.
maybe decode_loopback(const packet &from) {
    if (from.octets.size() < 4) return {};
    const auto family = std::min(byte_order{true}.u32(from.octets, 0), byte_order{false}.u32(from.octets, 0));
    switch (family) {
    case 2: return decode_ipv4(from, from.octets.substr(4));
    case 10:
    case 23:
    case 24:
    case 28:
    case 30: return decode_ipv6(from, from.octets.substr(4));
    default: return {};
    }
}

} // namespace

bool is_known_link_type(unsigned link_type) {
    switch (link_type) {
    case null:
    case ethernet:
    case raw_12:
    case raw_14:
    case raw:
    case loop:
    case linux_sll:
    case ipv4_only:
    case ipv6_only:
    case linux_sll2: return true;
    default: return false;
    }
}

std::optional<datagram> decode(const packet &from) {
    switch (from.link_type) {
    case ethernet: return decode_link(from, 14, 12);
    case linux_sll: return decode_link(from, 16, 14);
    case linux_sll2: return decode_link(from, 20, 0);
    case null:
    case loop: return decode_loopback(from);
    case raw_12:
    case raw_14:
    case raw: return decode_ip(from, from.octets);
    case ipv4_only: return decode_ipv4(from, from.octets);
    case ipv6_only: return decode_ipv6(from, from.octets);
    default: return {};
    }
}

} // namespace sipstatus::tool
