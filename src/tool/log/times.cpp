#include "log/times.hpp"

#include "log/words.hpp"
#include "octets.hpp"

#include <sipstatus/status.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

namespace sipstatus::tool {

namespace {

using octets::is_digit;

constexpr octet_set between_parts(" ,-/.\t"); // of a date
constexpr octet_set before_fraction(".,:");
constexpr octet_set before_clock(" \tTt@:,|_");
constexpr octet_set after_date(" ,\t|");
constexpr octet_set before_number(" \t:=\"'[(");
constexpr octet_set before_time(" \t[(*<@");

constexpr std::size_t most_searched_for_time = 1024;

// Reads a number of `least` to `most` digits at `at`, and moves on.
std::optional<unsigned> take_number(std::string_view text, std::size_t &at, std::size_t least, std::size_t most) {
    unsigned value = 0;
    std::size_t digits = 0;
    while (digits < most && at + digits < text.size() && is_digit(text[at + digits]))
        value = value * 10 + static_cast<unsigned>(text[at + digits++] - '0');
    if (digits < least) return std::nullopt;
    at += digits;
    return value;
}

constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                  "jul", "aug", "sep", "oct", "nov", "dec"};

// 1 to 12, by the first three letters of an English name; 0 for another word.
unsigned month_named(std::string_view word) {
    if (word.size() < 3) return 0;
    const auto *const place = std::find_if(months.begin(), months.end(), [word](std::string_view month) {
        return tables::equal_but_for_case(word.substr(0, 3), month);
    });
    return place == months.end() ? 0 : static_cast<unsigned>(place - months.begin()) + 1;
}

struct date {
    unsigned year = 0, month = 0, day = 0; // year 0: not said; day 0: no date at all
};

// A number or a word of a date, read from its end.
struct part {
    unsigned number = 0;
    std::size_t digits = 0; // 0 for a word
    unsigned month = 0;     // of a word
    char before = ' ';      // what separates it from the part before

    bool is_year() const { return digits == 4 && number >= 1970 && number < 2200; }
    bool is_day() const { return digits >= 1 && digits <= 2 && number >= 1 && number <= 31; }
    bool is_month() const { return digits >= 1 && digits <= 2 && number >= 1 && number <= 12; }
};

// Takes the last part off the text; a part without digits and month ends a date.
part take_part(std::string_view &text) {
    part made;
    auto begin = text.size();
    while (begin > 0 && text.size() - begin < 9 && is_digit(text[begin - 1])) --begin;
    if (begin < text.size()) {
        std::size_t at = begin;
        made.digits = text.size() - begin;
        made.number = take_number(text, at, 1, 9).value_or(0);
    } else {
        while (begin > 0 && text.size() - begin < 9 && is_letter(text[begin - 1])) --begin;
        made.month = month_named(text.substr(begin));
    }
    text = text.substr(0, begin);
    if (!text.empty()) made.before = text.back();
    while (!text.empty() && between_parts.has(text.back())) text.remove_suffix(1);
    return made;
}

bool joins_numbers(char c) noexcept {
    return c == '-' || c == '/' || c == '.';
}

// The date that the text ends with. `joint` stood between it and the time of day.
date date_at_end(std::string_view text, char joint) {
    const auto last = take_part(text);
    if (last.digits == 0) return {};
    const auto middle = take_part(text);
    if (middle.month != 0 && last.is_day()) { // "2023 Nov 14", "Nov 14"
        const auto first = take_part(text);
        return {first.is_year() ? first.number : 0, middle.month, last.number};
    }
    if (last.is_year()) {
        const auto first = take_part(text);
        if (middle.month != 0 && first.is_day()) return {last.number, middle.month, first.number}; // "14 Nov 2023"
        if (first.month != 0 && middle.is_day()) return {last.number, first.month, middle.number}; // "Nov 14, 2023"
        if (!joins_numbers(last.before) || last.before != middle.before) return {};
        const bool month_first = last.before == '/' && first.is_month() && middle.is_day();
        if (month_first) return {last.number, first.number, middle.number}; // "11/14/2023"
        if (first.is_day() && middle.is_month()) return {last.number, middle.number, first.number};
        return {};
    }
    if (!joins_numbers(last.before) || !last.is_day()) return {};
    if (middle.before == last.before && middle.is_month()) { // "2023-11-14"
        const auto first = take_part(text);
        if (first.is_year()) return {first.number, middle.number, last.number};
        if (first.digits == 2 && first.number >= 20) return {2000 + first.number, middle.number, last.number};
        if (first.digits != 0) return {};
    }
    if (last.before == '.') return {};
    if (joint == '@') return last.is_month() ? date{0, last.number, middle.number} : date{}; // "14-11@"
    return middle.is_month() ? date{0, middle.number, last.number} : date{};                 // "11-14"
}

struct clock_time {
    std::size_t begin = 0, end = 0; // in the text
    unsigned hour = 0, minute = 0, second = 0;
    std::uint32_t nanoseconds = 0;
};

// "22:13:20", with a fraction after a dot, a comma or a colon. `colon` is the first, after a digit.
std::optional<clock_time> clock_at(std::string_view text, std::size_t colon) {
    clock_time made;
    made.begin = colon >= 2 && is_digit(text[colon - 2]) ? colon - 2 : colon - 1;
    if (made.begin > 0 && (is_digit(text[made.begin - 1]) || text[made.begin - 1] == '.')) return std::nullopt;
    auto at = made.begin;
    const auto hour = take_number(text, at, 1, 2);
    const auto minute = take_number(text, ++at, 2, 2);
    if (!hour || !minute || at >= text.size() || text[at] != ':') return std::nullopt;
    const auto second = take_number(text, ++at, 2, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    made.hour = *hour, made.minute = *minute, made.second = *second;
    if (at + 1 < text.size() && before_fraction.has(text[at]) && is_digit(text[at + 1])) {
        auto digits_end = at + 1;
        while (digits_end < text.size() && is_digit(text[digits_end])) ++digits_end;
        // Two digits after a colon are of a hardware address.
        if (text[at] == ':' && digits_end - at - 1 < 3) return std::nullopt;
        const auto digits = std::min<std::size_t>(digits_end - at - 1, 9);
        ++at;
        made.nanoseconds = take_number(text, at, digits, digits).value_or(0);
        for (auto n = digits; n < 9; ++n) made.nanoseconds *= 10;
        at = digits_end;
    }
    made.end = at;
    return made;
}

// What is said after a time of day: an offset from UTC in seconds, afternoon, a year.
struct remainder {
    std::optional<int> offset;
    int hours = 0; // to add
    unsigned year = 0;
};

remainder remainder_at(std::string_view text, const clock_time &clock) {
    remainder made;
    const auto skip_blank = [&text] {
        if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    };
    const auto word_at = [&text] {
        std::size_t size = 0;
        while (size < text.size() && size < 6 && is_letter(text[size])) ++size;
        return text.substr(0, size);
    };
    skip_blank();
    if (const auto half = word_at(); tables::equal_but_for_case(half, "PM") || tables::equal_but_for_case(half, "AM")) {
        const bool afternoon = half.front() == 'P' || half.front() == 'p';
        if (afternoon != (clock.hour >= 12)) made.hours = afternoon ? 12 : clock.hour == 12 ? -12 : 0;
        text.remove_prefix(2);
        skip_blank();
    }
    const auto zone = word_at();
    if (tables::equal_but_for_case(zone, "Z") || tables::equal_but_for_case(zone, "UTC") ||
        tables::equal_but_for_case(zone, "GMT"))
        made.offset = 0;
    text.remove_prefix(zone.size());
    if (text.size() >= 5 && (text[0] == '+' || text[0] == '-') && is_digit(text[1])) {
        std::size_t at = 1;
        const auto hours = take_number(text, at, 2, 2);
        if (text[at] == ':') ++at;
        const auto minutes = take_number(text, at, 2, 2);
        if (hours && minutes && *hours <= 14 && *minutes < 60 && (at == text.size() || !is_digit(text[at]))) {
            const int seconds = static_cast<int>(*hours * 3600 + *minutes * 60);
            made.offset = text[0] == '-' ? -seconds : seconds;
            text.remove_prefix(at);
        }
    }
    skip_blank();
    std::size_t at = 0;
    if (const auto year = take_number(text, at, 4, 4);
        year && *year >= 1970 && *year < 2200 && (at == text.size() || !is_digit(text[at])))
        made.year = *year;
    return made;
}

std::optional<timestamp> time_at(std::string_view text, std::size_t colon) {
    const auto clock = clock_at(text, colon);
    if (!clock) return std::nullopt;
    auto before = text.substr(0, clock->begin);
    char joint = before.empty() ? '\0' : before.back();
    date day;
    if (joint != '\0' && before_clock.has(joint)) {
        before.remove_suffix(1);
        while (!before.empty() && after_date.has(before.back())) before.remove_suffix(1);
        day = date_at_end(before, joint);
    }
    // Two hexadecimal digits and a colon before the hour are of a longer chain of numbers.
    if (joint == ':' && day.day == 0 && before.size() >= 2 && octets::is_hexdig(before.back()) &&
        octets::is_hexdig(before[before.size() - 2]) && (before.size() == 2 || !is_letter(before[before.size() - 3])))
        return std::nullopt;
    const auto after = remainder_at(text.substr(clock->end), *clock);
    if (day.day != 0 && day.year == 0) day.year = after.year;

    const std::chrono::year_month_day calendar{std::chrono::year(day.year == 0 ? 1972 : static_cast<int>(day.year)),
                                               std::chrono::month(day.month), std::chrono::day(day.day)};
    if (!calendar.ok()) day = {};
    const auto days = day.day == 0 ? 0 : std::chrono::sys_days(calendar).time_since_epoch().count();
    const auto seconds = std::int64_t{clock->hour} * 3600 + clock->minute * 60 + clock->second + after.hours * 3600;
    timestamp made{std::int64_t{days} * 86'400 + seconds, clock->nanoseconds};
    made.basis = day.day == 0 ? time_basis::no_date : day.year == 0 ? time_basis::no_year : time_basis::no_zone;
    if (after.offset && made.basis == time_basis::no_zone) {
        made.basis = time_basis::utc;
        made.seconds -= *after.offset;
    }
    return made;
}

// Seconds since 1970, of 10 digits with a fraction, or 10, 13 or 16 digits after a word that ends in "time",
// "timestamp" or "at".
std::optional<timestamp> epoch_at(std::string_view text, std::size_t begin, std::size_t end) {
    const auto digits = end - begin;
    if (digits != 10 && digits != 13 && digits != 16) return std::nullopt;
    std::uint64_t value = 0;
    for (auto at = begin; at < end; ++at) value = value * 10 + static_cast<unsigned>(text[at] - '0');
    auto fraction_digits = digits - 10;
    std::uint64_t scale = 1;
    for (std::size_t n = 0; n < fraction_digits; ++n) scale *= 10;
    const auto seconds = value / scale;
    auto fraction = value % scale;
    if (seconds < 1'000'000'000 || seconds >= 4'200'000'000) return std::nullopt;
    bool is_time = false;
    if (digits == 10 && end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
        auto at = end + 1;
        while (at < text.size() && is_digit(text[at]) && fraction_digits < 9) {
            fraction = fraction * 10 + static_cast<unsigned>(text[at++] - '0');
            ++fraction_digits;
        }
        is_time = fraction_digits >= 3;
    }
    auto word = text.substr(0, begin);
    while (!word.empty() && before_number.has(word.back())) word.remove_suffix(1);
    if (word.size() < begin)
        for (const std::string_view name : {"time", "timestamp", "epoch", "ts", "at"})
            is_time = is_time || (word.size() >= name.size() &&
                                  tables::equal_but_for_case(word.substr(word.size() - name.size()), name));
    if (!is_time) return std::nullopt;
    for (; fraction_digits < 9; ++fraction_digits) fraction *= 10;
    return timestamp{static_cast<std::int64_t>(seconds), static_cast<std::uint32_t>(fraction)};
}

} // namespace

std::optional<timestamp> find_time(std::string_view text) {
    text = text.substr(0, most_searched_for_time);
    std::optional<timestamp> best;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_digit(text[at])) continue;
        auto end = at + 1;
        while (end < text.size() && is_digit(text[end])) ++end;
        const auto made = end < text.size() && text[end] == ':' && end - at <= 2 ? time_at(text, end)
                          : end - at >= 10                                       ? epoch_at(text, at, end)
                                                                                 : std::nullopt;
        if (made && (!best || made->basis < best->basis)) best = made;
        if (best && best->basis <= time_basis::no_zone) break;
        at = end - 1;
        // The rest of this time is not another one.
        if (made)
            while (at + 1 < text.size() && (is_digit(text[at + 1]) || text[at + 1] == ':')) ++at;
    }
    return best;
}

bool begins_with_time(std::string_view text) {
    constexpr std::size_t longest_time = 40;
    text = text.substr(0, longest_time);
    while (!text.empty() && before_time.has(text.front())) text.remove_prefix(1);
    if (text.empty() || !(is_digit(text.front()) || month_named(text.substr(0, 3)) != 0)) return false;
    return find_time(text).has_value();
}

} // namespace sipstatus::tool
