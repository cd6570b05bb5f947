#ifndef SIPSTATUS_TOOL_REPORT_REPORT_HPP
#define SIPSTATUS_TOOL_REPORT_REPORT_HPP

// Responses, findings and topics in, rows out: at the end of a buffer, in one format.

#include "account.hpp"
#include "report/screen.hpp"
#include "sip/findings.hpp"
#include "sip/topics.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

// What was read of one input.
struct input_summary {
    std::string_view file;
    std::uint64_t frames = 0;    // packets, or lines of a text
    std::uint64_t responses = 0; // what claimed to be one
    const account &left_out;
};

class report {
public:
    virtual ~report() = default;

    // A row of `list`; the response is readable.
    virtual void list(const response &found) = 0;
    // The findings of one response, at least one, for `check`.
    virtual void check(const response &about, const std::vector<finding> &findings) = 0;
    // A topic of `explain`.
    virtual void explain(const topic &about) = 0;
    // The end of an input of which something was left out.
    virtual void end_of_input(const input_summary &summary) = 0;
};

// A format by its name, and what makes its report.
struct format {
    std::string_view name;
    // The rows go to the end of `to`, which must outlive the report.
    std::unique_ptr<report> (*make)(std::string &to, const screen &on);
};

// Every format, in the order of formats.def; the first is the default.
const std::vector<format> &formats();

} // namespace sipstatus::tool

#endif
