#ifndef SIPSTATUS_TOOL_COMMANDS_SUMMARIZING_HPP
#define SIPSTATUS_TOOL_COMMANDS_SUMMARIZING_HPP

// What the commands that give a summary do with it.

#include "commands/run.hpp"

namespace sipstatus::tool {

// Writes the finished summary to where the options say; to the HTML report, the chronicle too where there is one.
void write_summary(run &on, const summary &whole, const chronicle *more);

// Says what of the inputs is not told apart, or open at an edge.
void say_limits(run &on, const summary &whole);

} // namespace sipstatus::tool

#endif
