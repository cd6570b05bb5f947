#include "net/hep.hpp"

#include "input/byte_order.hpp"
#include "net/layer.hpp"

#include <algorithm>

namespace sipstatus::tool {

namespace {

enum family : std::uint8_t { family_ipv4 = 2, family_ipv6 = 10 };

// The chunks of the vendor 0 that matter here (HEP3 specification, revision 36).
enum chunk : std::uint16_t {
    ip_family = 1,
    ip_protocol = 2,
    ipv4_source = 3,
    ipv4_destination = 4,
    ipv6_source = 5,
    ipv6_destination = 6,
    source_port = 7,
    destination_port = 8,
    seconds = 9,
    microseconds = 10,
    payload = 15,
    compressed_payload = 16
};

constexpr std::size_t hep3_header = 6, chunk_header = 6;

constexpr transport transport_of(std::uint8_t protocol) noexcept {
    switch (protocol) {
    case 6: return transport::tcp;
    case 17: return transport::udp;
    case 132: return transport::sctp;
    default: return transport::none;
    }
}

void set_address(endpoint &to, std::string_view address) noexcept {
    to.address = {};
    to.ipv6 = address.size() == to.address.size();
    std::copy_n(address.begin(), std::min(address.size(), to.address.size()), to.address.begin());
}

// Version 2 adds seconds, microseconds and the agent's number, with two octets of padding.
constexpr std::size_t time_header = 12;

// The header of versions 1 and 2: version, its own length, family, protocol, ports, addresses.
constexpr std::size_t address_size(std::uint8_t of_family) noexcept {
    return of_family == family_ipv4 ? 4 : 16;
}
bool begins_like_old_hep(std::string_view octets) noexcept {
    if (octets.size() < 16 || (octet_at(octets, 0) != 1 && octet_at(octets, 0) != 2)) return false;
    const auto family = octet_at(octets, 2);
    if ((family != family_ipv4 && family != family_ipv6) || transport_of(octet_at(octets, 3)) == transport::none)
        return false;
    const std::size_t length = octet_at(octets, 1), shortest = 8 + 2 * address_size(family);
    const bool has_time = octet_at(octets, 0) == 2;
    return length >= shortest && length <= shortest + time_header &&
           octets.size() >= (has_time ? shortest + time_header : length);
}

hep_result decode_old_hep(std::string_view octets, segment &to) noexcept {
    const auto size = address_size(octet_at(octets, 2));
    std::size_t header = octet_at(octets, 1);
    to.transport = transport_of(octet_at(octets, 3));
    set_address(to.source, octets.substr(8, size));
    set_address(to.destination, octets.substr(8 + size, size));
    to.source.port = big_16(octets, 4);
    to.destination.port = big_16(octets, 6);
    // In the octet order of the agent, which is little-endian where agents run. Some count it in the header's length.
    const std::size_t addresses_end = 8 + 2 * size;
    if (octet_at(octets, 0) == 2) {
        constexpr byte_order agents{false};
        const auto whole = agents.u32(octets, addresses_end), fraction = agents.u32(octets, addresses_end + 4);
        if (fraction < 1'000'000) to.time = timestamp{whole, fraction * 1000};
        header = std::max(header, addresses_end + time_header);
    }
    to.octets = octets.substr(std::min(header, octets.size()));
    return hep_result::ok;
}

hep_result decode_hep3(std::string_view octets, segment &to) noexcept {
    const std::size_t length = big_16(octets, 4);
    octets = octets.substr(0, length).substr(std::min(hep3_header, length));
    to.octets = {};
    to.source = to.destination = {};
    std::optional<std::uint32_t> whole, fraction;
    bool is_compressed = false, has_payload = false;
    while (octets.size() >= chunk_header) {
        const auto vendor = big_16(octets, 0), type = big_16(octets, 2);
        const std::size_t size = big_16(octets, 4);
        if (size < chunk_header) return hep_result::malformed;
        const auto value = octets.substr(chunk_header, size - chunk_header);
        const bool is_cut = octets.size() < size;
        octets.remove_prefix(std::min(size, octets.size()));
        if (vendor != 0) continue;
        if (type == payload) {
            to.octets = value;
            has_payload = true;
            if (is_cut && to.truncation == truncation::none) to.truncation = truncation::length;
        } else if (type == compressed_payload) {
            is_compressed = true;
        } else if (type == ip_protocol && value.size() == 1) {
            to.transport = transport_of(octet_at(value, 0));
        } else if ((type == ipv4_source && value.size() == 4) || (type == ipv6_source && value.size() == 16)) {
            set_address(to.source, value);
        } else if ((type == ipv4_destination && value.size() == 4) ||
                   (type == ipv6_destination && value.size() == 16)) {
            set_address(to.destination, value);
        } else if (type == source_port && value.size() == 2) {
            to.source.port = big_16(value, 0);
        } else if (type == destination_port && value.size() == 2) {
            to.destination.port = big_16(value, 0);
        } else if (type == seconds && value.size() == 4) {
            whole = big_32(value, 0);
        } else if (type == microseconds && value.size() == 4) {
            fraction = big_32(value, 0);
        }
    }
    if (whole && *whole != 0 && fraction.value_or(0) < 1'000'000)
        to.time = timestamp{*whole, fraction.value_or(0) * 1000};
    if (is_compressed) return hep_result::compressed;
    return has_payload ? hep_result::ok : hep_result::malformed;
}

} // namespace

std::optional<std::size_t> hep_length(std::string_view octets) noexcept {
    if (octets.size() < hep3_header || octets.substr(0, 4) != "HEP3") return std::nullopt;
    return std::max<std::size_t>(big_16(octets, 4), hep3_header);
}

bool begins_like_hep(std::string_view octets) noexcept {
    return hep_length(octets) || begins_like_old_hep(octets);
}

hep_result decode_hep(std::string_view octets, segment &to) noexcept {
    return hep_length(octets) ? decode_hep3(octets, to) : decode_old_hep(octets, to);
}

step read_hep(dissection &packet) {
    static constexpr unread_kind compressed{"hep-compressed", "HEP packet", "with a compressed payload"};
    if (!begins_like_hep(packet.octets)) return step::malformed(layer::hep);
    switch (decode_hep(packet.octets, packet.result)) {
    case hep_result::ok: packet.octets = packet.result.octets; return step::hand_on();
    case hep_result::malformed: break;
    case hep_result::compressed: return step::leave_out(compressed);
    }
    return step::malformed(layer::hep);
}

} // namespace sipstatus::tool
