#ifndef SIPSTATUS_TOOL_COMMANDS_COMMAND_HPP
#define SIPSTATUS_TOOL_COMMANDS_COMMAND_HPP

// The commands, each in a file of its own, and their options. Help, error messages and the command line's parser are
// made from these rows; a test holds the man page to them.

#include "commands/run.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

struct command {
    std::string_view name;
    std::string_view operand; // what its arguments are: FILE, TOPIC
    std::string_view summary; // for the list of commands
    std::string_view details; // the help after the options; lines of at most 80 columns
    void (*action)(run &on);

    bool reads_files() const noexcept { return operand == "FILE"; }
};

// Every command, in the order of commands.def.
const std::vector<command> &commands();

// Which commands have an option.
enum class of_commands : std::uint8_t { all, that_give_hints, that_read_files, list, stats, that_summarize };

struct option {
    std::string_view short_name; // "-o"; may be empty
    std::string_view long_name;  // "--output"
    std::string operand;         // what it takes: "CODES", or one of "auto|always"; empty for a flag
    std::string_view help;
    of_commands which;
    // Puts a value into the options; an empty one for a flag. Throws selection_error.
    void (*store)(options &to, const std::string &value);
    bool chooses = false; // messages: summaries that differ in it cannot be added
};

// Stores a value that the operand allows. Throws selection_error.
void store(const option &one, options &to, const std::string &value);

// What is wrong with options that do not go together; empty for nothing.
std::string conflict_in(const command &which, const options &chosen);

// The options of a command.
std::vector<option> options_of(const command &which);

// The screens of --help.
std::string main_help();
std::string help_of(const command &which);

} // namespace sipstatus::tool

#endif
