#ifndef SIPSTATUS_TOOL_REPORT_REPORT_HPP
#define SIPSTATUS_TOOL_REPORT_REPORT_HPP

// Responses, findings, topics and summaries in, rows out: at the end of a buffer, in one format. Each input has a
// report of its own.

#include "account.hpp"
#include "report/screen.hpp"
#include "sip/findings.hpp"
#include "sip/topics.hpp"
#include "tally/summary.hpp"

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

// What stands where the rows of one input begin.
struct seam {
    std::string_view opening; // what the report wrote there, which belongs at the beginning of all rows alone
    std::string_view joint;   // what belongs there if other rows stand before them
};

class report {
public:
    virtual ~report() = default;

    // A format does what its row in formats.def has a command for.

    // A row of `list`; the response is readable.
    virtual void list(const response &) {}
    // The findings of one response, at least one, for `check`.
    virtual void check(const response &, const std::vector<finding> &) {}
    // A topic of `explain`.
    virtual void explain(const topic &) {}
    // All of `stats` and `merge`.
    virtual void stats(const summary &) {}
    // Where its rows begin, once there are some.
    virtual seam first_seam() const { return {}; }
    // The end of an input of which something was left out.
    virtual void end_of_input(const input_summary &) {}
};

// What rows of text have on request. Their names are those of NDJSON's members, with hyphens.
enum class extra_field : std::uint8_t { method, cseq, call_id };
inline constexpr std::string_view extra_field_names[] = {"method", "cseq", "call-id"};

// How the rows are to be.
struct layout {
    tool::screen screen; // what text is laid out for
    std::vector<extra_field> extra_fields{};
    std::size_t most_rows = 10; // of a table of `stats`
};

// A format by its name, and what makes its report.
struct format {
    std::string_view name;
    // The rows go to the end of `to`, which must outlive the report.
    std::unique_ptr<report> (*make)(std::string &to, const layout &how);
    std::string_view commands; // that have it, with a blank before and after each

    bool serves(std::string_view command) const {
        return commands.find(' ' + std::string(command) + ' ') != commands.npos;
    }
};

// Every format, in the order of formats.def; the first is the default.
const std::vector<format> &formats();

} // namespace sipstatus::tool

#endif
