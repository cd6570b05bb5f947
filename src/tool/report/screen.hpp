#ifndef SIPSTATUS_TOOL_REPORT_SCREEN_HPP
#define SIPSTATUS_TOOL_REPORT_SCREEN_HPP

// What text for people is laid out for. In: standard output, the environment, the user's choice. Out: a screen.

#include <cstddef>

namespace sipstatus::tool {

struct screen {
    bool terminal = false;     // standard output is one
    bool colour = false;       // write colours
    std::size_t columns = 120; // the width to keep to where a line can be cut
};

enum class colour_choice { automatic, always, never };

// Colour only on a terminal, unless the user says always; never where NO_COLOR is set and not empty.
screen describe_screen(colour_choice choice);

} // namespace sipstatus::tool

#endif
