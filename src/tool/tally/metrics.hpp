#ifndef SIPSTATUS_TOOL_TALLY_METRICS_HPP
#define SIPSTATUS_TOOL_TALLY_METRICS_HPP

// What RFC 6076 and operators make of the counts: ratios with what they are of, and delays.

#include "tally/tally.hpp"

#include <string_view>
#include <vector>

namespace sipstatus::tool {

struct ratio {
    std::string_view name;  // "ASR"
    std::string_view title; // in words
    std::string_view of;    // what the numerator and the denominator are
    amount numerator = 0, denominator = 0;
};

struct delay_row {
    std::string_view name, title, of;
    const histogram *times = nullptr; // null where nothing was measured
};

// Every ratio; those whose denominator is 0, too.
std::vector<ratio> ratios_of(const tally &counts);
// Every delay. `merged` takes histograms that are sums of others; the result points into it.
std::vector<delay_row> delays_of(const tally &counts, std::vector<histogram> &merged);

} // namespace sipstatus::tool

#endif
