#ifndef SIPSTATUS_TOOL_SIP_FINDINGS_HPP
#define SIPSTATUS_TOOL_SIP_FINDINGS_HPP

// What there is to say about a response.

#include "sip/header_fields.hpp"
#include "sip/response.hpp"
#include "sip/rules.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

struct finding {
    severity level;
    std::string_view rule;             // a rule's name
    std::optional<std::size_t> offset; // in the line; absent where the matter has no place there
    std::size_t length;                // of what it is about, from the offset on; at least 1
    std::string text;                  // plain ASCII, but for what the registry prints
};

// Puts the findings of the response into `to`: the error with the note that explains it, then warnings by offset, then
// notes. A line that the capture itself cut has the note alone: its sender did nothing wrong.
void find(const response &answer, std::vector<finding> &to);
// The same, of a message whose extent is known.
void find(const response &answer, const std::optional<message_extent> &extent, std::vector<finding> &to);

} // namespace sipstatus::tool

#endif
