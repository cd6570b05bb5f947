#ifndef SIPSTATUS_TOOL_NET_FRAGMENT_STORE_HPP
#define SIPSTATUS_TOOL_NET_FRAGMENT_STORE_HPP

// Fragments of IP packets, until the others have come (RFC 791 section 3.2, RFC 8200 section 4.5). They may come in any
// order, more than once and overlapping: the octets that came first count. What is kept has a bound: of a hostile
// capture the oldest packets go.

#include "net/layer.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace sipstatus::tool {

// What a fragment's header says; the packet that it stands in has the addresses and the octets.
struct ip_fragment {
    std::uint32_t identification;
    std::uint8_t protocol; // of what the whole packet carries; the fragment with offset 0 decides
    std::size_t offset;    // in octets
    bool more_follow;
};

class fragment_store {
public:
    static constexpr std::size_t most_packets = 1024;
    static constexpr std::size_t most_octets = std::size_t{8} << 20;
    // Fragments of one packet are this far apart at most, by the capture's clock: RFC 8200 section 4.5.
    static constexpr std::int64_t most_seconds = 60;

    // Takes a fragment. Where it completes a packet, `from` becomes the packet, its octets valid until the next call,
    // and the protocol that it carries is returned. So too where the fragments so far hold the header of a SIP
    // response: nothing after it is needed, and `from.is_fragment` is set.
    std::optional<std::uint8_t> add(const ip_fragment &piece, dissection &from);

    struct kept_fragment {
        std::size_t offset;
        std::size_t promised; // octets, by the IP header
        std::string octets;   // fewer where the capture cut them
        std::uint64_t frame;
        std::uint64_t times; // that it came
    };
    struct kept_packet {
        std::string key;
        std::uint8_t protocol = 0;
        std::optional<std::size_t> size; // of the whole packet, once the last fragment is there
        std::vector<kept_fragment> fragments;
        packet from;                     // the one of the first fragment that came, without its octets
        segment result;                  // as far as it was known there
        std::size_t octets_promised = 0; // by all fragments together
        std::size_t octets_wanted = 0;   // so many must be promised before the packet can be whole
        std::size_t octets_kept = 0;
        bool is_handed_on = false; // its header was enough
    };

    bool has_lost() const noexcept { return !lost_.empty(); }
    // The next packet that was given up: too old, or one too many. What of its start is there is in assembled().
    std::optional<kept_packet> take_lost();
    // Gives up whatever is still kept.
    void give_up_all();

    // The octets from the packet's first one up to the first that is missing; valid until the next call of a member.
    std::string_view assembled(const kept_packet &whole);

private:
    using places = std::list<kept_packet>;

    places::iterator place_for(const ip_fragment &piece, const dissection &from);
    void keep(kept_packet &whole, std::size_t offset, std::size_t promised, const dissection &from);
    // In the packet that assembled() made last, up to its size.
    std::size_t count_missing(std::size_t size) const;
    void give_up(places::iterator which);
    void forget(places::iterator which);

    places packets_; // the oldest first
    places lost_;
    std::unordered_map<std::string, places::iterator> by_key_;
    std::size_t octets_kept_ = 0;
    std::string assembled_;
    std::vector<bool> is_there_;
    bool has_conflict_ = false;
};

} // namespace sipstatus::tool

#endif
