#ifndef SIPSTATUS_TOOL_SIP_HEADER_FIELDS_HPP
#define SIPSTATUS_TOOL_SIP_HEADER_FIELDS_HPP

// The header fields that tie a response to its call and its request (RFC 3261 sections 7.3, 20.8 and 20.16).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipstatus::tool {

struct header_fields {
    std::string_view call_id;          // views into the message; empty where the field is not there
    std::string_view method;           // of the request, from CSeq
    std::optional<std::uint32_t> cseq; // the sequence number
};

// From the header that `octets` begin with, after the start line. Reads long and compact names in any case, and folded
// values. The walk ends at the empty line, or after as many octets as no header has.
header_fields read_header_fields(std::string_view octets) noexcept;

} // namespace sipstatus::tool

#endif
