#include "net/layer.hpp"

namespace sipstatus::tool {

namespace {

constexpr unread_kind unread_ether_type{"ether-type", "frame", "of EtherType {:#06x}"};
constexpr unread_kind unread_protocol{"ip-protocol", "packet", "of IP protocol {}"};

constexpr std::string_view titles[] = {
#define SIPSTATUS_LAYER(name, title) title,
#include "net/layers.def"
};

constexpr unread_kind malformed_kinds[] = {
#define SIPSTATUS_LAYER(name, title) {"malformed", "packet", "with a malformed header: " title},
#include "net/layers.def"
};

// Where a layer is found: the number that names it in the layer before.
struct place {
    std::uint32_t number;
    layer which;
};

constexpr place link_types[] = {
#define SIPSTATUS_LINK_TYPE(value, name) {value, layer::name},
#include "net/layers.def"
};
constexpr place ether_types[] = {
#define SIPSTATUS_ETHER_TYPE(value, name) {value, layer::name},
#include "net/layers.def"
};
constexpr place ip_protocols[] = {
#define SIPSTATUS_IP_PROTOCOL(value, name) {value, layer::name},
#include "net/layers.def"
};

template <std::size_t N> std::optional<layer> layer_at(const place (&places)[N], std::uint32_t number) noexcept {
    for (const auto &one : places)
        if (one.number == number) return one.which;
    return std::nullopt;
}

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
    return layer_at(link_types, link_type);
}

step step_to_ether_type(std::uint16_t type) noexcept {
    return step_to(layer_at(ether_types, type), unread_ether_type, type);
}

step step_to_ip_protocol(std::uint8_t protocol) noexcept {
    return step_to(layer_at(ip_protocols, protocol), unread_protocol, protocol);
}

} // namespace sipstatus::tool
