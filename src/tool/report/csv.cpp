// RFC 4180: a header row, then the same members as NDJSON has, in the same order. Octets are shown as in text.

#include "octet_text.hpp"
#include "report/report.hpp"
#include "report/spelling.hpp"
#include "tally/metrics.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

namespace sipstatus::tool {

namespace {

class csv final : public report {
public:
    explicit csv(std::string &to) : output_(to) {}

    void list(const response &answer) override {
        begin("file,frame,time,transport,src,dst,code,reason,class,final,reason_kind,registered,deviations,method,cseq,"
              "call_id,sipfrag\r\n");
        const auto &[carrier, result, line] = answer;
        const auto code = result.line.code;
        const bool coded = answer.has_code();
        const auto fields = answer.fields();
        std::vector<std::string> deviations;
        for (const auto which : members(result.line.deviations)) deviations.push_back(spelled(which));
        add(carrier.file);
        add(carrier.frames.last);
        add(carrier.time ? as_time(*carrier.time) : "");
        add(name(carrier.transport));
        add(carrier.source ? as_text(*carrier.source) : "");
        add(carrier.destination ? as_text(*carrier.destination) : "");
        add(coded ? fmt::format("{}", to_int(code)) : "");
        add(coded ? result.line.phrase : std::string_view{});
        add(coded ? spelled(class_of(code)) : "");
        add(coded ? (is_final(code) ? "true" : "false") : "");
        add(result.outcome == outcome::ok ? spelled(result.line.kind) : "");
        add(coded ? (is_registered(code) ? "true" : "false") : "");
        add(fmt::format("{}", fmt::join(deviations, " ")));
        add(fields.method);
        add(fields.cseq ? fmt::format("{}", *fields.cseq) : "");
        add(fields.call_id);
        add(carrier.is_sipfrag ? "true" : "false");
        end_row();
    }

    void check(const response &answer, const std::vector<finding> &findings) override {
        begin("file,frame,severity,rule,offset,message,line,column\r\n");
        for (const auto &one : findings) {
            add(answer.carrier.file);
            add(answer.carrier.frames.last);
            add(name(one.level));
            add(hyphenated(one.rule));
            add(one.offset ? fmt::format("{}", *one.offset) : "");
            add(one.text);
            add(answer.line);
            const auto column = answer.carrier.column;
            add(column == 0 ? "" : fmt::format("{}", column + one.offset.value_or(0)));
            end_row();
        }
    }

    void stats(const summary &whole) override;

    seam first_seam() const override { return {header_, ""}; }

private:
    // `header` is a literal.
    void begin(std::string_view header) {
        if (!header_.empty()) return;
        header_ = header;
        output_ += header;
    }

    void add(std::uint64_t number) { add(fmt::format("{}", number)); }
    void add(std::string_view octets) { add_text(as_text(octets)); }
    void add_number(amount number) { add_text(fmt::format("{}", number)); }
    // What is text already.
    void add_text(std::string_view text) {
        if (in_row_) output_ += ',';
        in_row_ = true;
        if (text.find_first_of(",\"") == text.npos) {
            output_ += text;
            return;
        }
        output_ += '"';
        for (const char c : text) output_.append(c == '"' ? 2 : 1, c);
        output_ += '"';
    }
    void end_row() {
        output_ += "\r\n";
        in_row_ = false;
    }

    std::string &output_;
    std::string_view header_;
    bool in_row_ = false;
};

// One row for each number, in columns that all tables share: a spreadsheet filters by the first. With --by, that table
// alone, in columns of its own.
void csv::stats(const summary &whole) {
    const auto &counts = whole.counts();
    if (const auto &by = whole.options().by; !by.empty()) {
        output_.append(by).append(",responses\r\n");
        std::vector<std::pair<std::string_view, amount>> rows(counts.rows.begin(), counts.rows.end());
        std::sort(rows.begin(), rows.end());
        for (auto [values, sum] : rows) {
            for (auto end = values.find('\0'); end != values.npos; end = values.find('\0')) {
                add_text(values.substr(0, end));
                values.remove_prefix(end + 1);
            }
            add_text(values);
            add_number(sum);
            end_row();
        }
        return;
    }
    output_ += "table,item,method,code,class,kind,count,of\r\n";
    const auto row = [&](std::string_view table, std::string_view item, std::string_view method, unsigned code,
                         std::string_view kind, amount sum, std::optional<amount> of = std::nullopt) {
        add_text(table);
        add_text(item);
        add_text(method);
        add_text(code == 0 ? std::string() : fmt::format("{}", code));
        add_text(code == 0 ? std::string() : spelled(class_of(static_cast<status>(code))));
        add_text(kind);
        add_number(sum);
        add_text(of ? fmt::format("{}", *of) : std::string());
        end_row();
    };
    for (const auto number : whole.methods().sorted(counts.methods.size())) {
        const auto method = whole.methods().name_of(number);
        const auto &one = counts.methods[number];
        if (one.requests != 0) row("requests", "", method, 0, "", one.requests);
        if (one.transactions != 0) row("answered", "", method, 0, "", one.answered, one.transactions);
        for (unsigned code = 0; code < code_limit; ++code) {
            for (std::size_t kind = 0; kind < kind_limit; ++kind)
                if (const auto sum = one.responses_of(code, kind); sum != 0)
                    row("responses", "", method, code,
                        kind == no_kind ? "incomplete" : spelled(static_cast<reason_kind>(kind)), sum);
            if (const auto sum = one.repeated_responses(code); sum != 0) row("repeated", "", method, code, "", sum);
            if (code < one.times.size() && one.times[code])
                for (const auto percent : {50, 90, 95, 99})
                    if (one.times[code]->count() != 0)
                        row("response_time_us", fmt::format("p{}", percent), method, code, "",
                            static_cast<amount>(one.times[code]->percentile(percent)), one.times[code]->count());
        }
    }
    for (const auto &one : ratios_of(counts)) row("ratio", one.name, "", 0, "", one.numerator, one.denominator);
    for (std::size_t i = 0; i < counts.transports.size(); ++i) {
        const auto &[requests, responses] = counts.transports[i];
        if (requests + responses != 0)
            row("transport", name(static_cast<transport>(i)), "", 0, "", responses, requests + responses);
    }
    for (std::size_t i = 0; i < counts.rules.size(); ++i)
        if (counts.rules[i].findings != 0)
            row("finding", hyphenated(rules()[i].name), "", 0, name(rules()[i].level), counts.rules[i].findings);
    const auto party = [&](std::string_view table, std::string_view item, const party_counts &of) {
        auto codes = of.responses;
        std::sort(codes.begin(), codes.end());
        if (of.requests != 0) row(table, item, "", 0, "requests", of.requests);
        for (const auto &[code, sum] : codes) row(table, item, "", code, "responses", sum);
    };
    std::map<std::string, const party_counts *> sorted;
    for (const auto &[key, of] : counts.addresses) sorted.emplace(tool::as_text(key), &of);
    for (const auto &[item, of] : sorted) party("sender", item, *of);
    sorted.clear();
    for (const auto &[key, of] : counts.agents) sorted.emplace(key, &of);
    for (const auto &[item, of] : sorted) party("agent", item, *of);
    for (const auto &[minute, of] : counts.minutes) {
        const auto item = as_time({minute * 60, 0}).substr(0, 16);
        if (of.requests != 0) row("minute", item, "", 0, "requests", of.requests);
        for (unsigned digit = 0; digit < of.responses.size(); ++digit)
            if (of.responses[digit] != 0)
                row("minute", item, "", 0, digit == 0 ? "incomplete" : spelled(static_cast<status_class>(digit)),
                    of.responses[digit]);
    }
    for (const auto &[key, of] : counts.phrases) row("local_phrase", key.second, "", key.first, "local", of.responses);
    for (const auto &one : reasons_of(counts, whole.methods()))
        row("reason", fmt::format("{};cause={}", one.protocol, one.cause), one.method, one.code, "", one.times);
    for (const auto &[key, of] : counts.left_out) row("left_out", of.words, "", 0, of.unit, of.times);
    for (std::size_t i = 0; i < shortfall_count; ++i)
        if (counts.missing[i] != 0) row("approximate", name(static_cast<shortfall>(i)), "", 0, "", counts.missing[i]);
}

} // namespace

std::unique_ptr<report> make_csv_report(std::string &to, const layout &) {
    return std::make_unique<csv>(to);
}

} // namespace sipstatus::tool
