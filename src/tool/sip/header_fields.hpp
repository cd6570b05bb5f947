#ifndef SIPSTATUS_TOOL_SIP_HEADER_FIELDS_HPP
#define SIPSTATUS_TOOL_SIP_HEADER_FIELDS_HPP

// The header fields that the tool needs (RFC 3261 sections 7.3 and 20). Long and compact names are read in any case,
// and folded values. No walk goes farther than a header can be long.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipstatus::tool {

// What ties a response to its call and its request (RFC 3261 sections 20.8 and 20.16).
struct header_fields {
    std::string_view call_id;          // views into the message; empty where the field is not there
    std::string_view method;           // of the request, from CSeq
    std::optional<std::uint32_t> cseq; // the sequence number
};

// From the header that `octets` begin with, after the start line.
header_fields read_header_fields(std::string_view octets) noexcept;

// What says where a message ends, and what its body is (RFC 3261 sections 18.3, 20.14 and 20.15).
struct message_extent {
    std::size_t head_size = 0;                   // the start line and the header, with the empty line after it
    std::optional<std::uint64_t> content_length; // absent also where it is no number
    std::string_view content_type;

    // Whether the body is a piece of a SIP message (RFC 3420).
    bool has_sipfrag() const noexcept;
    // Whether the body may hold a SIP message.
    bool may_have_message() const noexcept;
};

// Of the message that `octets` begin with, at its start line; absent where its header does not end in them.
std::optional<message_extent> read_extent(std::string_view octets) noexcept;

// Where the empty line after a header ends: the first one that ends after `from`; npos where there is none. A line may
// end in CRLF or in LF.
std::size_t find_head_end(std::string_view octets, std::size_t from = 0) noexcept;

} // namespace sipstatus::tool

#endif
