// A summary as tables: aligned, with bars, and no line is wider than 80 columns.

#include "report/text.hpp"
#include "tally/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

namespace sipstatus::tool {

namespace {

constexpr std::size_t widest = 80;
constexpr std::size_t widest_bar = 24;

std::string percent_of(amount part, amount whole) {
    if (whole <= 0) return "-";
    return fmt::format("{:.1f} %", 100 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string as_duration(std::uint64_t microseconds) {
    const auto number = static_cast<double>(microseconds);
    if (microseconds < 1000) return fmt::format("{} us", microseconds);
    if (microseconds < 10'000) return fmt::format("{:.1f} ms", number / 1e3);
    if (microseconds < 1'000'000) return fmt::format("{:.0f} ms", number / 1e3);
    if (microseconds < 100'000'000) return fmt::format("{:.1f} s", number / 1e6);
    return fmt::format("{:.0f} s", number / 1e6);
}

// The text in so many columns. What is longer is cut and ends in "...".
std::string fitted(const std::string &text, std::size_t columns) {
    if (columns_of(text) <= columns) return text;
    std::string made;
    std::size_t width = 3;
    for (const auto &one : glyphs_of(text)) {
        // as_text() was applied before; a backslash stands for itself here.
        const auto part = std::string_view(text).substr(one.offset, one.size);
        const auto wide = part == "\\" ? 1 : one.columns;
        if (width + wide > columns) break;
        width += wide;
        made += part;
    }
    return made + "...";
}

std::size_t width_of(std::string_view text) {
    // as_text() doubles nothing but the backslash, which is text here.
    std::size_t sum = 0;
    for (const auto &one : glyphs_of(text)) sum += text.substr(one.offset, one.size) == "\\" ? 1 : one.columns;
    return sum;
}

// Eighths of a column, so that small shares can be told apart.
std::string bar_of(amount part, amount most, std::size_t columns) {
    constexpr std::string_view eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    if (part <= 0 || most <= 0) return {};
    const auto length =
        std::max<std::size_t>(1, static_cast<std::size_t>(8.0 * static_cast<double>(columns) *
                                                          static_cast<double>(part) / static_cast<double>(most)));
    std::string made;
    for (std::size_t i = 0; i < length / 8; ++i) made += "█";
    return made += eighths[length % 8];
}

} // namespace

// Rows of text. The number of a row, if there is one, is shown as a bar beside the greatest.
struct text_report::table {
    struct column {
        std::string title;
        bool is_number = true; // stands at the right
        std::size_t most = 40; // columns
    };
    struct row {
        std::vector<std::string> cells; // as_text()
        amount number = 0;
        std::string_view colour{};
    };

    std::string title;
    std::vector<column> columns;
    std::vector<row> rows;
    bool has_bars = true;
    std::size_t more = 0; // rows that are not shown
    amount more_number = 0;

    // Keeps the rows with the greatest numbers.
    void keep(std::size_t most) {
        std::stable_sort(rows.begin(), rows.end(), [](const row &a, const row &b) { return a.number > b.number; });
        for (; rows.size() > most; rows.pop_back()) {
            ++more;
            more_number += rows.back().number;
        }
    }
};

void text_report::write(const table &shown) {
    if (shown.rows.empty()) return;
    std::vector<std::size_t> widths;
    for (const auto &one : shown.columns) widths.push_back(width_of(one.title));
    amount most = 0;
    for (const auto &row : shown.rows) {
        most = std::max(most, row.number);
        for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], width_of(row.cells[i]));
    }
    for (std::size_t i = 0; i < widths.size(); ++i)
        widths[i] = std::min(widths[i], std::max(shown.columns[i].most, width_of(shown.columns[i].title)));
    // The widest text gives way until the row fits.
    const auto width = [&] {
        return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) + 2 * widths.size();
    };
    while (width() > widest) {
        auto place = widths.size();
        for (std::size_t i = 0; i < widths.size(); ++i)
            if (!shown.columns[i].is_number && (place == widths.size() || widths[i] > widths[place])) place = i;
        if (place == widths.size() || widths[place] <= 4) break;
        --widths[place];
    }
    const auto room = width() + 4 < widest ? std::min(widest - width() - 2, widest_bar) : 0;

    const auto put = [&](std::size_t i, const std::string &text, std::string_view colour) {
        const auto cut = fitted(text, widths[i]);
        const std::string blanks(widths[i] - std::min(widths[i], width_of(cut)), ' ');
        const bool is_last = i + 1 == widths.size();
        output_ += "  ";
        if (shown.columns[i].is_number) output_ += blanks;
        output_.append(colour).append(cut).append(colour.empty() ? std::string_view{} : paint_.reset);
        if (!shown.columns[i].is_number && !(is_last && room == 0)) output_ += blanks;
    };
    output_ += '\n';
    output_.append(paint_.bold).append(shown.title).append(paint_.reset);
    output_ += '\n';
    if (std::any_of(shown.columns.begin(), shown.columns.end(), [](const auto &one) { return !one.title.empty(); })) {
        output_ += paint_.dim;
        for (std::size_t i = 0; i < widths.size(); ++i) put(i, shown.columns[i].title, {});
        while (output_.back() == ' ') output_.pop_back();
        output_.append(paint_.reset) += '\n';
    }
    for (const auto &row : shown.rows) {
        for (std::size_t i = 0; i < widths.size(); ++i) put(i, row.cells[i], i == 0 ? row.colour : std::string_view{});
        if (shown.has_bars && room != 0)
            output_.append("  ")
                .append(row.colour)
                .append(bar_of(row.number, most, room))
                .append(row.colour.empty() ? std::string_view{} : paint_.reset);
        while (output_.back() == ' ') output_.pop_back();
        output_ += '\n';
    }
    if (shown.more != 0)
        output_ +=
            fmt::format("  {}and {} more row{}{}{}\n", paint_.dim, shown.more, shown.more == 1 ? "" : "s",
                        shown.more_number == 0 ? "" : fmt::format(", together {}", shown.more_number), paint_.reset);
}

void text_report::stats(const summary &whole) {
    const auto &counts = whole.counts();
    const auto &inputs = whole.inputs();
    std::string files = inputs.size() == 1 ? inputs.front().file : fmt::format("{} inputs", inputs.size());
    output_.append(paint_.bold).append(fitted(files, widest)).append(paint_.reset) += '\n';
    if (!counts.minutes.empty()) {
        const auto text = [](std::int64_t minute) {
            auto spelled_time = as_time({minute * 60, 0}).substr(0, 16);
            if (spelled_time.size() > 10) spelled_time[10] = ' ';
            return spelled_time;
        };
        output_ +=
            fmt::format("{} to {} UTC\n", text(counts.minutes.begin()->first), text(counts.minutes.rbegin()->first));
    }
    output_ += fmt::format("{} frames, {} requests, {} responses", counts.frames, counts.requests, counts.responses);
    if (counts.unreadable != 0) output_ += fmt::format(", {} unreadable", counts.unreadable);
    output_ += '\n';
    if (!whole.options().by.empty()) {
        write_own_rows(whole);
        return write_limits(whole);
    }
    write_responses(whole);
    write_methods(whole);
    write_sessions(whole);
    write_times(whole);
    write_wording(whole);
    write_parties(whole);
    write_minutes(whole);
    write_limits(whole);
}

void text_report::write_responses(const summary &whole) {
    const auto &counts = whole.counts();
    table classes{"Classes", {{"", false}, {"responses"}, {"share"}}, {}};
    table codes{"Codes", {{"", false}, {"", false}, {"responses"}, {"repeated"}, {"share"}}, {}};
    table kinds{"Reason phrases", {{"", false}, {"responses"}, {"share"}}, {}};
    std::array<amount, 7> by_class{};
    for (unsigned code = 0; code < code_limit; ++code) {
        amount sum = 0, repeated = 0;
        for (const auto &of : counts.methods) {
            sum += of.responses_of(code);
            repeated += of.repeated_responses(code);
        }
        if (sum == 0) continue;
        by_class[code / 100] += sum;
        const auto which = static_cast<status>(code);
        codes.rows.push_back({{code == 0 ? "-" : fmt::format("{}", code),
                               code == 0 ? "cut off" : std::string(canonical_phrase(which)), fmt::format("{}", sum),
                               repeated == 0 ? "" : fmt::format("{}", repeated), percent_of(sum, counts.responses)},
                              sum,
                              code == 0 ? std::string_view{} : paint_.colour_of(which)});
    }
    for (unsigned digit = 1; digit <= 6; ++digit) {
        const auto of = static_cast<status_class>(digit);
        if (by_class[digit] != 0)
            classes.rows.push_back(
                {{spelled(of), fmt::format("{}", by_class[digit]), percent_of(by_class[digit], counts.responses)},
                 by_class[digit],
                 paint_.colour_of(generic_status(of))});
    }
    for (std::size_t kind = 0; kind < kind_limit; ++kind) {
        amount sum = 0;
        for (const auto &of : counts.methods)
            for (unsigned code = 0; code < code_limit && !of.responses.empty(); ++code)
                sum += of.responses_of(code, kind);
        if (sum != 0)
            kinds.rows.push_back({{kind == no_kind ? "incomplete" : spelled(static_cast<reason_kind>(kind)),
                                   fmt::format("{}", sum), percent_of(sum, counts.responses)},
                                  sum});
    }
    write(classes);
    codes.keep(most_rows_);
    write(codes);
    kinds.keep(kind_limit);
    write(kinds);
}

void text_report::write_methods(const summary &whole) {
    table methods{"Methods", {{"", false}, {"requests"}, {"repeated"}, {"responses"}, {"answered"}, {"of"}}, {}};
    for (const auto number : whole.methods().sorted(whole.counts().methods.size())) {
        const auto &of = whole.counts().methods[number];
        const auto name = whole.methods().name_of(number);
        const auto all = of.all_responses();
        if (of.requests == 0 && all == 0) continue;
        methods.rows.push_back({{name.empty() ? "no CSeq" : std::string(name), fmt::format("{}", of.requests),
                                 of.repeated_requests() == 0 ? "" : fmt::format("{}", of.repeated_requests()),
                                 fmt::format("{}", all), of.transactions == 0 ? "" : fmt::format("{}", of.answered),
                                 of.transactions == 0 ? "" : fmt::format("{}", of.transactions)},
                                of.requests + all});
    }
    if (methods.rows.size() == 1 && methods.rows.front().cells[0] == "no CSeq") return; // a text
    methods.keep(most_rows_);
    write(methods);
}

void text_report::write_sessions(const summary &whole) {
    table ratios{
        "Ratios (RFC 6076, ITU-T E.425)", {{"", false}, {"percent"}, {"of these"}, {"have it"}, {"", false, 44}}, {}};
    ratios.has_bars = false;
    for (const auto &one : ratios_of(whole.counts()))
        if (one.denominator != 0)
            ratios.rows.push_back(
                {{std::string(one.name), percent_of(one.numerator, one.denominator), fmt::format("{}", one.denominator),
                  fmt::format("{}", one.numerator), std::string(one.title)}});
    write(ratios);
    table delays{"Delays (RFC 6076)", {{"", false}, {"times"}, {"50 %"}, {"90 %"}, {"99 %"}, {"", false}}, {}};
    delays.has_bars = false;
    std::vector<histogram> merged;
    for (const auto &one : delays_of(whole.counts(), merged))
        if (one.times->count() != 0)
            delays.rows.push_back({{std::string(one.name), fmt::format("{}", one.times->count()),
                                    as_duration(one.times->percentile(50)), as_duration(one.times->percentile(90)),
                                    as_duration(one.times->percentile(99)), std::string(one.title)}});
    write(delays);
}

void text_report::write_times(const summary &whole) {
    table times{"Response times", {{"", false}, {"", false}, {"times"}, {"50 %"}, {"90 %"}, {"95 %"}, {"99 %"}}, {}};
    times.has_bars = false;
    for (const auto number : whole.methods().sorted(whole.counts().methods.size())) {
        const auto &of = whole.counts().methods[number];
        for (unsigned code = 0; code < of.times.size(); ++code) {
            const auto *const one = of.times[code].get();
            if (!one || one->count() == 0) continue;
            times.rows.push_back(
                {{fmt::format("{}", code), std::string(whole.methods().name_of(number)),
                  fmt::format("{}", one->count()), as_duration(one->percentile(50)), as_duration(one->percentile(90)),
                  as_duration(one->percentile(95)), as_duration(one->percentile(99))},
                 one->count(),
                 paint_.colour_of(static_cast<status>(code))});
        }
    }
    times.keep(most_rows_);
    write(times);
}

void text_report::write_wording(const summary &whole) {
    const auto &counts = whole.counts();
    table phrases{"Local phrases", {{"", false}, {"responses"}, {"", false, 60}}, {}};
    phrases.has_bars = false;
    for (const auto &[key, of] : counts.phrases)
        phrases.rows.push_back({{fmt::format("{}", key.first), fmt::format("{}", of.responses), key.second},
                                of.responses,
                                paint_.colour_of(static_cast<status>(key.first))});
    phrases.keep(most_rows_);
    write(phrases);
    table found{"Findings (sipstatus check)", {{"", false}, {"", false}, {"findings"}, {"first frame", false}}, {}};
    for (std::size_t i = 0; i < counts.rules.size(); ++i) {
        const auto &of = counts.rules[i];
        if (of.findings == 0) continue;
        const auto &rule = rules()[i];
        const auto first = of.first.empty() ? std::string()
                           : whole.inputs().size() == 1
                               ? fmt::format("{}", of.first.front().second)
                               : fmt::format("{}:{}", of.first.front().first, of.first.front().second);
        found.rows.push_back(
            {{std::string(name(rule.level)), hyphenated(rule.name), fmt::format("{}", of.findings), first},
             of.findings,
             paint_.colour_of(rule.level)});
    }
    found.keep(most_rows_);
    write(found);
    table deviations{"Deviations", {{"", false}, {"responses"}}, {}};
    for (std::size_t i = 0; i < counts.deviations.size(); ++i)
        if (counts.deviations[i] != 0)
            deviations.rows.push_back(
                {{spelled(static_cast<deviation>(i)), fmt::format("{}", counts.deviations[i])}, counts.deviations[i]});
    deviations.keep(most_rows_);
    write(deviations);
    table reasons{"Reason", {{"", false}, {"cause"}, {"code"}, {"method", false}, {"times"}}, {}};
    for (const auto &one : reasons_of(counts, whole.methods()))
        reasons.rows.push_back({{std::string(one.protocol), fmt::format("{}", one.cause),
                                 one.code == 0 ? "request" : fmt::format("{}", one.code), std::string(one.method),
                                 fmt::format("{}", one.times)},
                                one.times});
    reasons.keep(most_rows_);
    write(reasons);
}

void text_report::write_parties(const summary &whole) {
    const auto &counts = whole.counts();
    const auto row_of = [](std::string title, const party_counts &of) {
        std::array<amount, 7> by_class{};
        for (const auto &[code, sum] : of.responses) by_class[code / 100u] += sum;
        const auto number = [](amount one) { return one == 0 ? std::string() : fmt::format("{}", one); };
        return table::row{{std::move(title), number(of.requests), number(of.all_responses()), number(by_class[4]),
                           number(by_class[5]), number(by_class[6])},
                          of.requests + of.all_responses()};
    };
    table senders{"Senders", {{"", false}, {"requests"}, {"responses"}, {"4xx"}, {"5xx"}, {"6xx"}}, {}};
    for (const auto &[key, of] : counts.addresses) senders.rows.push_back(row_of(as_text(key), of));
    table agents{"User-Agent, Server", senders.columns, {}};
    for (const auto &[key, of] : counts.agents) agents.rows.push_back(row_of(key, of));
    for (auto *const one : {&senders, &agents}) {
        std::sort(one->rows.begin(), one->rows.end(), [](const auto &a, const auto &b) { return a.cells < b.cells; });
        one->keep(most_rows_);
        write(*one);
    }
    table transports{"Transports", {{"", false}, {"requests"}, {"responses"}}, {}};
    for (std::size_t i = 1; i < counts.transports.size(); ++i) {
        const auto &[requests, responses] = counts.transports[i];
        if (requests + responses != 0)
            transports.rows.push_back({{std::string(name(static_cast<transport>(i))), fmt::format("{}", requests),
                                        fmt::format("{}", responses)},
                                       requests + responses});
    }
    write(transports);
}

// Minutes are put together until they fit a screen.
void text_report::write_minutes(const summary &whole) {
    const auto &minutes = whole.counts().minutes;
    if (minutes.size() < 2) return;
    constexpr std::int64_t steps[] = {1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440};
    constexpr std::size_t most = 24;
    const auto count_with = [&](std::int64_t step) {
        std::set<std::int64_t> starts;
        for (const auto &one : minutes) starts.insert(one.first / step);
        return starts.size();
    };
    std::int64_t step = steps[0];
    for (const auto one : steps) {
        step = one;
        if (count_with(one) <= most) break;
    }
    while (count_with(step) > most) step *= 2;
    std::map<std::int64_t, minute_counts> bins;
    for (const auto &[minute, of] : minutes) {
        auto &bin = bins[minute / step];
        bin.requests += of.requests;
        for (std::size_t i = 0; i < of.responses.size(); ++i) bin.responses[i] += of.responses[i];
    }
    table shown{step == 1 ? "Minutes" : fmt::format("Each {} minutes", step),
                {{"", false}, {"requests"}, {"responses"}, {"4xx"}, {"5xx"}, {"6xx"}},
                {}};
    for (const auto &[bin, of] : bins) {
        const auto all = std::accumulate(of.responses.begin(), of.responses.end(), amount{0});
        const auto number = [](amount one) { return one == 0 ? std::string() : fmt::format("{}", one); };
        shown.rows.push_back({{as_time({bin * step * 60, 0}).substr(0, 16), number(of.requests), number(all),
                               number(of.responses[4]), number(of.responses[5]), number(of.responses[6])},
                              all});
    }
    write(shown);
}

void text_report::write_own_rows(const summary &whole) {
    table own{fmt::format("Responses by {}", whole.options().by), {}, {}};
    std::string_view titles = whole.options().by;
    for (bool more = true; more;) {
        const auto title = titles.substr(0, titles.find(','));
        more = title.size() < titles.size();
        titles.remove_prefix(title.size() + (more ? 1 : 0));
        own.columns.push_back({std::string(title), title == "code"});
    }
    own.columns.push_back({"responses"});
    own.columns.push_back({"share"});
    std::vector<std::pair<std::string_view, amount>> rows(whole.counts().rows.begin(), whole.counts().rows.end());
    std::sort(rows.begin(), rows.end());
    for (auto [values, sum] : rows) {
        table::row made{{}, sum};
        for (auto end = values.find('\0'); end != values.npos; end = values.find('\0')) {
            made.cells.emplace_back(values.substr(0, end));
            values.remove_prefix(end + 1);
        }
        made.cells.emplace_back(values);
        for (auto &cell : made.cells)
            if (cell.empty()) cell.assign(1, '-');
        made.cells.push_back(fmt::format("{}", sum));
        made.cells.push_back(percent_of(sum, whole.counts().responses));
        own.rows.push_back(std::move(made));
    }
    own.keep(most_rows_);
    write(own);
}

void text_report::write_limits(const summary &whole) {
    table unread{"Not read", {{"", false, 60}, {"times"}}, {}};
    unread.has_bars = false;
    for (const auto &[key, of] : whole.counts().left_out)
        unread.rows.push_back({{of.words, fmt::format("{}", of.times)}, of.times});
    unread.keep(most_rows_);
    write(unread);
}

} // namespace sipstatus::tool
