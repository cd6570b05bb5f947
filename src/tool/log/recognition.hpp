#ifndef SIPSTATUS_TOOL_LOG_RECOGNITION_HPP
#define SIPSTATUS_TOOL_LOG_RECOGNITION_HPP

// Whether a text is a log or a list of status lines. It is told from the first 64 KiB:
//
//   - a list, if its first two lines that are not blank begin with "SIP/", or if the first does and none comes for a
//   while
//   - a log from the line on that introduces a message in a known format, begins with a time, or is a header field of
//   SIP
//   - a log, if at least as many lines hold a status line after something else as begin with "SIP/"
//   - a log, if the text is longer and no line begins with "SIP/"
//   - else a list

#include "input/source.hpp"

namespace sipstatus::tool {

// What a user says that a text is.
enum class text_form { unknown, lines, log };

// Looks at no more of the input than it needs. Throws input_error.
bool is_log(source &in);

} // namespace sipstatus::tool

#endif
