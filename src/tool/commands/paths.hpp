#ifndef SIPSTATUS_TOOL_COMMANDS_PATHS_HPP
#define SIPSTATUS_TOOL_COMMANDS_PATHS_HPP

// The files that the arguments of a command name.

#include "commands/run.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sipstatus::tool {

// The arguments, with folders replaced by the files in them and below, in the order of their names, where the options
// say so. Complains of what is neither a file nor a folder that can be read.
std::vector<std::string> paths_of(run &on);

// How many octets these files have together; 0 where one of them is not a regular file, so that nobody knows.
std::uint64_t size_of(const std::vector<std::string> &paths);

} // namespace sipstatus::tool

#endif
