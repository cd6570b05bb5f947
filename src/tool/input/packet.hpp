#ifndef SIPSTATUS_TOOL_INPUT_PACKET_HPP
#define SIPSTATUS_TOOL_INPUT_PACKET_HPP

// A packet as a capture holds it, and the reader that gives the packets of a capture one at a time.

#include <cstdint>
#include <optional>
#include <string_view>

namespace sipstatus::tool {

// What is known of a time. A capture has UTC; a log may leave out its time zone, its year or its day.
enum class time_basis : std::uint8_t { utc, no_zone, no_year, no_date };

// A point in time, UTC as far as that is known. The nanoseconds are below 1,000,000,000.
struct timestamp {
    std::int64_t seconds; // since 1970-01-01T00:00:00Z; without a year, of 1972; without a day, of 1970-01-01
    std::uint32_t nanoseconds;
    time_basis basis = time_basis::utc;
};

// Beside the LINKTYPE_ values, which have 16 bits: what a packet that was sent in HEP begins with.
inline constexpr unsigned link_type_hep = 0x10000;

struct packet {
    std::uint64_t frame = 0;           // counts from 1, across the whole file
    std::uint64_t offset = 0;          // of the packet's record in the file
    std::optional<timestamp> time;     // absent where the file has none
    unsigned link_type = 0;            // a LINKTYPE_ value, or link_type_hep
    std::string_view octets;           // what was captured; valid until the reader's next call
    std::uint32_t original_length = 0; // in octets, before the capture cut it
    bool snapped = false;              // the capture kept fewer octets than the packet had
    bool file_ended = false;           // the file ends within the packet
};

// libpcap's greatest snapshot length. A greater length in a file means that the file is damaged or hostile.
inline constexpr std::uint32_t longest_packet = 262'144;

class packet_reader {
public:
    virtual ~packet_reader() = default;

    // Gives the next packet, in the file's order; false at the end of the file. Throws input_error where the file is
    // damaged or ends too soon. A packet that is cut by the end of the file is given first.
    virtual bool next(packet &to) = 0;
};

} // namespace sipstatus::tool

#endif
