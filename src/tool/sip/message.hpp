#ifndef SIPSTATUS_TOOL_SIP_MESSAGE_HPP
#define SIPSTATUS_TOOL_SIP_MESSAGE_HPP

// What claims to be a SIP response, and where it stood.

#include "net/segment.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sipstatus::tool {

struct message {
    std::string_view file;
    frame_range frames;
    std::optional<timestamp> time; // of the last frame
    tool::transport transport = transport::none;
    std::optional<endpoint> source; // absent in a text, as the next one
    std::optional<endpoint> destination;
    std::string_view octets; // from the first one on
    tool::truncation truncation = truncation::none;
    std::size_t octets_before = 0; // that stand before "SIP" and do not belong to a message
    layer_stack layers;            // that the last frame came through
};

} // namespace sipstatus::tool

#endif
