#ifndef SIPSTATUS_TOOL_COMMANDS_INPUTS_HPP
#define SIPSTATUS_TOOL_COMMANDS_INPUTS_HPP

// Runs the stages over inputs, from the file to its responses.

#include "commands/run.hpp"
#include "stage.hpp"

#include <string>

namespace sipstatus::tool {

struct input_counts {
    std::uint64_t responses = 0; // what claimed to be one
    std::uint64_t lines = 0;     // of a text; 0 for a capture
};

// Pushes every response of the input `path` into `to`, calls finish() at its end, and says what cannot be read.
input_counts read_input(run &on, const std::string &path, stage<response> &to);

} // namespace sipstatus::tool

#endif
