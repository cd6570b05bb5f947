#ifndef SIPSTATUS_TOOL_REPORT_HTML_HPP
#define SIPSTATUS_TOOL_REPORT_HTML_HPP

// A summary as one HTML file that loads nothing. page/ has its parts, which CMake puts into the tool.

#include "tally/chronicle.hpp"
#include "tally/summary.hpp"

#include <string>
#include <string_view>

namespace sipstatus::tool {

// Of a finished summary. Without a chronicle the time line is of minutes, and there are no calls.
std::string write_html(const summary &whole, const chronicle *more);

// A part of the page by the name of its file; empty for another name.
std::string_view page_part(std::string_view name) noexcept;

} // namespace sipstatus::tool

#endif
