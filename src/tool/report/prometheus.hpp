#ifndef SIPSTATUS_TOOL_REPORT_PROMETHEUS_HPP
#define SIPSTATUS_TOOL_REPORT_PROMETHEUS_HPP

// Counts in, what a scrape of Prometheus gets out.

#include "tally/tally.hpp"

#include <string>

namespace sipstatus::tool {

// Appends every metric to `to`.
void write_exposition(std::string &to, const tally &counts, const method_table &methods);

} // namespace sipstatus::tool

#endif
