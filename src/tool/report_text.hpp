#ifndef SIPSTATUS_TOOL_REPORT_TEXT_HPP
#define SIPSTATUS_TOOL_REPORT_TEXT_HPP

// The report for people. In: responses, findings, topics, the screen. Out: text. Each command's part is a file of its
// own, report_text_*.cpp.

#include "report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

// Colours and weights, all empty where there are none.
struct palette {
    std::string_view reset, bold, dim, red, green, yellow, magenta, cyan;

    std::string_view of(severity level) const;
    std::string_view of(status code) const;
};

class text_report final : public report {
public:
    text_report(output &to, const screen &on);

    void list(const response &found) override;
    void check(const response &about, const finding &found, bool first) override;
    void explain(const topic &about, bool first) override;

private:
    // list
    struct field;
    using fields = std::vector<field>;
    fields full_row(const response &found) const;
    fields terminal_row(const response &found) const;
    field phrase_of(const response &found, std::size_t width) const;
    void write_heading(const message &from, const fields &below);
    void write_row(const fields &row);

    // check
    void write_peers(const message &from);
    void show_line(std::string_view line, const finding &found);

    // explain
    void describe(status code);
    void describe(status_class of);
    void describe(const rule &about);
    void title(std::string_view colour, std::string_view content);
    void paragraph(std::string_view label, std::string_view content);

    output &output_;
    screen screen_;
    palette paint_;
    std::string headed_file_, headed_day_; // what the last heading of `list` was about
};

} // namespace sipstatus::tool

#endif
