#include "input/byte_order.hpp"
#include "net/layer.hpp"

#include <optional>

namespace sipstatus::tool {

namespace {

constexpr std::size_t header_size = 8, optional_fields = 4;
constexpr unsigned extension = 0x04, sequence = 0x02, n_pdu = 0x01;

// Where the packet begins that a G-PDU carries; absent where the headers are not whole.
std::optional<std::size_t> start_of_packet(std::string_view octets) noexcept {
    const unsigned flags = octet_at(octets, 0);
    if ((flags & (extension | sequence | n_pdu)) == 0) return header_size;
    std::size_t at = header_size + optional_fields;
    if (octets.size() < at) return std::nullopt;
    // Extension headers: a length in words of four octets, content, and the type of the next one.
    auto next = (flags & extension) != 0 ? octet_at(octets, at - 1) : 0;
    while (next != 0) {
        if (octets.size() <= at) return std::nullopt;
        const std::size_t length = octet_at(octets, at) * 4u;
        if (length == 0 || octets.size() < at + length) return std::nullopt;
        at += length;
        next = octet_at(octets, at - 1);
    }
    return at;
}

} // namespace

// 3GPP TS 29.281 section 5.1: version 1, protocol type GTP, a G-PDU, whose length is that of the datagram, with IP in
// it.
bool begins_like_gtp_u(std::string_view octets) noexcept {
    if (octets.size() <= header_size || (octet_at(octets, 0) & 0xf0) != 0x30 || octet_at(octets, 1) != 0xff)
        return false;
    if (big_16(octets, 2) < octets.size() - header_size) return false;
    const auto at = start_of_packet(octets);
    return at && step_to_ip(octets.substr(*at), step::hand_on()).what == step::kind::next;
}

step read_gtp_u(dissection &packet) {
    const auto at = start_of_packet(packet.octets);
    if (!at) return step::malformed(layer::gtp_u);
    packet.octets.remove_prefix(*at);
    return step_to_ip(packet.octets, step::malformed(layer::gtp_u));
}

} // namespace sipstatus::tool
