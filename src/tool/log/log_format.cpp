#include "log/log_format.hpp"

#include "log/header_lines.hpp"
#include "log/times.hpp"
#include "log/words.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sipstatus::tool {

namespace {

struct introduction {
    line_pattern pattern;
    std::size_t lines;
};
constexpr introduction introductions[] = {
#define SIPSTATUS_LOG_INTRODUCTION(name, pattern, lines) {pattern, lines},
#include "log/log_formats.def"
};

using reader = bool (*)(const surroundings &around, origin &to);
constexpr reader readers[] = {
#define SIPSTATUS_LOG_FORMAT(name) read_##name,
#include "log/log_formats.def"
};

constexpr std::size_t introduction_count = std::size(introductions);
constexpr std::size_t format_count = introduction_count + std::size(readers);

// "-----", "{", "[6,NET]": a line that tells nothing.
bool is_rule(std::string_view line) {
    return std::none_of(line.begin(), line.end(), is_word_octet);
}

bool belongs_to_message(std::string_view line) {
    line = without_quote_marks(line);
    return begins_with_known_field(line, true) || (line.size() > 1 && line[1] == '=' && is_letter(line[0]));
}

void add_time(const surroundings &around, std::size_t first, origin &to) {
    constexpr std::size_t most_lines = 3;
    for (auto n = first; n < std::min(first + most_lines, surroundings::most_near) && !to.time; ++n)
        to.time = find_time(around.near(n));
}

bool read_introduction(const introduction &row, const surroundings &around, origin &to) {
    for (std::size_t n = 0; n < row.lines && !around.near(n).empty(); ++n) {
        const auto line = around.near(n);
        auto at = row.pattern.find_in(line);
        if (at == line.npos) continue;
        while (at > 0 && is_word_octet(line[at - 1])) --at;
        read_peers(line.substr(at), to);
        add_time(around, n, to);
        return true;
    }
    return false;
}

bool read_format(std::size_t number, const surroundings &around, origin &to) {
    return number < introduction_count ? read_introduction(introductions[number], around, to)
                                       : readers[number - introduction_count](around, to);
}

// A log that no row fits: a line above with a time or a peer.
void read_near_line(const surroundings &around, origin &to) {
    for (std::size_t n = 0; n < surroundings::most_near; ++n) {
        const auto line = around.near(n);
        if (line.empty() || to.has_peer()) return;
        read_peers(line, to);
        if (!to.time) to.time = find_time(line);
    }
}

} // namespace

std::string_view surroundings::near(std::size_t number) const {
    constexpr std::size_t most_lines = 12;
    if (!std::exchange(has_cursor_, true)) cursor_ = above;
    std::string_view line;
    while (number >= near_count_ && !is_at_top_) {
        is_at_top_ = ++passed_ > most_lines || !cursor_.next(line) || belongs_to_message(line);
        if (!is_at_top_ && !is_rule(line)) near_[near_count_++] = line;
    }
    return near_[number];
}

void log_formats::read(const surroundings &around, origin &to) {
    if (read_format(last_, around, to)) return;
    for (std::size_t n = 0; n < format_count; ++n)
        if (n != last_ && read_format(n, around, to)) {
            last_ = n;
            return;
        }
    read_near_line(around, to);
}

bool is_introduction(std::string_view line) {
    return std::any_of(std::begin(introductions), std::end(introductions),
                       [line](const introduction &row) { return row.pattern.find_in(line) != line.npos; });
}

} // namespace sipstatus::tool
