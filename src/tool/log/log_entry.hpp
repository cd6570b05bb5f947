#ifndef SIPSTATUS_TOOL_LOG_LOG_ENTRY_HPP
#define SIPSTATUS_TOOL_LOG_LOG_ENTRY_HPP

// A status line in a log, with what the log tells of its message.

#include "log/origin.hpp"

#include <cstdint>
#include <string_view>

namespace sipstatus::tool {

struct log_entry {
    std::uint64_t line = 0;   // of the log, from 1
    std::uint64_t column = 0; // of the octet that the status line begins with, from 1
    origin from;
    // The status line with CRLF, for which the log's line end stands, and after it the fields that follow in the log
    // and that the tool asks for. Without CRLF if the line is longer than a reader looks at. Valid until the next
    // entry.
    std::string_view octets;
    bool is_sipfrag = false; // it stands in the body of another message (RFC 3420)
};

} // namespace sipstatus::tool

#endif
