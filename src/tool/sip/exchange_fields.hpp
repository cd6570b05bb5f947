#ifndef SIPSTATUS_TOOL_SIP_EXCHANGE_FIELDS_HPP
#define SIPSTATUS_TOOL_SIP_EXCHANGE_FIELDS_HPP

// The header fields that tie a message to its transaction, its call and its sender, read in one walk over the header:
// it is the only one that `stats` makes. Long and compact names are read in any case, and folded values.

#include "sip/header_fields.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sipstatus::tool {

struct exchange_fields {
    header_fields call;                      // Call-ID and CSeq
    std::string_view via;                    // the topmost value, and what follows it in its line
    std::string_view to;                     // with its tag
    std::string_view agent;                  // of User-Agent or Server
    message_extent extent;                   // its head_size is 0 where the header does not end
    std::array<std::string_view, 4> reasons; // the values of the first lines of Reason (RFC 3326)
    std::size_t reason_count = 0;

    // The branch of the topmost Via; empty where it has none (RFC 3261 section 20.42).
    std::string_view branch() const noexcept;
    // Whether To has a tag: then a request belongs to a dialog (RFC 3261 section 12.2).
    bool has_to_tag() const noexcept;
};

// Of the message that `octets` hold from its start line on; the header begins at `header`.
exchange_fields read_exchange_fields(std::string_view octets, std::size_t header) noexcept;

// One value of Reason: "Q.850;cause=16;text=...".
struct reason_value {
    std::string_view protocol;
    std::uint32_t cause = 0; // 0 where there is none
};

// Calls `visit(reason_value)` for each value of the line. Commas in quotes do not separate values.
template <class Visit> void for_each_reason(std::string_view line, Visit visit);
// Takes the first value off the line.
reason_value take_reason(std::string_view &line) noexcept;

template <class Visit> void for_each_reason(std::string_view line, Visit visit) {
    while (!line.empty()) visit(take_reason(line));
}

} // namespace sipstatus::tool

#endif
