#ifndef SIPSTATUS_TOOL_CAPTURE_HPP
#define SIPSTATUS_TOOL_CAPTURE_HPP

// The second stage. In: the octets of a capture file. Out: its packets, one at a time, in the file's order.
// pcap: draft-ietf-opsawg-pcap; pcapng: draft-ietf-opsawg-pcapng.

#include "source.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace sipstatus::tool {

// A point in time, UTC. The nanoseconds are below 1,000,000,000.
struct timestamp {
    std::int64_t seconds; // since 1970-01-01T00:00:00Z
    std::uint32_t nanoseconds;
};

struct packet {
    std::uint64_t frame = 0;       // counts from 1, across the whole file
    std::uint64_t offset = 0;      // of the packet's record in the file
    std::optional<timestamp> time; // nothing where the file has none
    unsigned link_type = 0;        // a LINKTYPE_ value
    std::string_view octets;       // what was captured; valid until the reader's next call
    bool snapped = false;          // the capture kept fewer octets than the packet had
    bool file_ended = false;       // the file ends within the packet
};

// No capture of packets from a network has a larger one (libpcap's greatest snapshot length): a greater length in a
// file is a damaged or hostile one.
inline constexpr std::uint32_t longest_packet = 262'144;

class capture_reader {
public:
    virtual ~capture_reader() = default;

    // The next packet; false at the end of the file. Throws input_error where the file is damaged or ends too soon; of
    // a packet within which it ends, it gives first what there is.
    virtual bool next(packet &to) = 0;
};

// Whether a file that begins with these octets is one of the two. Four octets decide.
bool begins_like_pcap(std::string_view octets);
bool begins_like_pcapng(std::string_view octets);

// Readers of the file at whose first octet `in` stands. pcap throws input_error for a file header it cannot read.
std::unique_ptr<capture_reader> read_pcap(source &in);
std::unique_ptr<capture_reader> read_pcapng(source &in);

} // namespace sipstatus::tool

#endif
