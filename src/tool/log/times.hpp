#ifndef SIPSTATUS_TOOL_LOG_TIMES_HPP
#define SIPSTATUS_TOOL_LOG_TIMES_HPP

// The time in a line of a log, in the spellings that loggers have.

#include "input/packet.hpp"

#include <optional>
#include <string_view>

namespace sipstatus::tool {

// The first time in the text that says most: one with a date before one without. A date may be in ISO order, with a
// name of a month, or in the order of some country; seconds since 1970 are read where the word "time" or a fraction
// tells them from other numbers. What is not said of it stands in `basis`. Looks at the first octets of a long text.
std::optional<timestamp> find_time(std::string_view text);

// Whether the text begins with a time, perhaps in brackets.
bool begins_with_time(std::string_view text);

} // namespace sipstatus::tool

#endif
