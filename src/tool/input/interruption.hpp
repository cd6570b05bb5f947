#ifndef SIPSTATUS_TOOL_INPUT_INTERRUPTION_HPP
#define SIPSTATUS_TOOL_INPUT_INTERRUPTION_HPP

// How a user ends what has no end of its own: a live capture, a file that is still being written.

namespace sipstatus::tool {

// From now on the first SIGINT or SIGTERM is only noted, so that readers end in order. A second one ends the program.
void expect_interruption();

// Whether one was noted.
bool is_interrupted() noexcept;

} // namespace sipstatus::tool

#endif
