#ifndef SIPSTATUS_TOOL_COMMANDS_INPUTS_HPP
#define SIPSTATUS_TOOL_COMMANDS_INPUTS_HPP

// Runs the stages over inputs, from the file to its responses.

#include "account.hpp"
#include "commands/run.hpp"
#include "stage.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace sipstatus::tool {

struct input_counts {
    std::uint64_t responses = 0; // what claimed to be one, selected or not
    std::uint64_t frames = 0;    // packets, or lines of a text
    std::uint64_t lines = 0;     // of a list of status lines; else 0
    account left_out;
    bool is_opened = false; // whether anything was read at all
};

// What a command makes of the responses of one input.
class consumer : public stage<response> {
public:
    void finish() final {}
    // After the last response.
    virtual void end_of_input(const std::string &path, const input_counts &counts) = 0;
    // Where requests go, all of them; null where nobody wants them.
    virtual stage<message> *requests() noexcept { return nullptr; }
    // Whether end_of_input() is called in the order of the inputs: the others wait for it.
    virtual bool ends_in_order() const noexcept { return false; }
};

// Makes the consumer of one input, which reports to a run of its own. It may be called in several threads at a time.
using make_consumer = std::function<std::unique_ptr<consumer>(run &of_input)>;

// Pushes the responses of each input that the options select into its consumer, and says what cannot be read.
void read_inputs(run &on, const make_consumer &make);
// The same of the responses that `wanted` admits.
void read_inputs(run &on, const selection &wanted, const make_consumer &make);

} // namespace sipstatus::tool

#endif
