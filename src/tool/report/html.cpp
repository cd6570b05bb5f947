#include "report/html.hpp"

#include "octet_text.hpp"
#include "sip/rules.hpp"
#include "tally/document.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sipstatus::tool {

namespace {

using rows_of_page = nlohmann::ordered_json;

// Nobody reads more rows than these, and a browser takes long over them. The page says how many are left out.
constexpr std::size_t most_rows_of_page = 500;

void keep_most(rows_of_page &rows, const char *number, std::size_t &left_out) {
    std::stable_sort(rows.begin(), rows.end(), [number](const rows_of_page &a, const rows_of_page &b) {
        return a.at(number).get<amount>() > b.at(number).get<amount>();
    });
    left_out = 0;
    if (rows.size() <= most_rows_of_page) return;
    left_out = rows.size() - most_rows_of_page;
    rows.erase(rows.begin() + most_rows_of_page, rows.end());
}

rows_of_page times_of(const time_line &times) {
    auto rows = rows_of_page::array();
    for (const auto &[number, of] : times.bins()) {
        rows_of_page row{number * times.seconds()};
        for (const auto one : of) row.push_back(one);
        rows.push_back(std::move(row));
    }
    return {{"seconds", times.seconds()}, {"rows", std::move(rows)}};
}

rows_of_page times_of(const std::map<std::int64_t, minute_counts> &minutes) {
    time_line times(60);
    for (const auto &[minute, of] : minutes) {
        auto counts = of.responses;
        counts[0] = of.requests; // no code begins with 0
        times.add(minute * 60, counts);
    }
    return times_of(times);
}

rows_of_page calls_of(const call_log &log) {
    auto calls = rows_of_page::array();
    for (const auto *const call : log.worst()) {
        auto messages = rows_of_page::array();
        for (const auto &one : call->messages) {
            auto names = rows_of_page::array();
            for (std::size_t i = 0; i < one.rule_count; ++i) names.push_back(hyphenated(rules()[one.rules[i]].name));
            messages.push_back({{"time", one.time},
                                {"file", log.text(one.file)},
                                {"frame", one.frame},
                                {"from", log.text(one.from)},
                                {"to", log.text(one.to)},
                                {"label", log.text(one.label)},
                                {"cseq", one.cseq},
                                {"method", log.text(one.method)},
                                {"code", one.code},
                                {"rules", std::move(names)}});
        }
        calls.push_back({{"call_id", as_text(call->call_id)},
                         {"why", call->reasons()},
                         {"more", call->more},
                         {"messages", std::move(messages)}});
    }
    return calls;
}

// In a script element only "<" can begin what ends it.
std::string without_markup(std::string_view text) {
    std::string made;
    made.reserve(text.size());
    for (const char c : text) {
        if (c == '<')
            made += "\\u003c";
        else
            made += c;
    }
    return made;
}

std::string data_of(const summary &whole, const chronicle *more) {
    auto shown = describe_for_readers(whole);
    for (const auto *const unused : {"options", "responses", "transaction_responses", "minutes", "rows", "deviations"})
        shown.erase(unused);
    for (const auto *const table : {"response_times", "delays"})
        for (auto &row : shown[table]) row.erase("buckets_us");
    for (auto &row : shown["findings"])
        for (const auto &one : rules())
            if (hyphenated(one.name) == row["rule"]) row["says"] = sentence_of(one);
    auto left_out = rows_of_page::object();
    for (const auto &[table, number] : {std::pair("local_phrases", "responses"),
                                        {"senders", "responses"},
                                        {"agents", "responses"},
                                        {"reasons", "times"},
                                        {"response_times", "count"}}) {
        std::size_t count = 0;
        keep_most(shown[table], number, count);
        left_out[table] = count;
    }
    const rows_of_page data{{"summary", std::move(shown)},
                            {"timeline", more ? times_of(more->times) : times_of(whole.counts().minutes)},
                            {"calls", more ? calls_of(more->calls) : rows_of_page::array()},
                            {"left_out", std::move(left_out)}};
    return without_markup(data.dump(-1, ' ', false, rows_of_page::error_handler_t::replace));
}

} // namespace

std::string write_html(const summary &whole, const chronicle *more) {
    std::string page;
    auto left = page_part("report.html");
    for (auto at = left.find("%{"); at != left.npos; at = left.find("%{")) {
        page += left.substr(0, at);
        const auto end = left.find('}', at);
        const auto name = left.substr(at + 2, end - at - 2);
        page += name == "data" ? data_of(whole, more) : std::string(page_part(name));
        left.remove_prefix(end + 1);
    }
    return page += left;
}

} // namespace sipstatus::tool
