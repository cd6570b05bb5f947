#include "report/report.hpp"

#include "report/spelling.hpp"

#include <nlohmann/json.hpp>

namespace sipstatus::tool {

namespace {

using json = nlohmann::ordered_json;

constexpr int schema = 1;

json text_or_null(std::string_view text) {
    return text.empty() ? json() : json(text);
}

json endpoint_or_null(const std::optional<endpoint> &at) {
    return at ? json(as_text(*at)) : json();
}

// A string of the wire; where it is not UTF-8, write() puts U+FFFD into it, and a member of all its octets follows.
void add_octets(json &row, const std::string &key, std::string_view octets) {
    row[key] = octets;
    if (!is_utf8(octets)) row[key + "_hex"] = as_hex(octets);
}

// The contract of schema 1: members are never left out, renamed or reordered; what does not apply is null. `reason_hex`
// and `line_hex` are there only where the octets are not UTF-8.
class ndjson final : public report {
public:
    explicit ndjson(std::string &to) : output_(to) {}

    void list(const response &answer) override {
        const auto &[carrier, result, line] = answer;
        const auto code = result.line.code;
        const bool coded = answer.has_code();
        json row{{"schema", schema},
                 {"file", carrier.file},
                 {"frame", carrier.frames.last},
                 {"time", text_or_null(carrier.time ? as_time(*carrier.time) : "")},
                 {"transport", text_or_null(name(carrier.transport))},
                 {"src", endpoint_or_null(carrier.source)},
                 {"dst", endpoint_or_null(carrier.destination)},
                 {"code", coded ? json(to_int(code)) : json()},
                 {"reason", json()}};
        if (coded) add_octets(row, "reason", result.line.phrase);
        row["class"] = coded ? json(spelled(class_of(code))) : json();
        row["final"] = coded ? json(is_final(code)) : json();
        row["reason_kind"] = result.outcome == outcome::ok ? json(spelled(result.line.kind)) : json();
        row["registered"] = coded ? json(is_registered(code)) : json();
        auto &names = row["deviations"] = json::array();
        for (const auto which : members(result.line.deviations)) names.push_back(spelled(which));
        const auto fields = answer.fields();
        row["method"] = text_or_null(fields.method);
        row["cseq"] = fields.cseq ? json(*fields.cseq) : json();
        row["call_id"] = text_or_null(fields.call_id);
        write(row);
    }

    void check(const response &answer, const std::vector<finding> &findings) override {
        for (const auto &one : findings) write_finding(answer, one);
    }

    void explain(const topic &subject) override {
        json row{{"schema", schema}};
        row.update(std::visit([](const auto &kind) { return describe(kind); }, subject));
        write(row);
    }

    // The last row of an input, where something of it was left out.
    void end_of_input(const input_summary &summary) override {
        json row{{"schema", schema},
                 {"file", summary.file},
                 {"frames", summary.frames},
                 {"responses", summary.responses},
                 {"left_out", json::array()}};
        for (const auto &one : summary.left_out.rows())
            row["left_out"].push_back({{"kind", one.kind->name},
                                       {"number", one.number},
                                       {"words", words_of(one)},
                                       {"count", one.count},
                                       {"first_frame", one.first_frame},
                                       {"looks_like_sip", one.looks_like_sip}});
        write(row);
    }

private:
    void write_finding(const response &answer, const finding &item) {
        json row{{"schema", schema},
                 {"file", answer.carrier.file},
                 {"frame", answer.carrier.frames.last},
                 {"severity", name(item.level)},
                 {"rule", hyphenated(item.rule)},
                 {"offset", item.offset ? json(*item.offset) : json()},
                 {"message", item.text}};
        add_octets(row, "line", answer.line);
        write(row);
    }

    static json describe(status code) {
        const auto *entry = find(code);
        json row{{"topic", "code"},
                 {"code", to_int(code)},
                 {"name", text_or_null(hyphenated(name(code)))},
                 {"reason", text_or_null(canonical_phrase(code))},
                 {"class", spelled(class_of(code))},
                 {"final", is_final(code)},
                 {"standing", spelled(standing_of(code))},
                 {"registered", is_registered(code)},
                 {"reference", entry ? text_or_null(entry->reference) : json()},
                 {"section", entry ? text_or_null(entry->section) : json()},
                 {"meaning", entry ? text_or_null(entry->meaning) : json()},
                 {"phrases", json::array()},
                 {"unrecognised", to_int(when_unrecognised(code))},
                 {"same_phrase", json::array()}};
        for (const auto &variant : variants_of(code))
            row["phrases"].push_back({{"reason", std::string_view(variant.phrase)},
                                      {"reason_kind", spelled(variant.kind)},
                                      {"source", std::string_view(variant.source)}});
        for (const auto &shared : shared_phrases(code))
            row["same_phrase"].push_back(
                {{"reason", shared.phrase}, {"code", to_int(shared.other)}, {"reason_kind", spelled(shared.kind)}});
        return row;
    }

    static json describe(status_class of) {
        json row{{"topic", "class"},
                 {"class", spelled(of)},
                 {"first_digit", static_cast<int>(of)},
                 {"final", is_final(generic_status(of))},
                 {"names", json::array()},
                 {"unrecognised", to_int(when_unrecognised(of))},
                 {"codes", json::array()}};
        for (const auto &known : names_of(of))
            row["names"].push_back(
                {{"name", std::string_view(known.text)}, {"source", std::string_view(known.source)}});
        for (const auto &entry : codes_of(of)) row["codes"].push_back(to_int(entry.code));
        return row;
    }

    static json describe(const rule &which) {
        return {{"topic", "rule"},
                {"rule", hyphenated(which.name)},
                {"severity", name(which.level)},
                {"message", which.sentence},
                {"section", text_or_null(which.section)}};
    }

    // A row with a character that could control a terminal or forge what is seen is ASCII throughout.
    void write(const json &row) {
        constexpr auto replace = json::error_handler_t::replace;
        const auto text = row.dump(-1, ' ', false, replace);
        output_ += is_safe(text) ? text : row.dump(-1, ' ', true, replace);
        output_ += '\n';
    }

    std::string &output_;
};

} // namespace

std::unique_ptr<report> make_ndjson_report(std::string &to, const layout &) {
    return std::make_unique<ndjson>(to);
}

} // namespace sipstatus::tool
