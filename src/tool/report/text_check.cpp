// The findings of `check`, as a compiler prints them.

#include "report/spelling.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sipstatus::tool {

namespace {

constexpr std::string_view indent = "    ", ellipsis = "...";

// The columns of a line that are shown, from `left` up to `right`.
struct window {
    std::size_t left, right;
};

// All of a line that fits into `room`, with a column after it for the mark; of a longer one the part around column
// `at`, a third of it before that, unless the line needs less there.
window window_around(std::size_t at, std::size_t total, std::size_t room) {
    if (total + 1 <= room) return {0, total};
    const auto shown = room - 2 * ellipsis.size();
    const auto left = std::min(at > shown / 3 ? at - shown / 3 : 0, total + 1 - shown);
    return {left, left + shown};
}

// "12", or "10 to 12".
std::string words_of(frame_range frames) {
    return frames.first == frames.last ? fmt::format("{}", frames.last)
                                       : fmt::format("{} to {}", frames.first, frames.last);
}

} // namespace

// The line is shown under the first finding, and under each that has a place in it.
void text_report::check(const response &answer, const std::vector<finding> &findings) {
    write_peers(answer.carrier);
    bool is_first = true;
    for (const auto &one : findings) {
        write_finding(answer.carrier, one);
        if (is_first || one.offset) show_line(answer.line, one);
        is_first = false;
    }
}

void text_report::write_finding(const message &carrier, const finding &item) {
    const auto strong = item.level == severity::note ? std::string_view{} : paint_.bold;
    const auto colour = paint_.colour_of(item.level);
    const auto reset = paint_.reset;
    const auto column = carrier.column == 0 ? "" : fmt::format("{}:", carrier.column + item.offset.value_or(0));
    output_ += fmt::format("{}{}:{}:{} {}", paint_.bold, as_text(carrier.file), carrier.frames.last, column, reset);
    output_ += fmt::format("{}{}: {}", colour, name(item.level), reset);
    output_ += fmt::format("{}{}{}", strong, item.text, strong.empty() ? strong : reset);
    output_ += fmt::format(" [{}{}{}]\n", colour, hyphenated(item.rule), reset);
}

// A list of status lines has no peers.
void text_report::write_peers(const message &carrier) {
    if (!carrier.source && !carrier.destination) return;
    const auto spelled_or_nothing = [](const std::optional<endpoint> &at) { return at ? as_text(*at) : "-"; };
    output_ += fmt::format("{}{}:{} in {} {}, {}{}{} > {}{}{}:\n", paint_.bold, as_text(carrier.file), paint_.reset,
                           carrier.column == 0 ? "frame" : "line", words_of(carrier.frames), name(carrier.transport),
                           carrier.transport == transport::none ? "" : " ", spelled_or_nothing(carrier.source),
                           spelled_or_nothing(carrier.destination), carrier.time ? ", " : "",
                           carrier.time ? as_time(*carrier.time) : "");
}

// The line, and under it a caret at the finding's octet; of a line that is wider than the screen the part around it.
void text_report::show_line(std::string_view line, const finding &item) {
    const auto glyphs = glyphs_of(line);
    const auto mark = item.offset.value_or(0);
    std::size_t total = 0, at = 0, width = 0; // columns: of the line, before the mark, of the mark
    for (const auto &glyph : glyphs) {
        total += glyph.columns;
        if (glyph.offset + glyph.size <= mark)
            at += glyph.columns;
        else if (glyph.offset < mark + item.length)
            width += glyph.columns;
    }

    const auto [left, right] = window_around(at, total, screen_.columns - indent.size() - 1);
    std::string shown(left > 0 ? ellipsis : "");
    std::size_t column = 0, before_mark = shown.size();
    for (const auto &glyph : glyphs) {
        if (column >= left && column + glyph.columns <= right) {
            shown += glyph.text;
            if (column < at) before_mark += glyph.columns;
        }
        column += glyph.columns;
    }
    if (right < total) shown += ellipsis;

    output_ += fmt::format("{}{}\n", indent, shown);
    if (!item.offset) return;
    const auto marked = std::max<std::size_t>(at < right ? std::min(width, right - at) : 1, 1);
    output_ += fmt::format("{}{:{}}{}{:~<{}}{}\n", indent, "", before_mark, paint_.green, "^", marked, paint_.reset);
}

} // namespace sipstatus::tool
