#ifndef SIPSTATUS_TOOL_TALLY_PHRASE_TEMPLATE_HPP
#define SIPSTATUS_TOOL_TALLY_PHRASE_TEMPLATE_HPP

// A reason phrase without what differs from call to call: "No route to 4930123" is "No route to <n>".

#include <string>
#include <string_view>

namespace sipstatus::tool {

// Longer templates are cut and end in "...".
inline constexpr std::size_t longest_template = 160;

// Addresses, with their port, become <address>; words of 8 or more hexadecimal digits and hyphens, with a digit among
// them, become <id>; other numbers become <n>.
std::string template_of(std::string_view phrase);

} // namespace sipstatus::tool

#endif
