// The findings of `check`, as a compiler prints them.

#include "report_text.hpp"
#include "spelling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sipstatus::tool {

namespace {

constexpr std::string_view indent = "    ", ellipsis = "...";

// The columns of a line that are shown, from `left` up to `right`.
struct window {
    std::size_t left, right;
};

// All of a line that fits into `room`, with a column behind it for the mark; of a longer one the part around column
// `at`, a third of it before that, unless the line needs less there.
window window_around(std::size_t at, std::size_t total, std::size_t room) {
    if (total + 1 <= room) return {0, total};
    const auto shown = room - 2 * ellipsis.size();
    const auto left = std::min(at > shown / 3 ? at - shown / 3 : 0, total + 1 - shown);
    return {left, left + shown};
}

} // namespace

void text_report::check(const response &about, const finding &found, bool first) {
    const auto &from = about.from;
    if (first) write_peers(from);
    const auto strong = found.level == severity::note ? std::string_view{} : paint_.bold;
    const auto colour = paint_.of(found.level);
    const auto reset = paint_.reset;
    auto &to = output_.buffer();
    to += fmt::format("{}{}:{}: {}", paint_.bold, as_text(from.file), from.frame, reset);
    to += fmt::format("{}{}: {}", colour, name(found.level), reset);
    to += fmt::format("{}{}{}", strong, found.text, strong.empty() ? strong : reset);
    to += fmt::format(" [{}{}{}]\n", colour, hyphenated(found.rule), reset);
    if (first || found.offset) show_line(about.line, found);
    output_.end_record();
}

// A text has no peers.
void text_report::write_peers(const message &from) {
    if (!from.source || !from.destination) return;
    output_.buffer() +=
        fmt::format("{}{}:{} in frame {}, {} {} > {}{}{}:\n", paint_.bold, as_text(from.file), paint_.reset, from.frame,
                    from.transport, as_text(*from.source), as_text(*from.destination), from.time ? ", " : "",
                    from.time ? as_time(*from.time) : "");
}

// The line, and under it a caret at the finding's octet; of a line that is wider than the screen the part around it.
void text_report::show_line(std::string_view line, const finding &found) {
    const auto glyphs = glyphs_of(line);
    const auto mark = found.offset.value_or(0);
    std::size_t total = 0, at = 0, width = 0; // columns: of the line, before the mark, of the mark
    for (const auto &glyph : glyphs) {
        total += glyph.columns;
        if (glyph.offset + glyph.size <= mark)
            at += glyph.columns;
        else if (glyph.offset < mark + found.length)
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

    auto &to = output_.buffer();
    to += fmt::format("{}{}\n", indent, shown);
    if (!found.offset) return;
    const auto marked = std::max<std::size_t>(at < right ? std::min(width, right - at) : 1, 1);
    to += fmt::format("{}{:{}}{}{:~<{}}{}\n", indent, "", before_mark, paint_.green, "^", marked, paint_.reset);
}

} // namespace sipstatus::tool
