// The text exposition format of Prometheus, version 0.0.4. Labels are those of the field's exporters.

#include "report/prometheus.hpp"

#include "report/report.hpp"
#include "report/spelling.hpp"
#include "tally/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sipstatus::tool {

namespace {

// In a label's value a backslash, a quotation mark and a line feed are escaped; nothing else of as_text() is special.
std::string quoted(std::string_view text) {
    std::string made = "\"";
    for (const char c : text) {
        if (c == '\\' || c == '"') made += '\\';
        made += c;
    }
    return made += '"';
}

class exposition {
public:
    exposition(std::string &to, const tally &counts, const method_table &methods)
        : to_(to), counts_(counts), methods_(methods) {}

    void write() {
        write_messages();
        write_transactions();
        write_times();
        write_ratios();
        write_others();
    }

private:
    void head(std::string_view name, std::string_view type, std::string_view help) {
        to_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
    }
    template <class... Values> void sample(fmt::format_string<Values...> format, Values &&...values) {
        to_ += fmt::format(format, std::forward<Values>(values)...);
        to_ += '\n';
    }
    template <class Each> void each_method(Each each) {
        for (const auto number : methods_.sorted(counts_.methods.size()))
            each(quoted(methods_.name_of(number)), counts_.methods[number]);
    }

    void write_messages() {
        head("sipstatus_frames_total", "counter", "Packets, or lines of a text, that were read.");
        sample("sipstatus_frames_total {}", counts_.frames);
        head("sipstatus_requests_total", "counter", "SIP requests, retransmitted ones too.");
        each_method([&](const std::string &method, const method_counts &of) {
            if (of.requests != 0) sample("sipstatus_requests_total{{method={}}} {}", method, of.requests);
        });
        head("sipstatus_responses_total", "counter",
             "SIP responses, retransmitted ones too, by the kind of their reason phrase.");
        each_method([&](const std::string &method, const method_counts &of) {
            for (unsigned code = 100; code < code_limit && !of.responses.empty(); ++code)
                for (std::size_t kind = 0; kind < kind_limit; ++kind)
                    if (const auto sum = of.responses_of(code, kind); sum != 0)
                        sample(R"(sipstatus_responses_total{{code="{}",method={},class="{}",kind="{}"}} {})", code,
                               method, spelled(class_of(static_cast<status>(code))),
                               kind == no_kind ? "incomplete" : spelled(static_cast<reason_kind>(kind)), sum);
        });
        head("sipstatus_unreadable_total", "counter", "Messages that claim to be a response and cannot be read.");
        sample("sipstatus_unreadable_total {}", counts_.unreadable);
    }

    void write_transactions() {
        head("sipstatus_transactions_total", "counter", "Transactions whose request was seen.");
        each_method([&](const std::string &method, const method_counts &of) {
            if (of.transactions != 0) sample("sipstatus_transactions_total{{method={}}} {}", method, of.transactions);
        });
        head("sipstatus_answered_total", "counter", "Transactions whose request and final response were seen.");
        each_method([&](const std::string &method, const method_counts &of) {
            if (of.transactions != 0) sample("sipstatus_answered_total{{method={}}} {}", method, of.answered);
        });
        head("sipstatus_repeated_requests_total", "counter", "Requests that came again in their transaction.");
        each_method([&](const std::string &method, const method_counts &of) {
            if (of.tied_requests != 0)
                sample("sipstatus_repeated_requests_total{{method={}}} {}", method, of.repeated_requests());
        });
        head("sipstatus_repeated_responses_total", "counter", "Responses whose code came again in their transaction.");
        each_method([&](const std::string &method, const method_counts &of) {
            for (unsigned code = 100; code < code_limit && !of.tied_responses.empty(); ++code)
                if (of.tied_responses[code] != 0)
                    sample(R"(sipstatus_repeated_responses_total{{code="{}",method={},class="{}"}} {})", code, method,
                           spelled(class_of(static_cast<status>(code))), of.repeated_responses(code));
        });
    }

    // The bounds of a scrape are few: they must not change, and each is a series of its own.
    void write_histogram(std::string_view name, const std::string &labels, const histogram &times) {
        constexpr std::pair<std::uint64_t, std::string_view> bounds[] = {
            {1'000, "0.001"}, {5'000, "0.005"},   {10'000, "0.01"},   {50'000, "0.05"},
            {100'000, "0.1"}, {500'000, "0.5"},   {1'000'000, "1"},   {2'500'000, "2.5"},
            {5'000'000, "5"}, {10'000'000, "10"}, {30'000'000, "30"}, {60'000'000, "60"}};
        amount sum = 0;
        std::size_t bucket = 0;
        for (const auto &[bound, text] : bounds) {
            // A bucket belongs to the bound if all of it does.
            for (; bucket < histogram::bucket_count && histogram::bound_of(bucket) <= bound; ++bucket)
                sum += times.at(bucket);
            sample("{}_bucket{{{},le=\"{}\"}} {}", name, labels, text, sum);
        }
        sample("{}_bucket{{{},le=\"+Inf\"}} {}", name, labels, times.count());
        sample("{}_sum{{{}}} {}.{:06}", name, labels, times.sum() / 1'000'000, times.sum() % 1'000'000);
        sample("{}_count{{{}}} {}", name, labels, times.count());
    }

    void write_times() {
        head("sipstatus_response_time_seconds", "histogram",
             "From the request to the first response with the code: 100, the first other provisional, the final one.");
        each_method([&](const std::string &method, const method_counts &of) {
            for (unsigned code = 100; code < of.times.size(); ++code)
                if (of.times[code] && of.times[code]->count() != 0)
                    write_histogram("sipstatus_response_time_seconds",
                                    fmt::format(R"(code="{}",method={},class="{}")", code, method,
                                                spelled(class_of(static_cast<status>(code)))),
                                    *of.times[code]);
        });
        std::vector<histogram> merged;
        head("sipstatus_delay_seconds", "histogram", "The delays of RFC 6076.");
        for (const auto &one : delays_of(counts_, merged))
            if (one.times->count() != 0)
                write_histogram("sipstatus_delay_seconds", "metric=" + quoted(one.name), *one.times);
    }

    void write_ratios() {
        head("sipstatus_ratio_numerator", "gauge", "The numerator of a ratio of RFC 6076 or ITU-T E.425.");
        for (const auto &one : ratios_of(counts_))
            sample("sipstatus_ratio_numerator{{metric=\"{}\"}} {}", one.name, one.numerator);
        head("sipstatus_ratio_denominator", "gauge", "The denominator of that ratio.");
        for (const auto &one : ratios_of(counts_))
            sample("sipstatus_ratio_denominator{{metric=\"{}\"}} {}", one.name, one.denominator);
    }

    void write_others() {
        head("sipstatus_findings_total", "counter", "Findings by rule.");
        for (std::size_t i = 0; i < counts_.rules.size(); ++i)
            if (counts_.rules[i].findings != 0)
                sample(R"(sipstatus_findings_total{{rule="{}",severity="{}"}} {})", hyphenated(rules()[i].name),
                       name(rules()[i].level), counts_.rules[i].findings);
        head("sipstatus_reasons_total", "counter", "Values of Reason header fields; code 0 is a request.");
        for (const auto &one : reasons_of(counts_, methods_))
            sample(R"(sipstatus_reasons_total{{protocol={},cause="{}",code="{}",method={}}} {})", quoted(one.protocol),
                   one.cause, one.code, quoted(one.method), one.times);
        head("sipstatus_left_out_total", "counter", "What was not read, by kind.");
        for (const auto &[key, of] : counts_.left_out)
            sample(R"(sipstatus_left_out_total{{what="{}",number="{}",unit="{}"}} {})", key.kind, key.number, of.unit,
                   of.times);
        head("sipstatus_not_told_apart_total", "counter", "What a limit of memory left out of a table.");
        for (std::size_t i = 0; i < shortfall_count; ++i)
            sample("sipstatus_not_told_apart_total{{table=\"{}\"}} {}", name(static_cast<shortfall>(i)),
                   counts_.missing[i]);
    }

    std::string &to_;
    const tally &counts_;
    const method_table &methods_;
};

class prometheus_report final : public report {
public:
    explicit prometheus_report(std::string &to) : output_(to) {}

    void stats(const summary &whole) override { write_exposition(output_, whole.counts(), whole.methods()); }

private:
    std::string &output_;
};

} // namespace

void write_exposition(std::string &to, const tally &counts, const method_table &methods) {
    exposition(to, counts, methods).write();
}

std::unique_ptr<report> make_prometheus_report(std::string &to, const layout &) {
    return std::make_unique<prometheus_report>(to);
}

} // namespace sipstatus::tool
