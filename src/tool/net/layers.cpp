#include "net/layer.hpp"

namespace sipstatus::tool {

namespace {

constexpr unread_kind unknown_link_type{"link-type", "frame", "of link type {}"};
constexpr unread_kind unread_ether_type{"ether-type", "frame", "of EtherType {:#06x}"};
constexpr unread_kind unread_protocol{"ip-protocol", "packet", "of IP protocol {}"};
constexpr unread_kind unread_ppp_protocol{"ppp-protocol", "frame", "of PPP protocol {:#06x}"};

constexpr std::string_view titles[] = {
#define SIPSTATUS_LAYER(name, title) title,
#include "net/layers.def"
};

constexpr unread_kind malformed_kinds[] = {
#define SIPSTATUS_LAYER(name, title) {"malformed", "packet", "with a malformed header: " title},
#include "net/layers.def"
};

// The layer that a number names in the layer before.
std::optional<layer> layer_of_ether_type(std::uint32_t number) noexcept {
#define SIPSTATUS_ETHER_TYPE(value, name)                                                                              \
    if (number == (value)) return layer::name;
#include "net/layers.def"
    return std::nullopt;
}

std::optional<layer> layer_of_ip_protocol(std::uint32_t number) noexcept {
#define SIPSTATUS_IP_PROTOCOL(value, name)                                                                             \
    if (number == (value)) return layer::name;
#include "net/layers.def"
    return std::nullopt;
}

std::optional<layer> layer_of_ppp_protocol(std::uint32_t number) noexcept {
#define SIPSTATUS_PPP_PROTOCOL(value, name)                                                                            \
    if (number == (value)) return layer::name;
#include "net/layers.def"
    return std::nullopt;
}

struct udp_payload {
    bool (*begins_like)(std::string_view octets);
    layer which;
};
constexpr udp_payload udp_payloads[] = {
#define SIPSTATUS_UDP_PAYLOAD(name) {begins_like_##name, layer::name},
#include "net/layers.def"
};

struct named_link_type {
    unsigned number;
    unread_kind kind;
};
constexpr named_link_type named_link_types[] = {
#define SIPSTATUS_UNREAD_LINK_TYPE(value, title) {value, {"link-type", "frame", "of link type {}: " title}},
#include "net/layers.def"
};

step step_to(std::optional<layer> which, const unread_kind &otherwise, std::uint32_t number) noexcept {
    return which ? step::to(*which) : step::leave_out(otherwise, number);
}

} // namespace

std::string_view name(layer which) noexcept {
    return titles[static_cast<std::size_t>(which)];
}

std::string_view name(transport which) noexcept {
    switch (which) {
    case transport::none: return {};
    case transport::udp: return "udp";
    case transport::tcp: return "tcp";
    case transport::sctp: return "sctp";
    case transport::ws: return "ws";
    }
    return {};
}

step step::malformed(layer which) noexcept {
    const auto number = static_cast<std::uint32_t>(which);
    return leave_out(malformed_kinds[number], number);
}

std::optional<layer> layer_of_link_type(unsigned link_type) noexcept {
#define SIPSTATUS_LINK_TYPE(value, name)                                                                               \
    if (link_type == (value)) return layer::name;
#include "net/layers.def"
    return std::nullopt;
}

step step_to_ether_type(std::uint16_t type) noexcept {
    return step_to(layer_of_ether_type(type), unread_ether_type, type);
}

step step_to_ip_protocol(std::uint8_t protocol) noexcept {
    return step_to(layer_of_ip_protocol(protocol), unread_protocol, protocol);
}

step step_to_ppp_protocol(std::uint16_t protocol) noexcept {
    return step_to(layer_of_ppp_protocol(protocol), unread_ppp_protocol, protocol);
}

step step_to_ip(std::string_view octets, step otherwise) noexcept {
    const unsigned version = octets.empty() ? 0 : static_cast<unsigned char>(octets.front()) >> 4;
    return version == 4 ? step::to(layer::ipv4) : version == 6 ? step::to(layer::ipv6) : otherwise;
}

std::optional<layer> layer_of_udp_payload(std::string_view octets) noexcept {
    for (const auto &one : udp_payloads)
        if (one.begins_like(octets)) return one.which;
    return std::nullopt;
}

step unread_link_type(unsigned link_type) noexcept {
    for (const auto &one : named_link_types)
        if (one.number == link_type) return step::leave_out(one.kind, link_type);
    return step::leave_out(unknown_link_type, link_type);
}

} // namespace sipstatus::tool
