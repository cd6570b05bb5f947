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

namespace {

constexpr std::size_t gap = 2;
constexpr std::string_view nothing = "-";

std::string_view or_nothing(std::string_view text) {
    return text.empty() ? nothing : text;
}

// A list of status lines has neither times nor peers.
bool has_origin(const message &carrier) {
    return carrier.source || carrier.column != 0;
}

bool is_whole(const response &answer) {
    return answer.result.outcome == outcome::ok;
}

void append_kind(std::string &to, const response &answer) {
    if (is_whole(answer))
        append_spelled(to, answer.result.line.kind);
    else
        append_spelled(to, answer.result.outcome);
}

bool is_canonical(const response &answer) {
    return is_whole(answer) && is_canonical(answer.result.line.kind);
}

void append_deviations(std::string &to, const response &answer) {
    if (answer.result.line.deviations.empty()) return;
    const auto start = to.size();
    for (const auto which : members(answer.result.line.deviations)) {
        if (to.size() != start) to += ',';
        append_spelled(to, which);
    }
}

void append_class(std::string &to, const response &answer) {
    if (answer.has_code())
        append_spelled(to, class_of(answer.result.line.code));
    else
        to += nothing;
}

void append_finality(std::string &to, const response &answer) {
    if (answer.has_code())
        append_spelled(to, finality_of(answer.result.line.code));
    else
        to += nothing;
}

} // namespace

text_report::field &text_report::row_of_fields::add(std::string_view title, std::size_t width,
                                                    std::string_view colour) {
    if (size_ == fields_.size()) fields_.emplace_back();
    auto &made = fields_[size_++];
    made.title = title;
    made.width = width;
    made.colour = colour;
    made.content.clear();
    return made;
}

void text_report::list(const response &answer) {
    row_.clear();
    if (screen_.terminal)
        fill_terminal_row(answer);
    else
        fill_full_row(answer);
    if (screen_.terminal) write_heading(answer.carrier, row_);
    write_row(row_);
}

void text_report::append_time(std::string &to, const message &carrier) {
    const auto start = to.size();
    if (carrier.time) speller_.append(to, *carrier.time);
    if (to.size() == start) to += nothing;
}

void text_report::add_phrase(const response &answer, std::size_t width) {
    const auto &line = answer.result.line;
    auto &content = row_.add("CODE AND PHRASE", width).content;
    if (answer.has_code()) {
        row_.last().colour = paint_.colour_of(line.code);
        append_number(content, to_int(line.code));
        content += ' ';
    }
    content += line.phrase;
    if (!is_whole(answer)) content += "...";
}

// The columns of a list of status lines are as narrow as can be. They are wide enough for all rows so far,
// so that columns stay columns.
void text_report::add_peers(std::string_view title, const message &carrier, std::size_t least) {
    auto &peers = row_.add(title, 0);
    const auto add_peer = [&](const std::optional<endpoint> &at) {
        if (at)
            speller_.append(peers.content, *at);
        else
            peers.content += nothing;
    };
    if (carrier.source || carrier.destination) {
        add_peer(carrier.source);
        peers.content += " > ";
        add_peer(carrier.destination);
    } else {
        peers.content += nothing;
    }
    peers.width = peers_width_ = std::max({peers_width_, least, peers.content.size()});
}

void text_report::add_extra_fields(const response &answer) {
    if (extra_fields_.empty()) return;
    const auto values = answer.fields();
    for (const auto which : extra_fields_) switch (which) {
        case extra_field::method: row_.add("METHOD", 9).content += or_nothing(values.method); break;
        case extra_field::cseq:
            if (auto &content = row_.add("CSEQ", 10).content; values.cseq)
                append_number(content, *values.cseq);
            else
                content += nothing;
            break;
        case extra_field::call_id: row_.add("CALL-ID", 30).content += or_nothing(values.call_id); break;
        }
}

void text_report::fill_full_row(const response &answer) {
    const auto &carrier = answer.carrier;
    const bool captured = has_origin(carrier);
    auto &place = row_.add("", 0);
    place.content += carrier.file;
    place.content += ':';
    append_number(place.content, carrier.frames.last);
    place.width = place_width_ = std::max<std::size_t>({place_width_, 14, columns_of(place.content)});
    append_time(row_.add("", captured ? 30u : 4u, paint_.dim).content, carrier);
    row_.add("", 3).content += or_nothing(name(carrier.transport));
    add_peers("", carrier, captured ? 33 : 5);
    add_phrase(answer, 27);
    append_class(row_.add("", 14).content, answer);
    append_finality(row_.add("", 11).content, answer);
    append_kind(row_.add("", 11, is_canonical(answer) ? std::string_view{} : paint_.cyan).content, answer);
    auto &deviations = row_.add("", extra_fields_.empty() ? 0u : 20u);
    append_deviations(deviations.content, answer);
    if (deviations.content.empty())
        deviations.content += nothing;
    else
        deviations.colour = paint_.magenta;
    add_extra_fields(answer);
}

void text_report::fill_terminal_row(const response &answer) {
    const auto &carrier = answer.carrier;
    const bool is_text = !carrier.source || carrier.column != 0;
    row_.add(is_text ? "LINE" : "FRAME", 5).content = fmt::format("{:>5}", carrier.frames.last);
    if (has_origin(carrier)) {
        auto &time = row_.add("TIME", 12, paint_.dim).content;
        append_time(time, carrier);
        if (time != nothing) time = std::string(time_of_day_of(time).substr(0, 12));
        row_.add("VIA", 3).content += or_nothing(name(carrier.transport));
        add_peers("SOURCE > DESTINATION", carrier, 31);
    }
    add_phrase(answer, 22);

    constexpr std::size_t class_width = 14, finality_width = 11, room_for_remarks = 20;
    const auto width =
        std::accumulate(row_.begin(), row_.end(), room_for_remarks + class_width + finality_width + 2 * gap,
                        [](std::size_t sum, const field &one) { return sum + one.width + gap; });
    if (width <= screen_.columns) {
        append_class(row_.add("CLASS", class_width).content, answer);
        append_finality(row_.add("FINALITY", finality_width).content, answer);
    }
    add_extra_fields(answer);
    auto &remarks = row_.add("REMARKS", 0, is_canonical(answer) ? paint_.magenta : paint_.cyan).content;
    if (is_canonical(answer)) {
        append_deviations(remarks, answer);
    } else {
        append_kind(remarks, answer);
        append_deviations(row_.add("", 0, paint_.magenta).content, answer);
    }
}

void text_report::write_heading(const message &carrier, const row_of_fields &below) {
    const auto file = input_name(carrier.file);
    const auto time = carrier.time ? as_time(*carrier.time) : std::string{};
    const auto day = fmt::format("{}{}", day_of(time), !day_of(time).empty() && time.back() == 'Z' ? " UTC" : "");
    if (file == headed_file_ && (day.empty() || day == headed_day_)) return;
    if (!headed_file_.empty()) output_ += '\n';
    headed_file_ = file;
    headed_day_ = day;
    output_ += fmt::format("{}{}{}{}\n", paint_.bold, file, day.empty() ? "" : fmt::format(", {}", day), paint_.reset);
    row_of_fields titles;
    std::size_t columns = 0;
    for (const auto &one : below) {
        columns += std::max(one.width, one.title.size());
        if (columns > screen_.columns) break;
        titles.add("", one.width, paint_.bold).content += one.title;
        columns += gap;
    }
    write_row(titles);
}

// Writes no blanks after the last field.
void text_report::write_row(const row_of_fields &row) {
    std::size_t blanks = 0;
    for (const auto &one : row) {
        if (one.content.empty()) continue;
        output_.append(blanks, ' ');
        output_ += one.colour;
        append_text(output_, one.content);
        if (!one.colour.empty()) output_ += paint_.reset;
        const auto columns = columns_of(one.content);
        blanks = gap + (columns < one.width ? one.width - columns : 0);
    }
    output_ += '\n';
}

} // namespace sipstatus::tool
