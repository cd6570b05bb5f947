#ifndef SIPSTATUS_TOOL_REPORT_WHOLE_FILE_HPP
#define SIPSTATUS_TOOL_REPORT_WHOLE_FILE_HPP

// A file that is written whole or not at all.

#include <optional>
#include <string>
#include <string_view>

namespace sipstatus::tool {

// Writes the octets to a new file beside `path`, and gives it that name when all of them are on the disk. What was
// there before stays if that fails; then the result says why.
std::optional<std::string> write_whole_file(const std::string &path, std::string_view octets);

} // namespace sipstatus::tool

#endif
