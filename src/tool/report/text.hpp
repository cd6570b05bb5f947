#ifndef SIPSTATUS_TOOL_REPORT_TEXT_HPP
#define SIPSTATUS_TOOL_REPORT_TEXT_HPP

// The report for people. Each command's part is a file of its own, text_COMMAND.cpp.

#include "report/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

// Colours and weights, all empty where there are none.
struct palette {
    std::string_view reset, bold, dim, red, green, yellow, magenta, cyan;

    std::string_view colour_of(severity level) const;
    std::string_view colour_of(status code) const;
};

class text_report final : public report {
public:
    text_report(std::string &to, const layout &how);

    void list(const response &answer) override;
    void check(const response &answer, const std::vector<finding> &findings) override;
    void explain(const topic &subject) override;
    // Standard error says it to people.
    void end_of_input(const input_summary &) override {}

private:
    // list
    struct field;
    using fields = std::vector<field>;
    fields full_row(const response &answer);
    fields terminal_row(const response &answer);
    void add_extra_fields(const response &answer, fields &to) const;
    // Wide enough for all rows so far, so that columns stay columns.
    std::size_t width_of_peers(const message &carrier, std::size_t least);
    field phrase_of(const response &answer, std::size_t width) const;
    void write_heading(const message &carrier, const fields &below);
    void write_row(const fields &row);

    // check
    void write_finding(const message &carrier, const finding &item);
    void write_peers(const message &carrier);
    void show_line(std::string_view line, const finding &item);

    // explain
    void describe(status code);
    void describe(status_class of);
    void describe(const rule &which);
    void title(std::string_view colour, std::string_view content);
    void paragraph(std::string_view label, std::string_view content);

    std::string &output_;
    screen screen_;
    std::vector<extra_field> extra_fields_;
    palette paint_;
    std::string headed_file_, headed_day_; // what the last heading of `list` was about
    std::size_t peers_width_ = 0;          // of the longest row so far
    bool explained_ = false;               // a topic was
};

} // namespace sipstatus::tool

#endif
