#ifndef SIPSTATUS_TOOL_COMMANDS_INPUTS_HPP
#define SIPSTATUS_TOOL_COMMANDS_INPUTS_HPP

// Runs the stages over inputs, from the file to its responses.

#include "commands/run.hpp"
#include "stage.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace sipstatus::tool {

struct input_counts {
    std::uint64_t responses = 0; // what claimed to be one, selected or not
    std::uint64_t lines = 0;     // of a text; 0 for a capture
};

// Pushes the responses of all inputs that the options select into `to`, and says what cannot be read. Calls `ended`
// after each input.
using end_of_input = std::function<void(const std::string &path, const input_counts &counts)>;
void read_inputs(run &on, stage<response> &to, const end_of_input &ended);

} // namespace sipstatus::tool

#endif
