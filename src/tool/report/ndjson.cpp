#include "report/report.hpp"

#include "report/json_row.hpp"

#include <nlohmann/json.hpp>

namespace sipstatus::tool {

namespace {

using json = nlohmann::ordered_json;

constexpr std::uint64_t schema = 1;

json text_or_null(std::string_view text) {
    return text.empty() ? json() : json(text);
}

// The contract of schema 1: members are never left out, renamed or reordered; what does not apply is null. `reason_hex`
// and `line_hex` are there only where the octets are not UTF-8.
class ndjson final : public report {
public:
    explicit ndjson(std::string &to) : output_(to) {}

    void list(const response &answer) override {
        write([&](json_row &row) { fill(row, answer); });
    }

    void check(const response &answer, const std::vector<finding> &findings) override {
        for (const auto &one : findings) write([&](json_row &row) { fill(row, answer, one); });
    }

    void explain(const topic &subject) override {
        json row{{"schema", schema}};
        row.update(std::visit([](const auto &kind) { return describe(kind); }, subject));
        write_object(row);
    }

    // The last row of an input, where something of it was left out.
    void end_of_input(const input_summary &summary) override {
        json row{{"schema", schema},
                 {"file", summary.file},
                 {"frames", summary.frames},
                 {"frames_read", summary.frames - summary.left_out.frames()},
                 {"responses", summary.responses},
                 {"left_out", json::array()}};
        for (const auto &one : summary.left_out.rows())
            row["left_out"].push_back({{"kind", one.kind->name},
                                       {"number", one.number},
                                       {"words", words_of(one)},
                                       {"unit", name(one.kind->unit)},
                                       {"count", one.count},
                                       {"first_frame", one.first_frame},
                                       {"looks_like_sip", one.looks_like_sip}});
        write_object(row);
    }

private:
    void fill(json_row &row, const response &answer) {
        const auto &carrier = answer.carrier;
        const auto &result = answer.result;
        const auto code = result.line.code;
        const bool coded = answer.has_code();
        const auto quoted = [](std::string &to, auto append) {
            to += '"';
            append(to);
            to += '"';
        };
        const auto add_quoted_or_null = [&](std::string_view key, bool is_there, auto append) {
            if (is_there)
                row.add_plain(key, [&](std::string &to) { quoted(to, append); });
            else
                row.add_null(key);
        };
        const auto add_endpoint = [&](std::string_view key, const std::optional<endpoint> &at) {
            add_quoted_or_null(key, at.has_value(), [&](std::string &to) { speller_.append(to, *at); });
        };
        row.add("schema", schema);
        row.add("file", carrier.file);
        row.add("frame", carrier.frames.last);
        time_.clear();
        if (carrier.time) speller_.append(time_, *carrier.time);
        row.add_text_or_null("time", time_);
        row.add_text_or_null("transport", name(carrier.transport));
        add_endpoint("src", carrier.source);
        add_endpoint("dst", carrier.destination);
        if (coded) {
            row.add("code", std::uint64_t(to_int(code)));
            row.add_octets("reason", result.line.phrase);
            add_quoted_or_null("class", true, [&](std::string &to) { append_spelled(to, class_of(code)); });
            row.add("final", is_final(code));
        } else {
            for (const auto *const key : {"code", "reason", "class", "final"}) row.add_null(key);
        }
        add_quoted_or_null("reason_kind", result.outcome == outcome::ok,
                           [&](std::string &to) { append_spelled(to, result.line.kind); });
        if (coded)
            row.add("registered", is_registered(code));
        else
            row.add_null("registered");
        row.add_plain("deviations", [&](std::string &to) {
            to += '[';
            if (!result.line.deviations.empty())
                for (const auto which : members(result.line.deviations)) {
                    if (to.back() != '[') to += ',';
                    quoted(to, [which](std::string &name_of) { append_spelled(name_of, which); });
                }
            to += ']';
        });
        const auto fields = answer.fields();
        row.add_text_or_null("method", fields.method);
        if (fields.cseq)
            row.add("cseq", std::uint64_t{*fields.cseq});
        else
            row.add_null("cseq");
        row.add_text_or_null("call_id", fields.call_id);
        row.add("sipfrag", carrier.is_sipfrag);
    }

    static void fill(json_row &row, const response &answer, const finding &item) {
        row.add("schema", schema);
        row.add("file", answer.carrier.file);
        row.add("frame", answer.carrier.frames.last);
        row.add("severity", name(item.level));
        row.add("rule", hyphenated(item.rule));
        if (item.offset)
            row.add("offset", std::uint64_t{*item.offset});
        else
            row.add_null("offset");
        row.add("message", item.text);
        row.add_octets("line", answer.line);
        if (const auto column = answer.carrier.column; column != 0)
            row.add("column", column + item.offset.value_or(0));
        else
            row.add_null("column");
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
        add_handling(row, code);
        row["stacks"] = json::array();
        for (const auto &stack : stacks_of(to_int(code))) row["stacks"].push_back(stack_row(stack));
        return row;
    }

    static void add_handling(json &row, status code) {
        const auto retry = retry_of(code);
        row["retry"] = {{"kind", spelled(retry.verdict)},
                        {"how", text_or_null(retry.reason)},
                        {"section", text_or_null(retry.section)}};
        const auto route = next_route(code);
        row["next_route"] = {{"verdict", route == route_choice::yes}, {"reason", text_or_null(route.reason)}};
        const auto effect = effect_on_dialog(code, method::invite);
        row["in_dialog"] = {{"ends", spelled(effect.verdict)},
                            {"note", text_or_null(effect.reason)},
                            {"section", text_or_null(effect.section)}};
        const auto mapping = cause_of_status(code);
        row["cause"] = mapping.cause == 0 ? json() : json(mapping.cause);
        row["header_fields"] = json::array();
        for (const auto &header : headers_with(code))
            row["header_fields"].push_back(
                {{"name", header.name.view()}, {"level", spelled(header.level)}, {"section", header.section.view()}});
    }

    static json stack_row(const stack_code &row) {
        return {{"stack", row.stack.view()}, {"reason", row.phrase.view()}, {"meaning", row.meaning.view()}};
    }

    static json describe(const stack_code &row) {
        return {{"topic", "stack-code"}, {"code", row.code}, {"stacks", json::array({stack_row(row)})}};
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
    template <class Fill> void write(Fill fill_row) {
        const auto start = output_.size();
        for (const bool ascii : {false, true}) {
            json_row row(output_, ascii);
            fill_row(row);
            row.end();
            if (ascii || row.is_plain() || is_safe(std::string_view(output_).substr(start, output_.size() - start - 1)))
                return;
            output_.resize(start);
        }
    }
    void write_object(const json &row) {
        constexpr auto replace = json::error_handler_t::replace;
        const auto text = row.dump(-1, ' ', false, replace);
        output_ += is_safe(text) ? text : row.dump(-1, ' ', true, replace);
        output_ += '\n';
    }

    std::string &output_;
    speller speller_;
    std::string time_;
};

} // namespace

std::unique_ptr<report> make_ndjson_report(std::string &to, const layout &) {
    return std::make_unique<ndjson>(to);
}

} // namespace sipstatus::tool
