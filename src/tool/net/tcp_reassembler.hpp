#ifndef SIPSTATUS_TOOL_NET_TCP_REASSEMBLER_HPP
#define SIPSTATUS_TOOL_NET_TCP_REASSEMBLER_HPP

// Segments in, the octets of each TCP stream out, in their order (RFC 9293 section 3). What is not a segment of TCP
// passes. A stream is one direction of a connection. It begins with its SYN, or in the middle where the capture does.
// Octets that come twice are handed on once; where the two differ, the first count. Octets that do not come are a gap,
// which the next segment tells. What is kept has a bound: of a hostile capture the oldest streams go.

#include "net/segment.hpp"
#include "stage.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

namespace sipstatus::tool {

struct stream_limits {
    std::size_t most_flows = 8192;                   // streams that are followed at a time
    std::size_t most_octets = std::size_t{16} << 20; // that wait for others, of all streams together
};

class tcp_reassembler final : public stage<segment> {
public:
    // `next` must outlive the reassembler.
    explicit tcp_reassembler(stage<segment> &next, const stream_limits &limits = {}) : next_(next), limits_(limits) {}

    void push(const segment &item) override;
    void finish() override;

private:
    struct flow_key {
        endpoint source, destination;
        friend bool operator==(const flow_key &, const flow_key &) noexcept = default;
    };
    struct hash {
        std::size_t operator()(const flow_key &key) const noexcept;
    };
    // Octets that came before those in front of them.
    struct held_part {
        std::uint32_t sequence;
        std::string octets;
        std::uint64_t missing; // after them: the capture cut them
        segment from;
    };
    // Octets that were handed on, kept to compare repetitions with. All streams share one buffer, where new octets take
    // the place of old ones.
    struct recent_part {
        std::uint32_t sequence = 0, size = 0;
        std::uint64_t position = 0; // among all octets that were ever kept
    };
    enum class state : std::uint8_t {
        unknown, // no octet of it was seen
        joined,
        over
    };
    struct flow {
        flow_key key;
        std::uint64_t id = 0;
        tcp_reassembler::state state = state::unknown;
        bool from_start = false;
        bool has_fin = false;
        std::uint32_t start = 0; // where it began, if it was seen from there on
        std::uint32_t next = 0;  // the sequence number of the next octet, but where the state is unknown
        std::uint32_t fin = 0;   // the sequence number after the last octet
        std::uint64_t gap = 0;   // how many octets are missing before `next`
        bool has_acknowledged = false;
        std::uint32_t acknowledged = 0; // of the other direction
        std::vector<held_part> held;    // by sequence, without overlaps
        std::size_t octets_held = 0;
        std::array<recent_part, 4> recent; // the last ones that were handed on; the newest is at last_recent
        std::size_t last_recent = 0;
    };
    using flows = std::list<flow>;

    flow &flow_of(const segment &item);
    flow *find(const flow_key &key);
    void begin(flow &of, std::uint32_t sequence);
    void join(flow &of, const segment &item);
    void add(flow &to, const segment &item, std::uint32_t sequence);
    void hold(flow &to, const segment &item, std::uint32_t sequence, std::string_view octets);
    void hand_on(flow &of, const segment &item, std::string_view octets, std::uint64_t missing);
    void hand_on_held(flow &of);
    void pass_gap(flow &of);
    bool waits_too_long(const flow &of, const segment &now) const;
    bool differs_from_recent(const flow &of, std::uint32_t sequence, std::string_view octets) const;
    void remember(flow &of, std::string_view octets);
    void end(flow &of);
    void forget(flow &which);

    stage<segment> &next_;
    stream_limits limits_;
    flows flows_; // the one used longest ago first
    std::unordered_map<flow_key, flows::iterator, hash> by_key_;
    std::uint64_t streams_ = 0;
    std::size_t octets_held_ = 0;
    bool has_conflict_ = false;
    std::string kept_; // for recent parts
    std::uint64_t kept_count_ = 0;
};

} // namespace sipstatus::tool

#endif
