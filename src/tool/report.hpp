#ifndef SIPSTATUS_TOOL_REPORT_HPP
#define SIPSTATUS_TOOL_REPORT_HPP

// The last stage. In: responses, findings, topics. Out: rows at the end of an output, in one format.

#include "findings.hpp"
#include "output.hpp"
#include "screen.hpp"
#include "topics.hpp"

#include <memory>
#include <string_view>

namespace sipstatus::tool {

class report {
public:
    virtual ~report() = default;

    // A row of `list`; the response is readable.
    virtual void list(const response &found) = 0;
    // A finding of `check`. `first` with the first one of a response.
    virtual void check(const response &about, const finding &found, bool first) = 0;
    // A topic of `explain`. `first` with the first one of the run.
    virtual void explain(const topic &about, bool first) = 0;
};

// For people.
std::unique_ptr<report> report_text(output &to, const screen &on);

// One JSON object a line, by the contract of schema 1: members are never left out, renamed or reordered; what does not
// apply is null; `reason_hex` and `line_hex` are there only where the octets are not UTF-8.
std::unique_ptr<report> report_ndjson(output &to);

} // namespace sipstatus::tool

#endif
