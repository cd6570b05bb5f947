// The harness of capture decoding. In: a capture file, or else a packet; then two octets that are the packet's link
// type, then one that seeds the sizes of pieces. What must hold:
//   - a capture that arrives in pieces gives the same as at once
//   - the memory in use has a bound that does not depend on the capture
//   - the datagram of an ordinary packet is where a plain account of the headers says
//   - the payload of a packet lies in the packet; the payload of a packet cut short begins the payload of the whole
//   one,
//     where both came through the same layers

#include "stages.hpp"

#include "guarded_buffer.hpp"

#include "input/formats.hpp"
#include "net/layer.hpp"
#include "net/packet_decoder.hpp"

#include <algorithm>

using namespace sipstatus::tool;
using fuzz::require;

namespace {

constexpr std::size_t pcap_header = 24;

void check_capture(std::string_view octets, unsigned seed) {
    const auto at_once = fuzz::read_at_once(octets);
    require(fuzz::read_in_pieces(octets, fuzz::dice(seed)) == at_once, "a capture is read alike in any pieces");
    if (!fuzz::is_checked_thoroughly(octets, 64)) return;
    const auto head = octets.substr(0, begins_like_pcap(octets) ? pcap_header : 0);
    require(fuzz::memory_growth(head, octets.substr(head.size())) <= fuzz::most_memory_growth(octets),
            "the memory in use has a bound");
}

// Keeps what it is given.
class keeper final : public stage<segment> {
public:
    void push(const segment &item) override {
        require(!kept, "a packet has one segment");
        kept = item;
    }
    void finish() override {}

    std::optional<segment> kept;
};

// A packet is read, or counted as left out. A fragment is read without the others.
std::optional<segment> decode(const packet &one) {
    keeper to;
    account left_out;
    packet_decoder decoder(to, left_out);
    decoder.push(one);
    // What was put together is not kept by the packet.
    const bool was_handed_on = to.kept.has_value();
    if (!was_handed_on) decoder.finish();
    require(left_out.rows().size() == (to.kept ? 0 : 1), "a packet is either read or counted");
    return was_handed_on ? to.kept : std::nullopt;
}

std::optional<segment> decode_guarded(std::string_view octets, unsigned link_type, bool snapped) {
    static guarded_buffer memory(1 << 16);
    packet one;
    one.link_type = link_type;
    one.octets = memory.at_end(octets);
    one.snapped = snapped;
    auto found = decode(one);
    if (!found) return found;
    const char *const first = found->octets.data();
    const char *const last = first + found->octets.size();
    const bool was_put_together = first < one.octets.data() || first > one.octets.data() + one.octets.size();
    if (was_put_together) return std::nullopt;
    require(first >= one.octets.data() && last <= one.octets.data() + one.octets.size(),
            "the payload is in the packet");
    for (const auto *const at : {&found->source, &found->destination})
        if (!at->ipv6)
            for (std::size_t n = 4; n < at->address.size(); ++n)
                require(at->address[n] == 0, "an IPv4 address has four octets");
    // The memory is used again: what stays is where in the octets the payload is.
    found->octets = octets.substr(static_cast<std::size_t>(first - one.octets.data()), found->octets.size());
    return found;
}

// The oracle's own reader of big-endian numbers, on purpose.
unsigned number_at(std::string_view octets, std::size_t at) {
    return static_cast<unsigned char>(octets[at]) * 256u + static_cast<unsigned char>(octets[at + 1]);
}

// A plain account of the datagram in an ordinary IPv4 packet: whole, all lengths in order. Nothing for any other.
std::optional<segment> datagram_of_ordinary(std::string_view ip) {
    if (ip.size() < 28 || ip[0] >> 4 != 4 || ip[9] != 17) return std::nullopt;
    const std::size_t header = static_cast<std::size_t>(ip[0] & 0xf) * 4;
    const std::size_t total = number_at(ip, 2);
    const bool is_fragment = (number_at(ip, 6) & 0x3fff) != 0;
    if (header < 20 || is_fragment || total > ip.size() || total < header + 8) return std::nullopt;
    const auto udp = ip.substr(header, total - header);
    const std::size_t length = number_at(udp, 4);
    if (length < 8 || length > udp.size()) return std::nullopt;
    segment expected;
    expected.source.port = static_cast<std::uint16_t>(number_at(udp, 0));
    expected.destination.port = static_cast<std::uint16_t>(number_at(udp, 2));
    for (std::size_t n = 0; n < 4; ++n) {
        expected.source.address[n] = static_cast<std::uint8_t>(ip[12 + n]);
        expected.destination.address[n] = static_cast<std::uint8_t>(ip[16 + n]);
    }
    expected.octets = udp.substr(8, length - 8);
    return expected;
}

void compare_with_ordinary(std::string_view octets, unsigned link_type, const std::optional<segment> &found) {
    constexpr unsigned ethernet = 1, raw = 101;
    constexpr unsigned ipv4 = 0x0800;
    if (link_type == ethernet && octets.size() >= 14 && number_at(octets, 12) == ipv4)
        octets.remove_prefix(14);
    else if (link_type != raw)
        return;
    const auto expected = datagram_of_ordinary(octets);
    if (!expected) return;
    // A tunnel is none of the ordinary.
    if (layer_of_udp_payload(expected->octets)) return;
    require(found.has_value() && found->truncation == truncation::none, "an ordinary packet has a whole datagram");
    require(found->source == expected->source && found->destination == expected->destination &&
                found->octets.data() == expected->octets.data() && found->octets.size() == expected->octets.size(),
            "an ordinary packet's datagram is where its lengths say");
}

void check_packet(std::string_view octets, unsigned link_type, unsigned seed) {
    octets = octets.substr(0, 1 << 16);
    const auto whole = decode_guarded(octets, link_type, false);
    if (whole) require(layer_of_link_type(link_type).has_value(), "only a known link type is decoded");
    compare_with_ordinary(octets, link_type, whole);
    const std::size_t step = 1 + seed % 7;
    for (std::size_t size = 0; size < octets.size(); size += step) {
        const auto cut_short = decode_guarded(octets.substr(0, size), link_type, true);
        // More octets may turn a payload into a tunnel, or show that a header is malformed.
        if (!cut_short || !whole ||
            !std::equal(cut_short->layers.begin(), cut_short->layers.end(), whole->layers.begin(), whole->layers.end()))
            continue;
        require(cut_short->source == whole->source && cut_short->destination == whole->destination,
                "a packet's beginning has the packet's endpoints");
        require(cut_short->octets.data() == whole->octets.data() && cut_short->octets.size() <= whole->octets.size(),
                "the payload of a packet's beginning is the beginning of the packet's");
        require(cut_short->octets.size() == whole->octets.size() || cut_short->truncation != truncation::none,
                "a payload that lacks octets says so");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::input in(data, size);
    const unsigned seed = in.take_octet();
    const unsigned link_type = in.take_number();
    const auto octets = in.octets();
    if (begins_like_pcap(octets) || begins_like_pcapng(octets))
        check_capture(octets, seed);
    else
        check_packet(octets, link_type, seed);
    return 0;
}
