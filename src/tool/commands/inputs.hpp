#ifndef SIPSTATUS_TOOL_COMMANDS_INPUTS_HPP
#define SIPSTATUS_TOOL_COMMANDS_INPUTS_HPP

// Runs the stages over inputs, from the file to its responses.

#include "commands/run.hpp"
#include "stage.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace sipstatus::tool {

struct input_counts {
    std::uint64_t responses = 0; // what claimed to be one, selected or not
    std::uint64_t lines = 0;     // of a list of status lines; else 0
};

// What a command makes of the responses of one input.
class consumer : public stage<response> {
public:
    void finish() final {}
    // After the last response.
    virtual void end_of_input(const std::string &path, const input_counts &counts) = 0;
};

// Makes the consumer of one input, which reports to a run of its own. It may be called in several threads at a time.
using make_consumer = std::function<std::unique_ptr<consumer>(run &of_input)>;

// Pushes the responses of each input that the options select into its consumer, and says what cannot be read.
void read_inputs(run &on, const make_consumer &make);

} // namespace sipstatus::tool

#endif
