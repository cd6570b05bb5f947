// The rows of `list`. A pipe gets every column in every row, under no heading. A terminal gets what fits it: the file
// and the day stand in a heading, the time is cut to milliseconds, the kind of phrase is left out where it is
// canonical, and the class and finality, which the code says already, where there is no room.

#include "report/spelling.hpp"
#include "report/text.hpp"

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

std::string time_of(const message &carrier) {
    return std::string(or_nothing(carrier.time ? as_time(*carrier.time) : ""));
}

std::string peers_of(const message &carrier) {
    if (!carrier.source || !carrier.destination) return std::string(nothing);
    return fmt::format("{} > {}", as_text(*carrier.source), as_text(*carrier.destination));
}

std::string class_name_of(const response &answer) {
    return answer.has_code() ? spelled(class_of(answer.result.line.code)) : std::string(nothing);
}

std::string finality_name_of(const response &answer) {
    return answer.has_code() ? spelled(finality_of(answer.result.line.code)) : std::string(nothing);
}

bool is_whole(const response &answer) {
    return answer.result.outcome == outcome::ok;
}

std::string kind_of(const response &answer) {
    return is_whole(answer) ? spelled(answer.result.line.kind) : spelled(answer.result.outcome);
}

bool is_canonical(const response &answer) {
    return is_whole(answer) && is_canonical(answer.result.line.kind);
}

std::string deviations_of(const response &answer) {
    std::vector<std::string> names;
    for (const auto which : members(answer.result.line.deviations)) names.push_back(spelled(which));
    return fmt::format("{}", fmt::join(names, ","));
}

} // namespace

void text_report::list(const response &answer) {
    const auto row = screen_.terminal ? terminal_row(answer) : full_row(answer);
    if (screen_.terminal) write_heading(answer.carrier, row);
    write_row(row);
}

text_report::field text_report::phrase_of(const response &answer, std::size_t width) const {
    const auto &line = answer.result.line;
    const auto phrase = std::string(line.phrase) + (is_whole(answer) ? "" : "...");
    if (!answer.has_code()) return {"CODE AND PHRASE", width, phrase};
    return {"CODE AND PHRASE", width, fmt::format("{} {}", to_int(line.code), phrase), paint_.colour_of(line.code)};
}

// A text has neither times nor peers: their columns are as narrow as can be.
std::size_t text_report::width_of_peers(const message &carrier, std::size_t least) {
    peers_width_ = std::max({peers_width_, least, peers_of(carrier).size()});
    return peers_width_;
}

void text_report::add_extra_fields(const response &answer, fields &to) const {
    if (extra_fields_.empty()) return;
    const auto values = answer.fields();
    for (const auto which : extra_fields_) switch (which) {
        case extra_field::method: to.push_back({"METHOD", 9, std::string(or_nothing(values.method))}); break;
        case extra_field::cseq:
            to.push_back({"CSEQ", 10, values.cseq ? fmt::format("{}", *values.cseq) : std::string(nothing)});
            break;
        case extra_field::call_id: to.push_back({"CALL-ID", 30, std::string(or_nothing(values.call_id))}); break;
        }
}

text_report::fields text_report::full_row(const response &answer) {
    const auto &carrier = answer.carrier;
    const bool captured = carrier.source.has_value();
    const auto deviations = deviations_of(answer);
    fields row{{"", 14, fmt::format("{}:{}", carrier.file, carrier.frames.last)},
               {"", captured ? 30u : 4u, time_of(carrier), paint_.dim},
               {"", 3, std::string(or_nothing(name(carrier.transport)))},
               {"", width_of_peers(carrier, captured ? 33 : 5), peers_of(carrier)},
               phrase_of(answer, 27),
               {"", 14, class_name_of(answer)},
               {"", 11, finality_name_of(answer)},
               {"", 11, kind_of(answer), is_canonical(answer) ? std::string_view{} : paint_.cyan},
               {"", extra_fields_.empty() ? 0u : 20u, std::string(or_nothing(deviations)),
                deviations.empty() ? std::string_view{} : paint_.magenta}};
    add_extra_fields(answer, row);
    return row;
}

text_report::fields text_report::terminal_row(const response &answer) {
    const auto &carrier = answer.carrier;
    fields row{{carrier.source ? "FRAME" : "LINE", 5, fmt::format("{:>5}", carrier.frames.last)}};
    if (carrier.source) {
        const auto time = time_of(carrier);
        row.push_back({"TIME", 12, time == nothing ? time : time.substr(11, 12), paint_.dim});
        row.push_back({"VIA", 3, std::string(name(carrier.transport))});
        row.push_back({"SOURCE > DESTINATION", width_of_peers(carrier, 31), peers_of(carrier)});
    }
    row.push_back(phrase_of(answer, 22));

    fields implied{{"CLASS", 14, class_name_of(answer)}, {"FINALITY", 11, finality_name_of(answer)}};
    constexpr std::size_t room_for_remarks = 20;
    const auto add_width = [](std::size_t sum, const field &one) { return sum + one.width + gap; };
    const auto width = std::accumulate(row.begin(), row.end(), room_for_remarks, add_width);
    if (std::accumulate(implied.begin(), implied.end(), width, add_width) <= screen_.columns)
        row.insert(row.end(), implied.begin(), implied.end());

    add_extra_fields(answer, row);
    const auto deviations = deviations_of(answer);
    row.push_back({"REMARKS", 0, is_canonical(answer) ? deviations : kind_of(answer), paint_.cyan});
    if (is_canonical(answer))
        row.back().colour = paint_.magenta;
    else
        row.push_back({"", 0, deviations, paint_.magenta});
    return row;
}

void text_report::write_heading(const message &carrier, const fields &below) {
    const auto file = input_name(carrier.file);
    const auto day = carrier.time ? as_time(*carrier.time).substr(0, 10) : std::string{};
    if (file == headed_file_ && (day.empty() || day == headed_day_)) return;
    if (!headed_file_.empty()) output_ += '\n';
    headed_file_ = file;
    headed_day_ = day;
    output_ +=
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

// Writes no blanks after the last field.
void text_report::write_row(const fields &row) {
    std::size_t blanks = 0;
    for (const auto &one : row) {
        if (one.content.empty()) continue;
        output_.append(blanks, ' ');
        output_ += one.colour;
        output_ += as_text(one.content);
        if (!one.colour.empty()) output_ += paint_.reset;
        const auto columns = columns_of(one.content);
        blanks = gap + (columns < one.width ? one.width - columns : 0);
    }
    output_ += '\n';
}

} // namespace sipstatus::tool
