#include "net/layer.hpp"

namespace sipstatus::tool {

namespace {

constexpr unread_kind unread_ether_type{"ether-type", "frame", "of EtherType {:#06x}"};
constexpr unread_kind unread_protocol{"ip-protocol", "packet", "of IP protocol {}"};

constexpr std::string_view titles[] = {
#define SIPSTATUS_LAYER(name, title) title,
#include "net/layers.def"
};

constexpr std::string_view details_of_malformed[] = {
#define SIPSTATUS_LAYER(name, title) "with a malformed header: " title,
#include "net/layers.def"
};

struct malformed_kinds {
    unread_kind of[layer_count];

    constexpr malformed_kinds() : of{} {
        for (std::size_t n = 0; n < layer_count; ++n) of[n] = {"malformed", "packet", details_of_malformed[n]};
    }
};
constexpr malformed_kinds malformed_kinds_by_layer;

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
    return leave_out(malformed_kinds_by_layer.of[number], number);
}

// The formatter does not see that a macro and its .def are one list of cases.
// clang-format off
std::optional<layer> layer_of_link_type(unsigned link_type) noexcept {
    switch (link_type) {
#define SIPSTATUS_LINK_TYPE(value, name) case value: return layer::name;
#include "net/layers.def"
    default: return std::nullopt;
    }
}

step step_to_ether_type(std::uint16_t type) noexcept {
    switch (type) {
#define SIPSTATUS_ETHER_TYPE(value, name) case value: return step::to(layer::name);
#include "net/layers.def"
    default: return step::leave_out(unread_ether_type, type);
    }
}

step step_to_ip_protocol(std::uint8_t protocol) noexcept {
    switch (protocol) {
#define SIPSTATUS_IP_PROTOCOL(value, name) case value: return step::to(layer::name);
#include "net/layers.def"
    default: return step::leave_out(unread_protocol, protocol);
    }
}
// clang-format on

} // namespace sipstatus::tool
