#include "sip/selection.hpp"

#include "sip/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <tuple>

#include <arpa/inet.h>

namespace sipstatus::tool {

namespace {

template <class Each> void for_each_word(std::string_view words, Each each) {
    for (;;) {
        const auto comma = words.find(',');
        each(words.substr(0, comma));
        if (comma == words.npos) return;
        words.remove_prefix(comma + 1);
    }
}

template <class Number> std::optional<Number> number_of(std::string_view word) {
    Number number{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (word.empty() || error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return number;
}

[[noreturn]] void refuse(std::string_view word, std::string_view expected) {
    throw selection_error(fmt::format("\"{}\": expected {}", word, expected));
}

// "486", "4xx", "480-489".
std::pair<unsigned, unsigned> range_of_codes(std::string_view word) {
    constexpr std::string_view expected = "a code from 100 to 699, a class like 4xx, or a range like 480-489";
    if (word.size() == 3 && word[0] >= '1' && word[0] <= '6' && tables::equal_but_for_case(word.substr(1), "xx")) {
        const auto first = static_cast<unsigned>(word[0] - '0') * 100;
        return {first, first + 99};
    }
    const auto dash = word.find('-');
    const auto first = number_of<unsigned>(word.substr(0, dash));
    const auto last = dash == word.npos ? first : number_of<unsigned>(word.substr(dash + 1));
    if (!first || !last || *first < 100 || *last > 699 || *first > *last) refuse(word, expected);
    return {*first, *last};
}

std::optional<host> host_of(std::string_view word) {
    if (word.size() > 2 && word.front() == '[' && word.back() == ']') word = word.substr(1, word.size() - 2);
    const std::string text(word);
    host made;
    if (inet_pton(AF_INET, text.c_str(), made.address.data()) == 1) return made;
    made.ipv6 = true;
    if (inet_pton(AF_INET6, text.c_str(), made.address.data()) == 1) return made;
    return std::nullopt;
}

host host_of(const endpoint &end) {
    return {end.ipv6, end.address};
}

// RFC 3339 in UTC, where the seconds, or the whole time of day, may be left out.
timestamp time_of(std::string_view word) {
    constexpr std::string_view expected = "a time in UTC like 2026-11-20T09:00:00.5Z, or a day like 2026-11-20";
    const auto all = word;
    const auto take = [&](std::size_t digits, std::string_view separators) {
        const auto number = number_of<unsigned>(word.substr(0, digits));
        if (!number || word.size() < digits) refuse(all, expected);
        word.remove_prefix(digits);
        if (!word.empty() && !separators.empty()) {
            if (separators.find(word.front()) == separators.npos) refuse(all, expected);
            word.remove_prefix(1);
        }
        return *number;
    };
    if (!word.empty() && (word.back() == 'Z' || word.back() == 'z')) word.remove_suffix(1);
    const auto year = take(4, "-"), month = take(2, "-"), day = take(2, "Tt ");
    unsigned hour = 0, minute = 0, second = 0;
    std::uint32_t nanoseconds = 0;
    if (!word.empty()) {
        hour = take(2, ":");
        minute = take(2, ":");
        if (!word.empty()) second = take(2, ".");
        if (!word.empty()) {
            const auto fraction = number_of<std::uint32_t>(word.substr(0, 9));
            if (!fraction || word.size() > 9) refuse(all, expected);
            nanoseconds = *fraction;
            for (auto digits = word.size(); digits < 9; ++digits) nanoseconds *= 10;
        }
    }
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                                           std::chrono::day(day)};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) refuse(all, expected);
    const auto days = std::chrono::sys_days(date).time_since_epoch().count();
    return {std::int64_t{days} * 86'400 + hour * 3600 + minute * 60 + second, nanoseconds};
}

bool is_before(const timestamp &a, const timestamp &b) {
    return std::tie(a.seconds, a.nanoseconds) < std::tie(b.seconds, b.nanoseconds);
}

// Whether `is_wanted` holds for either end of the message.
template <class Predicate> bool either_end(const message &carrier, Predicate is_wanted) {
    return (carrier.source && is_wanted(*carrier.source)) || (carrier.destination && is_wanted(*carrier.destination));
}

template <class Value, class Wanted> bool is_among(const std::vector<Value> &values, const Wanted &one) {
    return std::find(values.begin(), values.end(), one) != values.end();
}

} // namespace

void selection::add_codes(std::string_view words) {
    if (!codes) codes.emplace();
    for_each_word(words, [this](std::string_view word) {
        const auto [first, last] = range_of_codes(word);
        for (auto code = first; code <= last; ++code) codes->set(code);
    });
}

void selection::add_kinds(std::string_view words) {
    if (!kinds) kinds.emplace();
    for_each_word(words, [this](std::string_view word) {
        std::string names;
        for (std::size_t n = 0; n <= static_cast<std::size_t>(reason_kind::local); ++n) {
            const auto spelled = hyphenated(name(static_cast<reason_kind>(n)));
            if (spelled == word) return void(kinds->set(n));
            names += (names.empty() ? "" : ", ") + spelled;
        }
        refuse(word, "a kind of phrase: " + names);
    });
}

void selection::add_methods(std::string_view words) {
    for_each_word(words, [this](std::string_view word) {
        if (word.empty()) refuse(word, "a method like INVITE");
        methods.emplace_back(word);
    });
}

void selection::add_call_id(std::string_view word) {
    call_ids.emplace_back(word);
}

void selection::add_hosts(std::string_view words) {
    for_each_word(words, [this](std::string_view word) {
        const auto made = host_of(word);
        if (!made) refuse(word, "an address like 192.0.2.1 or 2001:db8::1");
        hosts.push_back(*made);
    });
}

void selection::add_ports(std::string_view words) {
    for_each_word(words, [this](std::string_view word) {
        const auto port = number_of<std::uint16_t>(word);
        if (!port) refuse(word, "a port from 0 to 65535");
        ports.push_back(*port);
    });
}

void selection::set_since(std::string_view word) {
    since = time_of(word);
}

void selection::set_until(std::string_view word) {
    until = time_of(word);
}

bool selection::admits_line(const response &item) const {
    const auto &line = item.result.line;
    if (codes && (!item.is_readable() || !codes->test(static_cast<std::size_t>(to_int(line.code))))) return false;
    return !kinds || (item.result.outcome == outcome::ok && kinds->test(static_cast<std::size_t>(line.kind)));
}

bool selection::admits(const message &carrier, std::size_t header) const {
    const bool is_dated = carrier.time && carrier.time->basis <= time_basis::no_zone;
    if (since && (!is_dated || is_before(*carrier.time, *since))) return false;
    if (until && (!is_dated || !is_before(*carrier.time, *until))) return false;
    if (!hosts.empty() && !either_end(carrier, [this](const endpoint &end) { return is_among(hosts, host_of(end)); }))
        return false;
    if (!ports.empty() && !either_end(carrier, [this](const endpoint &end) { return is_among(ports, end.port); }))
        return false;
    if (methods.empty() && call_ids.empty()) return true;
    const auto fields = read_header_fields(carrier.octets.substr(header));
    const auto is_same_method = [&](std::string_view one) { return tables::equal_but_for_case(one, fields.method); };
    if (!methods.empty() && std::none_of(methods.begin(), methods.end(), is_same_method)) return false;
    return call_ids.empty() || is_among(call_ids, fields.call_id);
}

void selector::push(const response &item) {
    if (left_ == 0 || !wanted_.admits(item)) return;
    --left_;
    next_.push(item);
}

} // namespace sipstatus::tool
