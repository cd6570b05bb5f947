#include "tally/tally.hpp"

#include "sip/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace sipstatus::tool {

namespace {

// What a node of a map takes beside its content, about.
constexpr std::size_t node_octets = 64;

void add_all(std::vector<amount> &to, const std::vector<amount> &from, amount times) {
    if (from.empty()) return;
    if (to.empty()) to.resize(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) to[i] += times * from[i];
}

template <class Map, class Key>
typename Map::mapped_type *find_or_make(Map &in, const Key &key, std::size_t octets, memory_limit &memory) {
    const auto there = in.find(key);
    if (there != in.end()) return &there->second;
    if (!memory.take(octets + node_octets + sizeof(typename Map::value_type))) return nullptr;
    return &in[key];
}

} // namespace

std::string_view name(shortfall of) noexcept {
    constexpr std::string_view names[] = {"methods", "addresses", "agents", "phrases",      "minutes", "reasons",
                                          "rows",    "times",     "codes",  "transactions", "dialogs", "open"};
    static_assert(std::size(names) == shortfall_count);
    return names[static_cast<std::size_t>(of)];
}

void party_counts::add_response(std::uint16_t code, amount times) {
    for (auto &[known, sum] : responses)
        if (known == code) {
            sum += times;
            return;
        }
    responses.emplace_back(code, times);
}

void party_counts::add(const party_counts &other, amount times) {
    requests += times * other.requests;
    for (const auto &[code, sum] : other.responses) add_response(code, times * sum);
}

amount party_counts::all_responses() const noexcept {
    amount sum = 0;
    for (const auto &one : responses) sum += one.second;
    return sum;
}

void rule_counts::add_place(std::string_view file, std::uint64_t frame) {
    const auto is_before = [](const frame_place &a, const std::pair<std::string_view, std::uint64_t> &b) {
        return std::pair(std::string_view(a.first), a.second) < b;
    };
    const std::pair<std::string_view, std::uint64_t> one(file, frame);
    if (first.size() == most_places && !(one < std::pair(std::string_view(first.back().first), first.back().second)))
        return;
    const auto at = std::lower_bound(first.begin(), first.end(), one, is_before);
    if (at != first.end() && at->first == file && at->second == frame) return;
    first.emplace(at, std::string(file), frame);
    if (first.size() > most_places) first.pop_back();
}

amount method_counts::responses_of(unsigned code) const noexcept {
    amount sum = 0;
    for (std::size_t kind = 0; kind < kind_limit; ++kind) sum += responses_of(code, kind);
    return sum;
}

amount method_counts::all_responses() const noexcept {
    amount sum = 0;
    for (const auto one : responses) sum += one;
    return sum;
}

bool tally::is_exact() const noexcept {
    return std::all_of(missing.begin(), missing.end(), [](amount one) { return one == 0; });
}

method_table::number tally::kept(method_table::number which) {
    if (which < method_table::registered || (which < methods.size() && methods[which].is_kept)) return which;
    constexpr auto by_code =
        code_limit * (8 * sizeof(amount) + 2 * sizeof(amount) + sizeof(std::unique_ptr<histogram>));
    const auto growth = which < methods.size() ? 0 : which + std::size_t{1} - methods.size();
    if (!memory.take(by_code + growth * sizeof(method_counts))) return method_table::other;
    if (growth != 0) methods.resize(which + std::size_t{1});
    methods[which].is_kept = true;
    return which;
}

party_counts *tally::address(const host &one) {
    return find_or_make(addresses, one, 0, memory);
}

party_counts *tally::agent(std::string_view name) {
    return find_or_make(agents, std::string(name), name.size(), memory);
}

minute_counts *tally::minute(std::int64_t which) {
    return find_or_make(minutes, which, 0, memory);
}

phrase_counts *tally::phrase(std::uint16_t code, const std::string &made) {
    return find_or_make(phrases, std::pair(code, made), 3 * made.size() + 64, memory);
}

amount *tally::reason(const reason_key &key) {
    return find_or_make(reasons, key, key.protocol.size(), memory);
}

amount *tally::row(const std::string &key) {
    return find_or_make(rows, key, key.size(), memory);
}

void tally::add_time(method_counts &of, unsigned code, std::uint64_t microseconds, amount times) {
    if (of.times.empty()) of.times.resize(code_limit);
    auto &one = of.times[code];
    if (!one) {
        if (!memory.take(histogram::bucket_count * sizeof(amount))) return fall_short(shortfall::times, times);
        one = std::make_unique<histogram>();
    }
    one->add(microseconds, times);
}

void tally::add_left_out(const account &unread) {
    for (const auto &row : unread.rows()) {
        auto &to = left_out[{std::string(row.kind->name), row.number}];
        to.words = std::string(row.kind->noun);
        if (!row.kind->detail.empty()) to.words += ' ' + fmt::format(fmt::runtime(row.kind->detail), row.number);
        to.unit = name(row.kind->unit);
        to.times += static_cast<amount>(row.count);
        to.looks_like_sip += static_cast<amount>(row.looks_like_sip);
    }
}

void tally::add_exchanges(const tally &other, amount times) {
    for (std::size_t which = 0; which < other.methods.size(); ++which) {
        const auto &from = other.methods[which];
        if (!from.is_used()) continue;
        auto &to = method(kept(static_cast<method_table::number>(which)));
        to.transactions += times * from.transactions;
        to.answered += times * from.answered;
        to.without_request += times * from.without_request;
        add_all(to.distinct_responses, from.distinct_responses, times);
        for (unsigned code = 0; code < from.times.size(); ++code) {
            if (!from.times[code] || from.times[code]->count() == 0) continue;
            if (to.times.empty()) to.times.resize(code_limit);
            if (!to.times[code]) {
                if (!memory.take(histogram::bucket_count * sizeof(amount))) {
                    fall_short(shortfall::times, times * from.times[code]->count());
                    continue;
                }
                to.times[code] = std::make_unique<histogram>();
            }
            to.times[code]->add(*from.times[code], times);
        }
    }
    sessions.attempts += times * other.sessions.attempts;
    sessions.completed += times * other.sessions.completed;
    for (std::size_t i = 0; i < code_limit; ++i) sessions.finals[i] += times * other.sessions.finals[i];
    sessions.request_delay.add(other.sessions.request_delay, times);
    sessions.failed_request_delay.add(other.sessions.failed_request_delay, times);
    sessions.duration.add(other.sessions.duration, times);
}

void tally::add(const tally &other) {
    add_exchanges(other, 1);
    frames += other.frames;
    responses += other.responses;
    unreadable += other.unreadable;
    requests += other.requests;
    sipfrags += other.sipfrags;
    untied += other.untied;
    for (std::size_t which = 0; which < other.methods.size(); ++which) {
        const auto &from = other.methods[which];
        if (!from.is_used()) continue;
        const auto number = kept(static_cast<method_table::number>(which));
        if (number != which) fall_short(shortfall::methods, from.requests + from.all_responses());
        auto &to = method(number);
        to.requests += from.requests;
        to.tied_requests += from.tied_requests;
        add_all(to.responses, from.responses, 1);
        add_all(to.tied_responses, from.tied_responses, 1);
    }
    for (std::size_t i = 0; i < transports.size(); ++i) {
        transports[i].first += other.transports[i].first;
        transports[i].second += other.transports[i].second;
    }
    for (std::size_t i = 0; i < deviations.size(); ++i) deviations[i] += other.deviations[i];
    if (rules.size() < other.rules.size()) rules.resize(other.rules.size());
    for (std::size_t i = 0; i < other.rules.size(); ++i) {
        rules[i].findings += other.rules[i].findings;
        for (const auto &[file, frame] : other.rules[i].first) rules[i].add_place(file, frame);
    }
    for (const auto &[key, from] : other.addresses)
        if (auto *const to = address(key))
            to->add(from, 1);
        else
            fall_short(shortfall::addresses, from.requests + from.all_responses());
    for (const auto &[key, from] : other.agents)
        if (auto *const to = agent(key))
            to->add(from, 1);
        else
            fall_short(shortfall::agents, from.requests + from.all_responses());
    for (const auto &[key, from] : other.minutes)
        if (auto *const to = minute(key)) {
            to->requests += from.requests;
            for (std::size_t i = 0; i < from.responses.size(); ++i) to->responses[i] += from.responses[i];
        } else {
            fall_short(shortfall::minutes, from.requests);
            for (const auto one : from.responses) fall_short(shortfall::minutes, one);
        }
    for (const auto &[key, from] : other.phrases)
        if (auto *const to = phrase(key.first, key.second)) {
            if (to->responses == 0 || from.example < to->example) to->example = from.example;
            if (to->responses == 0 || from.first < to->first) to->first = from.first;
            to->responses += from.responses;
        } else {
            fall_short(shortfall::phrases, from.responses);
        }
    for (const auto &[key, from] : other.reasons)
        if (auto *const to = reason(key))
            *to += from;
        else
            fall_short(shortfall::reasons, from);
    for (const auto &[key, from] : other.rows)
        if (auto *const to = row(key))
            *to += from;
        else
            fall_short(shortfall::rows, from);
    for (const auto &[key, from] : other.left_out) {
        auto &to = left_out[key];
        to.words = from.words;
        to.unit = from.unit;
        to.times += from.times;
        to.looks_like_sip += from.looks_like_sip;
    }
    for (std::size_t i = 0; i < missing.size(); ++i) missing[i] += other.missing[i];
}

std::vector<reason_row> reasons_of(const tally &counts, const method_table &methods) {
    std::vector<reason_row> rows;
    for (const auto &[key, sum] : counts.reasons)
        rows.push_back({key.protocol, key.cause, key.code, methods.name_of(key.method), sum});
    std::sort(rows.begin(), rows.end(), [](const reason_row &a, const reason_row &b) {
        return std::tie(a.protocol, a.cause, a.code, a.method) < std::tie(b.protocol, b.cause, b.code, b.method);
    });
    return rows;
}

std::size_t rule_number(std::string_view name) {
    static const auto numbers = [] {
        std::unordered_map<std::string_view, std::size_t> made;
        for (std::size_t i = 0; i < rules().size(); ++i) made.emplace(rules()[i].name, i);
        return made;
    }();
    return numbers.at(name);
}

} // namespace sipstatus::tool
