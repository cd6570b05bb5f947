// The rows of `list`. A pipe gets every column in every row, under no heading. A terminal gets what fits it: the file
// and the day stand in a heading, the time is cut to milliseconds, the kind of phrase is left out where it is
// canonical, and the class and finality, which the code says already, where there is no room.

#include "report_text.hpp"
#include "spelling.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

namespace sipstatus::tool {

// One field of a row. It takes `width` columns, or more if its content does.
struct text_report::field {
    std::string_view title; // of its column
    std::size_t width;
    std::string content; // as it is in the input; write_row() makes it safe to show
    std::string_view colour = {};
};

namespace {

constexpr std::size_t gap = 2;
constexpr std::string_view nothing = "-";

std::string_view or_nothing(std::string_view text) {
    return text.empty() ? nothing : text;
}

std::string time_of(const message &from) {
    return std::string(or_nothing(from.time ? as_time(*from.time) : ""));
}

std::string peers_of(const message &from) {
    if (!from.source || !from.destination) return std::string(nothing);
    return fmt::format("{} > {}", as_text(*from.source), as_text(*from.destination));
}

std::string class_name_of(const response &found) {
    return found.has_code() ? spelled(class_of(found.read.line.code)) : std::string(nothing);
}

std::string finality_name_of(const response &found) {
    return found.has_code() ? spelled(finality_of(found.read.line.code)) : std::string(nothing);
}

bool is_whole(const response &found) {
    return found.read.outcome == outcome::ok;
}

std::string kind_of(const response &found) {
    return is_whole(found) ? spelled(found.read.line.kind) : spelled(found.read.outcome);
}

bool is_canonical(const response &found) {
    return is_whole(found) && is_canonical(found.read.line.kind);
}

std::string deviations_of(const response &found) {
    std::vector<std::string> names;
    for (const auto which : members(found.read.line.deviations)) names.push_back(spelled(which));
    return fmt::format("{}", fmt::join(names, ","));
}

} // namespace

void text_report::list(const response &found) {
    const auto row = screen_.terminal ? terminal_row(found) : full_row(found);
    if (screen_.terminal) write_heading(found.from, row);
    write_row(row);
    output_.end_record();
}

text_report::field text_report::phrase_of(const response &found, std::size_t width) const {
    const auto &line = found.read.line;
    const auto phrase = std::string(line.phrase) + (is_whole(found) ? "" : "...");
    if (!found.has_code()) return {"CODE AND PHRASE", width, phrase};
    return {"CODE AND PHRASE", width, fmt::format("{} {}", to_int(line.code), phrase), paint_.of(line.code)};
}

// A text has neither times nor peers: their columns are as narrow as can be.
text_report::fields text_report::full_row(const response &found) const {
    const auto &from = found.from;
    const bool captured = from.source.has_value();
    const auto deviations = deviations_of(found);
    return {{"", 14, fmt::format("{}:{}", from.file, from.frame)},
            {"", captured ? 30u : 4u, time_of(from), paint_.dim},
            {"", 3, std::string(or_nothing(from.transport))},
            {"", captured ? 33u : 5u, peers_of(from)},
            phrase_of(found, 27),
            {"", 14, class_name_of(found)},
            {"", 11, finality_name_of(found)},
            {"", 11, kind_of(found), is_canonical(found) ? std::string_view{} : paint_.cyan},
            {"", 0, std::string(or_nothing(deviations)), deviations.empty() ? std::string_view{} : paint_.magenta}};
}

text_report::fields text_report::terminal_row(const response &found) const {
    const auto &from = found.from;
    fields row{{from.source ? "FRAME" : "LINE", 5, fmt::format("{:>5}", from.frame)}};
    if (from.source) {
        const auto time = time_of(from);
        row.push_back({"TIME", 12, time == nothing ? time : time.substr(11, 12), paint_.dim});
        row.push_back({"VIA", 3, std::string(from.transport)});
        row.push_back({"SOURCE > DESTINATION", 31, peers_of(from)});
    }
    row.push_back(phrase_of(found, 22));

    fields implied{{"CLASS", 14, class_name_of(found)}, {"FINALITY", 11, finality_name_of(found)}};
    constexpr std::size_t room_for_remarks = 20;
    const auto add_width = [](std::size_t sum, const field &one) { return sum + one.width + gap; };
    const auto width = std::accumulate(row.begin(), row.end(), room_for_remarks, add_width);
    if (std::accumulate(implied.begin(), implied.end(), width, add_width) <= screen_.columns)
        row.insert(row.end(), implied.begin(), implied.end());

    const auto deviations = deviations_of(found);
    row.push_back({"REMARKS", 0, is_canonical(found) ? deviations : kind_of(found), paint_.cyan});
    if (is_canonical(found))
        row.back().colour = paint_.magenta;
    else
        row.push_back({"", 0, deviations, paint_.magenta});
    return row;
}

void text_report::write_heading(const message &from, const fields &below) {
    const auto file = input_name(from.file);
    const auto day = from.time ? as_time(*from.time).substr(0, 10) : std::string{};
    if (file == headed_file_ && (day.empty() || day == headed_day_)) return;
    if (!headed_file_.empty()) output_.buffer() += '\n';
    headed_file_ = file;
    headed_day_ = day;
    output_.buffer() +=
        fmt::format("{}{}{}{}\n", paint_.bold, file, day.empty() ? "" : fmt::format(", {} UTC", day), paint_.reset);
    fields titles;
    std::size_t columns = 0;
    for (const auto &one : below) {
        columns += std::max(one.width, one.title.size());
        if (columns > screen_.columns) break;
        titles.push_back({"", one.width, std::string(one.title), paint_.bold});
        columns += gap;
    }
    write_row(titles);
}

// Writes no blanks behind the last field.
void text_report::write_row(const fields &row) {
    auto &to = output_.buffer();
    std::size_t blanks = 0;
    for (const auto &one : row) {
        if (one.content.empty()) continue;
        to.append(blanks, ' ');
        to += one.colour;
        to += as_text(one.content);
        if (!one.colour.empty()) to += paint_.reset;
        const auto columns = columns_of(one.content);
        blanks = gap + (columns < one.width ? one.width - columns : 0);
    }
    to += '\n';
}

} // namespace sipstatus::tool
