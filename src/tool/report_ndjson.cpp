#include "report.hpp"

#include "spelling.hpp"

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

class ndjson final : public report {
public:
    explicit ndjson(output &to) : output_(to) {}

    void list(const response &found) override {
        const auto &[from, read, line] = found;
        const auto code = read.line.code;
        const bool coded = found.has_code();
        json row{{"schema", schema},
                 {"file", from.file},
                 {"frame", from.frame},
                 {"time", text_or_null(from.time ? as_time(*from.time) : "")},
                 {"transport", text_or_null(from.transport)},
                 {"src", endpoint_or_null(from.source)},
                 {"dst", endpoint_or_null(from.destination)},
                 {"code", coded ? json(to_int(code)) : json()},
                 {"reason", json()}};
        if (coded) add_octets(row, "reason", read.line.phrase);
        row["class"] = coded ? json(spelled(class_of(code))) : json();
        row["final"] = coded ? json(is_final(code)) : json();
        row["reason_kind"] = read.outcome == outcome::ok ? json(spelled(read.line.kind)) : json();
        row["registered"] = coded ? json(is_registered(code)) : json();
        auto &names = row["deviations"] = json::array();
        for (const auto which : members(read.line.deviations)) names.push_back(spelled(which));
        write(row);
    }

    void check(const response &about, const finding &found, bool) override {
        json row{{"schema", schema},
                 {"file", about.from.file},
                 {"frame", about.from.frame},
                 {"severity", name(found.level)},
                 {"rule", hyphenated(found.rule)},
                 {"offset", found.offset ? json(*found.offset) : json()},
                 {"message", found.text}};
        add_octets(row, "line", about.line);
        write(row);
    }

    void explain(const topic &about, bool) override {
        json row{{"schema", schema}};
        row.update(std::visit([](const auto &subject) { return describe(subject); }, about));
        write(row);
    }

private:
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

    static json describe(const rule &about) {
        return {{"topic", "rule"},
                {"rule", hyphenated(about.name)},
                {"severity", name(about.level)},
                {"message", about.sentence},
                {"section", text_or_null(about.section)}};
    }

    // A row with a character that could control a terminal or forge what is seen is ASCII throughout.
    void write(const json &row) {
        constexpr auto replace = json::error_handler_t::replace;
        const auto text = row.dump(-1, ' ', false, replace);
        output_.buffer() += is_safe(text) ? text : row.dump(-1, ' ', true, replace);
        output_.buffer() += '\n';
        output_.end_record();
    }

    output &output_;
};

} // namespace

std::unique_ptr<report> report_ndjson(output &to) {
    return std::make_unique<ndjson>(to);
}

} // namespace sipstatus::tool
