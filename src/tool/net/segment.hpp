#ifndef SIPSTATUS_TOOL_NET_SEGMENT_HPP
#define SIPSTATUS_TOOL_NET_SEGMENT_HPP

// A segment: what a transport carried in one packet, with its end points.

#include "input/packet.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sipstatus::tool {

// Whatever a packet can hold in front of its payload; layers.def has the rows.
enum class layer : std::uint8_t {
#define SIPSTATUS_LAYER(name, title) name,
#include "net/layers.def"
};
inline constexpr std::size_t layer_count = 0
#define SIPSTATUS_LAYER(name, title) +1
#include "net/layers.def"
    ;
std::string_view name(layer which) noexcept;

// The layers of one packet, outermost first.
class layer_stack {
public:
    static constexpr std::size_t capacity = 24; // a deeper packet is left out

    // Leaves the places unset: a packet must not pay for those it does not use.
    layer_stack() noexcept {} // NOLINT(modernize-use-equals-default): "= default" would set them

    bool is_empty() const noexcept { return size_ == 0; }
    bool is_full() const noexcept { return size_ == capacity; }
    void push(layer which) noexcept { layers_[size_++] = which; }

    const layer *begin() const noexcept { return layers_.data(); }
    const layer *end() const noexcept { return layers_.data() + size_; }

private:
    std::array<layer, capacity> layers_;
    std::uint8_t size_ = 0;
};

enum class transport : std::uint8_t { none, udp, tcp, sctp, ws };
std::string_view name(transport which) noexcept; // empty for none

struct endpoint {
    std::array<std::uint8_t, 16> address{}; // in network order; an IPv4 address is in the first four
    std::uint16_t port = 0;
    bool ipv6 = false;

    friend bool operator==(const endpoint &, const endpoint &) noexcept = default;
};

// Why there are fewer octets than the headers promise.
enum class truncation : std::uint8_t {
    none,
    snapshot, // the capture kept only the first octets of the packet
    file,     // the capture file ends within the packet
    fragment, // the other fragments of the IP packet are not in the capture
    length,   // a header promises more octets than the packet had on the wire
    gap       // octets of the stream after these are not in the capture
};

// The part of a TCP header that reassembly needs (RFC 9293 section 3.1).
struct tcp_header {
    std::uint32_t sequence = 0;
    std::uint32_t acknowledgement = 0;
    bool syn = false, fin = false, rst = false, ack = false;
    std::size_t missing = 0; // octets of the payload that the capture cut
};

// The frames that hold something: packets of a capture, lines of a text. Both count from 1.
struct frame_range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};

// Where octets stand in a stream of TCP.
struct stream_place {
    std::uint64_t id = 0;          // one direction of one connection
    bool from_start = false;       // the stream was seen from its first octet on
    std::uint64_t lost_before = 0; // octets that are missing just before these
    bool ends = false;             // nothing follows; such a segment has no octets
};

// What the octets of a segment are.
enum class carriage : std::uint8_t {
    datagram,    // a message, or nothing that concerns us
    tcp_segment, // octets of a TCP stream, as they were sent; `tcp` says which
    stream,      // octets of a TCP stream, in order
    sctp_chunks  // the chunks of an SCTP packet
};

struct segment {
    frame_range frames;            // one, unless it was reassembled
    std::optional<timestamp> time; // of the last frame
    tool::transport transport = transport::none;
    tool::truncation truncation = truncation::none;
    endpoint source;
    endpoint destination;
    std::string_view octets; // the payload
    tool::carriage carriage = carriage::datagram;
    tcp_header tcp;            // where the carriage is tcp_segment
    stream_place stream;       // where it is stream
    bool has_conflict = false; // octets came twice, and not the same; those that came first are here
    layer_stack layers;
};

} // namespace sipstatus::tool

#endif
