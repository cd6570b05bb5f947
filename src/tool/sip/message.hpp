#ifndef SIPSTATUS_TOOL_SIP_MESSAGE_HPP
#define SIPSTATUS_TOOL_SIP_MESSAGE_HPP

// What claims to be a SIP response, or begins like a request, and where it stood.

#include "net/segment.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sipstatus::tool {

struct message {
    std::string_view file;
    frame_range frames;
    std::uint64_t column = 0;      // in a log, of the first octet of the status line, from 1; 0 elsewhere
    std::optional<timestamp> time; // of the last frame
    tool::transport transport = transport::none;
    std::optional<endpoint> source; // absent where the input does not tell it, as the next one
    std::optional<endpoint> destination;
    std::string_view octets; // from the first one on
    tool::truncation truncation = truncation::none;
    std::size_t octets_before = 0; // that stand before "SIP" and do not belong to a message
    layer_stack layers;            // that the last frame came through
    bool is_in_stream = false;     // of TCP, where Content-Length ends a message; `octets` are its head
    bool is_sipfrag = false;       // the body of another message: its end is the end of `octets` (RFC 3420)
    bool has_conflict = false;     // octets of it came twice, and not the same
};

} // namespace sipstatus::tool

#endif
