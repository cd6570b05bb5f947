#ifndef SIPSTATUS_TOOL_NET_SCTP_REASSEMBLER_HPP
#define SIPSTATUS_TOOL_NET_SCTP_REASSEMBLER_HPP

// Packets of SCTP in, the user messages of their DATA chunks out (RFC 9260 section 3.3.1). A message may be in several
// chunks, in any order; a chunk that comes again is dropped. SIP has one message of its own in each (RFC 4168 section
// 5).

#include "account.hpp"
#include "net/segment.hpp"
#include "stage.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

class sctp_reassembler final : public stage<segment> {
public:
    static constexpr std::size_t most_associations = 1024;           // one direction of each
    static constexpr std::size_t most_octets = std::size_t{4} << 20; // that wait for others

    // Both must outlive the reassembler.
    sctp_reassembler(stage<segment> &next, account &left_out) : next_(next), left_out_(left_out) {}

    void push(const segment &item) override;
    void finish() override;

private:
    struct fragment {
        std::uint32_t number; // the TSN
        bool begins, ends;
        std::string octets;
        segment from;
    };
    struct association {
        endpoint source, destination;
        std::vector<fragment> held;         // by TSN
        std::vector<std::uint32_t> whole{}; // TSNs of the messages that were handed on last
        std::size_t next_whole = 0;
    };
    using associations = std::list<association>;

    void push_chunk(association &to, const segment &item, unsigned flags, std::string_view data);
    void hand_on_whole(association &of);
    void give_up(association &which);
    association &association_of(const segment &item);

    stage<segment> &next_;
    account &left_out_;
    associations associations_; // the one used longest ago first
    std::size_t octets_held_ = 0;
};

} // namespace sipstatus::tool

#endif
