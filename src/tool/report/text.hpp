#ifndef SIPSTATUS_TOOL_REPORT_TEXT_HPP
#define SIPSTATUS_TOOL_REPORT_TEXT_HPP

// The report for people. Each command's part is a file of its own, text_COMMAND.cpp.

#include "report/report.hpp"
#include "report/spelling.hpp"

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
    void stats(const summary &whole) override;
    seam first_seam() const override { return {"", headed_file_.empty() ? "" : "\n"}; }

private:
    // list
    // One field of a row. It takes `width` columns, or more if its content does.
    struct field {
        std::string_view title; // of its column
        std::size_t width = 0;
        std::string content; // as it is in the input; write_row() makes it safe to show
        std::string_view colour;
    };
    // The fields of one row after the other, in the same strings.
    class row_of_fields {
    public:
        void clear() noexcept { size_ = 0; }
        field &add(std::string_view title, std::size_t width, std::string_view colour = {});
        field &last() noexcept { return fields_[size_ - 1]; }
        const field *begin() const noexcept { return fields_.data(); }
        const field *end() const noexcept { return fields_.data() + size_; }

    private:
        std::vector<field> fields_;
        std::size_t size_ = 0;
    };
    void fill_full_row(const response &answer);
    void fill_terminal_row(const response &answer);
    void append_time(std::string &to, const message &carrier);
    void add_peers(std::string_view title, const message &carrier, std::size_t least);
    void add_phrase(const response &answer, std::size_t width);
    void add_extra_fields(const response &answer);
    void write_heading(const message &carrier, const row_of_fields &below);
    void write_row(const row_of_fields &row);

    // check
    void write_finding(const message &carrier, const finding &item);
    void write_peers(const message &carrier);
    void show_line(std::string_view line, const finding &item);

    // explain
    void describe(status code);
    void describe(status_class of);
    void describe(const rule &which);
    void describe(const stack_code &row);
    void describe_handling(status code);
    void describe_stack(std::string_view label, const stack_code &row);
    void title(std::string_view colour, std::string_view content);
    void paragraph(std::string_view label, std::string_view content);

    // stats
    struct table;
    void write(const table &shown);
    void write_responses(const summary &whole);
    void write_methods(const summary &whole);
    void write_sessions(const summary &whole);
    void write_times(const summary &whole);
    void write_parties(const summary &whole);
    void write_wording(const summary &whole);
    void write_minutes(const summary &whole);
    void write_own_rows(const summary &whole);
    void write_limits(const summary &whole);

    std::string &output_;
    screen screen_;
    std::vector<extra_field> extra_fields_;
    std::size_t most_rows_;
    palette paint_;
    std::string headed_file_, headed_day_; // what the last heading of `list` was about
    row_of_fields row_;                    // the last one of `list`
    speller speller_;
    std::size_t peers_width_ = 0; // of the longest row so far
    std::size_t place_width_ = 0;
    bool explained_ = false; // a topic was
};

} // namespace sipstatus::tool

#endif
