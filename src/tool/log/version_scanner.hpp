#ifndef SIPSTATUS_TOOL_LOG_VERSION_SCANNER_HPP
#define SIPSTATUS_TOOL_LOG_VERSION_SCANNER_HPP

// The two searches that walk over every octet of a log.

#include <cstddef>
#include <string_view>

namespace sipstatus::tool {

// Where "SIP/2.0", in any case, first stands in the text from `begin` on; npos where it does not.
std::size_t find_version(std::string_view text, std::size_t begin) noexcept;

// How many LFs the text has.
std::size_t count_line_ends(std::string_view text) noexcept;

} // namespace sipstatus::tool

#endif
