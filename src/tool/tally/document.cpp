#include "tally/document.hpp"

#include "report/spelling.hpp"
#include "tally/metrics.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace sipstatus::tool {

namespace {

using json = nlohmann::ordered_json;

std::string as_hex(std::uint64_t number) {
    return fmt::format("{:016x}", number);
}

std::string kind_name(std::size_t kind) {
    return kind == no_kind ? "incomplete" : spelled(static_cast<reason_kind>(kind));
}

json code_or_null(unsigned code) {
    return code == 0 ? json() : json(code);
}

std::string class_name_of(unsigned code) {
    return spelled(class_of(static_cast<status>(code)));
}

std::string minute_text(std::int64_t minute) {
    return as_time({minute * 60, 0}).substr(0, 16) + 'Z';
}

template <class Map> auto sorted(const Map &from) {
    std::vector<typename Map::const_pointer> order;
    order.reserve(from.size());
    for (const auto &one : from) order.push_back(&one);
    std::sort(order.begin(), order.end(), [](auto a, auto b) { return a->first < b->first; });
    return order;
}

json buckets_of(const histogram &times) {
    auto list = json::array();
    for (std::size_t i = 0; i < histogram::bucket_count; ++i)
        if (times.at(i) != 0) list.push_back({histogram::bound_of(i), times.at(i)});
    return list;
}

json describe(const histogram &times) {
    return {{"count", times.count()},          {"sum_us", times.sum()},          {"p50_us", times.percentile(50)},
            {"p90_us", times.percentile(90)},  {"p95_us", times.percentile(95)}, {"p99_us", times.percentile(99)},
            {"max_us", times.percentile(100)}, {"buckets_us", buckets_of(times)}};
}

json codes_of(const party_counts &of) {
    auto codes = of.responses;
    std::sort(codes.begin(), codes.end());
    auto list = json::array();
    for (const auto &[code, sum] : codes) list.push_back({code_or_null(code), sum});
    return list;
}

json describe(const open_pieces &open, const method_table &methods) {
    const auto delay_or_null = [](delay one) { return one == no_delay ? json() : json(one); };
    auto transactions = json::array(), calls = json::array();
    for (const auto &one : open.transactions) {
        auto codes = json::array();
        for (std::size_t i = 0; i < one.code_count; ++i) codes.push_back(one.codes[i]);
        transactions.push_back({as_hex(one.key), as_hex(one.call), methods.name_of(one.method), one.first, one.last,
                                delay_or_null(one.request), delay_or_null(one.trying), delay_or_null(one.provisional),
                                one.provisional_code, delay_or_null(one.final), one.final_code, std::move(codes),
                                (one.is_initial ? 1 : 0) + (one.lacks_time ? 2 : 0)});
    }
    const auto moment_or_null = [](moment one) { return one == call_piece::never ? json() : json(one); };
    for (const auto &one : open.calls)
        calls.push_back({as_hex(one.key), moment_or_null(one.answered), moment_or_null(one.ended),
                         (one.is_end_answered ? 1 : 0) + (one.lacks_time ? 2 : 0)});
    return {{"transactions", std::move(transactions)}, {"calls", std::move(calls)}};
}

void add_responses(json &to, const summary &whole) {
    const auto &counts = whole.counts();
    auto classes = json::array();
    auto codes = json::array();
    auto kinds = json::array();

    for (unsigned klass = 1; klass <= 6; ++klass) {
        amount sum = 0;
        for (const auto &of : counts.methods)
            for (auto code = klass * 100; code < klass * 100 + 100; ++code) sum += of.responses_of(code);
        classes.push_back({{"class", class_name_of(klass * 100)}, {"responses", sum}});
    }
    for (unsigned code = 0; code < code_limit; ++code) {
        amount sum = 0, repeated = 0;
        for (const auto &of : counts.methods) {
            sum += of.responses_of(code);
            repeated += of.repeated_responses(code);
        }
        if (sum == 0) continue;
        const auto phrase = code == 0 ? std::string_view{} : canonical_phrase(static_cast<status>(code));
        codes.push_back({{"code", code_or_null(code)},
                         {"reason", phrase.empty() ? json() : json(phrase)},
                         {"class", code == 0 ? json() : json(class_name_of(code))},
                         {"responses", sum},
                         {"repeated", repeated}});
    }
    for (std::size_t kind = 0; kind < kind_limit; ++kind) {
        amount sum = 0;
        for (const auto &of : counts.methods)
            for (unsigned code = 0; code < code_limit; ++code) sum += of.responses_of(code, kind);
        kinds.push_back({{"kind", kind_name(kind)}, {"responses", sum}});
    }
    to["classes"] = std::move(classes);
    to["codes"] = std::move(codes);
    to["kinds"] = std::move(kinds);
}

void add_methods(json &to, const summary &whole) {
    auto methods = json::array();
    auto responses = json::array();
    auto transactions = json::array();
    auto times = json::array();

    for (const auto which : whole.methods().sorted(whole.counts().methods.size())) {
        const auto &of = whole.counts().methods[which];
        const auto all = of.all_responses();
        const auto method = which == method_table::none ? json() : json(whole.methods().name_of(which));
        if (of.requests != 0 || all != 0)
            methods.push_back({{"method", method},
                               {"requests", of.requests},
                               {"tied_requests", of.tied_requests},
                               {"repeated_requests", of.repeated_requests()},
                               {"responses", all},
                               {"transactions", of.transactions},
                               {"answered", of.answered},
                               {"unanswered", of.transactions - of.answered},
                               {"without_request", of.without_request}});
        for (unsigned code = 0; code < code_limit; ++code) {
            for (std::size_t kind = 0; kind < kind_limit; ++kind)
                if (const auto sum = of.responses_of(code, kind); sum != 0)
                    responses.push_back({{"method", method},
                                         {"code", code_or_null(code)},
                                         {"kind", kind_name(kind)},
                                         {"responses", sum}});
            const auto tied = of.tied_responses.empty() ? 0 : of.tied_responses[code];
            const auto distinct = of.distinct_responses.empty() ? 0 : of.distinct_responses[code];
            if (tied != 0 || distinct != 0)
                transactions.push_back(
                    {{"method", method}, {"code", code}, {"responses", tied}, {"distinct", distinct}});
            if (code < of.times.size() && of.times[code] && of.times[code]->count() != 0) {
                json row{{"method", method}, {"code", code}};
                row.update(describe(*of.times[code]));
                times.push_back(std::move(row));
            }
        }
    }
    to["methods"] = std::move(methods);
    to["responses"] = std::move(responses);
    to["transaction_responses"] = std::move(transactions);
    to["response_times"] = std::move(times);
}

void add_sessions(json &to, const summary &whole) {
    const auto &counts = whole.counts();
    auto ratios = json::array();
    auto delays = json::array();

    for (const auto &one : ratios_of(counts)) {
        const auto share =
            one.denominator == 0
                ? json()
                : json(std::round(1e4 * static_cast<double>(one.numerator) / static_cast<double>(one.denominator)) /
                       100);
        ratios.push_back({{"name", one.name},
                          {"title", one.title},
                          {"of", one.of},
                          {"numerator", one.numerator},
                          {"denominator", one.denominator},
                          {"percent", share}});
    }
    std::vector<histogram> merged;
    for (const auto &one : delays_of(counts, merged)) {
        json row{{"name", one.name}, {"title", one.title}, {"of", one.of}};
        row.update(describe(*one.times));
        delays.push_back(std::move(row));
    }
    auto finals = json::array();
    for (unsigned code = 0; code < code_limit; ++code)
        if (const auto sum = counts.sessions.finals[code]; sum != 0) finals.push_back({code, sum});
    to["sessions"] = {{"attempts", counts.sessions.attempts},
                      {"finals", std::move(finals)},
                      {"completed", counts.sessions.completed}};
    to["ratios"] = std::move(ratios);
    to["delays"] = std::move(delays);
}

void add_tables(json &to, const summary &whole) {
    const auto &counts = whole.counts();
    auto transports = json::array();

    for (std::size_t i = 0; i < counts.transports.size(); ++i) {
        const auto &[requests, responses] = counts.transports[i];
        if (requests == 0 && responses == 0) continue;
        const auto text = name(static_cast<transport>(i));
        transports.push_back(
            {{"transport", text.empty() ? json() : json(text)}, {"requests", requests}, {"responses", responses}});
    }
    auto deviations = json::array();

    for (std::size_t i = 0; i < counts.deviations.size(); ++i)
        if (counts.deviations[i] != 0)
            deviations.push_back(
                {{"deviation", spelled(static_cast<deviation>(i))}, {"responses", counts.deviations[i]}});
    auto findings = json::array();

    for (std::size_t i = 0; i < counts.rules.size(); ++i) {
        const auto &one = counts.rules[i];
        if (one.findings == 0) continue;
        auto first = json::array();
        for (const auto &[file, frame] : one.first) first.push_back({{"file", file}, {"frame", frame}});
        findings.push_back({{"rule", hyphenated(rules()[i].name)},
                            {"severity", name(rules()[i].level)},
                            {"findings", one.findings},
                            {"first", std::move(first)}});
    }
    auto senders = json::array();

    std::vector<std::pair<std::string, const party_counts *>> by_address;
    for (const auto &[key, of] : counts.addresses) by_address.emplace_back(as_text(key), &of);
    std::sort(by_address.begin(), by_address.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (const auto &[key, of] : by_address)
        senders.push_back({{"address", key},
                           {"requests", of->requests},
                           {"responses", of->all_responses()},
                           {"codes", codes_of(*of)}});
    auto agents = json::array();

    for (const auto *const one : sorted(counts.agents))
        agents.push_back({{"agent", one->first},
                          {"requests", one->second.requests},
                          {"responses", one->second.all_responses()},
                          {"codes", codes_of(one->second)}});
    auto minutes = json::array();

    for (const auto &[minute, of] : counts.minutes)
        minutes.push_back({{"minute", minute_text(minute)}, {"requests", of.requests}, {"responses", of.responses}});
    auto phrases = json::array();

    for (const auto &[key, of] : counts.phrases)
        phrases.push_back({{"code", key.first},
                           {"template", key.second},
                           {"responses", of.responses},
                           {"example", of.example},
                           {"file", of.first.first},
                           {"frame", of.first.second}});
    auto reasons = json::array();

    for (const auto &one : reasons_of(counts, whole.methods()))
        reasons.push_back({{"protocol", one.protocol},
                           {"cause", one.cause},
                           {"code", code_or_null(one.code)},
                           {"method", one.method.empty() ? json() : json(one.method)},
                           {"times", one.times}});
    if (!whole.options().by.empty()) {
        auto rows = json::array();

        for (const auto *const one : sorted(counts.rows)) {
            auto values_of = json::array();
            std::string_view left = one->first;
            for (auto end = left.find('\0'); end != left.npos; end = left.find('\0')) {
                values_of.push_back(left.substr(0, end));
                left.remove_prefix(end + 1);
            }
            values_of.push_back(left);
            rows.push_back({{"values", std::move(values_of)}, {"responses", one->second}});
        }
        to["rows"] = std::move(rows);
    }
    auto left_out = json::array();

    for (const auto &[key, of] : counts.left_out)
        left_out.push_back({{"kind", key.kind},
                            {"number", key.number},
                            {"words", of.words},
                            {"unit", of.unit},
                            {"count", of.times},
                            {"looks_like_sip", of.looks_like_sip}});
    to["transports"] = std::move(transports);
    to["deviations"] = std::move(deviations);
    to["findings"] = std::move(findings);
    to["senders"] = std::move(senders);
    to["agents"] = std::move(agents);
    to["minutes"] = std::move(minutes);
    to["local_phrases"] = std::move(phrases);
    to["reasons"] = std::move(reasons);
    to["left_out"] = std::move(left_out);
}

} // namespace

nlohmann::ordered_json describe_for_readers(const summary &whole) {
    const auto &counts = whole.counts();
    json to{{"schema", document_schema}, {"kind", "sipstatus-stats"}};
    to["options"] = {{"by", whole.options().by}, {"choices", whole.options().choices}};
    auto inputs = json::array();
    for (const auto &one : whole.inputs())
        inputs.push_back({{"file", one.file},
                          {"digest", as_hex(one.digest.first) + as_hex(one.digest.second)},
                          {"frames", one.frames},
                          {"requests", one.requests},
                          {"responses", one.responses},
                          {"first_us", one.span.is_empty() ? json() : json(one.span.first)},
                          {"last_us", one.span.is_empty() ? json() : json(one.span.last)}});
    to["inputs"] = std::move(inputs);
    to["messages"] = {{"frames", counts.frames},         {"requests", counts.requests}, {"responses", counts.responses},
                      {"unreadable", counts.unreadable}, {"sipfrags", counts.sipfrags}, {"untied", counts.untied}};
    to["exact"] = counts.is_exact();
    to["approximate"] = json::object();
    for (std::size_t i = 0; i < shortfall_count; ++i)
        to["approximate"][std::string(name(static_cast<shortfall>(i)))] = counts.missing[i];
    add_responses(to, whole);
    add_methods(to, whole);
    add_sessions(to, whole);
    add_tables(to, whole);
    to["open"] = {{"count", whole.open_transactions()}};
    return to;
}

std::string write_document(const summary &whole) {
    auto to = describe_for_readers(whole);
    to["open"].update(describe(whole.open(), whole.methods()));
    return to.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
}

namespace {

// A value in the document, with the way to it, so that an error can say where it is.
class node {
public:
    node(const json &value, std::string path) : value_(value), path_(std::move(path)) {}

    [[noreturn]] void fail(std::string_view expected) const {
        throw document_error(fmt::format("{}: expected {}", path_.empty() ? "the document" : path_, expected));
    }
    node at(const char *key) const {
        if (!value_.is_object()) fail("an object");
        const auto place = value_.find(key);
        if (place == value_.end()) fail(fmt::format("a member \"{}\"", key));
        return {*place, path_.empty() ? key : fmt::format("{}.{}", path_, key)};
    }
    node at(std::size_t index) const {
        if (!value_.is_array() || index >= value_.size()) fail(fmt::format("an array of more than {} values", index));
        return {value_[index], fmt::format("{}[{}]", path_, index)};
    }
    bool has(const char *key) const { return value_.is_object() && value_.contains(key); }
    bool is_null() const { return value_.is_null(); }
    template <class Visit> void each(Visit visit) const {
        if (!value_.is_array()) fail("an array");
        for (std::size_t i = 0; i < value_.size(); ++i) visit(at(i));
    }
    std::string text() const {
        if (!value_.is_string()) fail("a string");
        return value_.get<std::string>();
    }
    std::string text_or_empty() const { return is_null() ? std::string() : text(); }
    amount number() const {
        if (!value_.is_number_integer() || (value_.is_number_unsigned() && value_.get<std::uint64_t>() > INT64_MAX))
            fail("an integer");
        return value_.get<amount>();
    }
    // From 0 to `most`.
    std::uint64_t number_up_to(std::uint64_t most) const {
        const auto one = number();
        if (one < 0 || static_cast<std::uint64_t>(one) > most) fail(fmt::format("an integer from 0 to {}", most));
        return static_cast<std::uint64_t>(one);
    }
    std::uint16_t code() const { return static_cast<std::uint16_t>(is_null() ? 0 : number_up_to(code_limit - 1)); }
    std::uint64_t hex(std::size_t from) const {
        const auto digits = text();
        std::uint64_t made = 0;
        const auto *const last = digits.data() + std::min(digits.size(), from + 16);
        if (digits.size() < from + 16 || std::from_chars(digits.data() + from, last, made, 16).ptr != last)
            fail("hexadecimal digits");
        return made;
    }

private:
    const json &value_;
    std::string path_;
};

histogram read_histogram(const node &from) {
    histogram made;
    from.at("buckets_us").each([&](const node &bucket) {
        const auto bound = bucket.at(std::size_t{0}).number_up_to(std::uint64_t{1} << histogram::longest_bits);
        const auto number = histogram::bucket_of(bound);
        if (histogram::bound_of(number) != bound) bucket.fail("a bound of schema 1");
        made.add_bucket(number, bucket.at(1).number());
    });
    if (from.at("count").number() != made.count()) from.fail("a count that is the sum of the buckets");
    made.add_sum(from.at("sum_us").number());
    return made;
}

party_counts read_party(const node &from) {
    party_counts made;
    made.requests = from.at("requests").number();
    from.at("codes").each(
        [&](const node &one) { made.add_response(one.at(std::size_t{0}).code(), one.at(1).number()); });
    return made;
}

std::int64_t read_minute(const node &from) {
    const auto text = from.text();
    selection parsed;
    try {
        parsed.set_since(text);
    } catch (const selection_error &) {
        from.fail("a time like 2026-11-20T09:00Z");
    }
    return parsed.since->seconds / 60;
}

host read_address(const node &from) {
    const auto text = from.text();
    host made;
    made.ipv6 = text.find(':') != text.npos;
    if (inet_pton(made.ipv6 ? AF_INET6 : AF_INET, text.c_str(), made.address.data()) != 1) from.fail("an address");
    return made;
}

std::size_t read_kind(const node &from) {
    const auto text = from.text();
    for (std::size_t kind = 0; kind < kind_limit; ++kind)
        if (kind_name(kind) == text) return kind;
    from.fail("a kind of phrase");
}

std::size_t read_rule(const node &from) {
    const auto text = from.text();
    for (std::size_t i = 0; i < rules().size(); ++i)
        if (hyphenated(rules()[i].name) == text) return i;
    from.fail("a rule of this version");
}

// Reads the sums of a document.
class reader {
public:
    reader(const node &from, method_table &methods, tally &to) : from_(from), methods_(methods), to_(to) {}

    void read() {
        const auto messages = from_.at("messages");
        to_.frames = messages.at("frames").number();
        to_.requests = messages.at("requests").number();
        to_.responses = messages.at("responses").number();
        to_.unreadable = messages.at("unreadable").number();
        to_.sipfrags = messages.at("sipfrags").number();
        to_.untied = messages.at("untied").number();
        for (std::size_t i = 0; i < shortfall_count; ++i)
            to_.missing[i] = from_.at("approximate").at(std::string(name(static_cast<shortfall>(i))).c_str()).number();
        read_methods();
        read_sessions();
        read_tables();
        read_parties();
    }

    open_pieces read_open() const {
        open_pieces made;
        const auto open = from_.at("open");
        open.at("transactions").each([&](const node &row) { made.transactions.push_back(read_transaction(row)); });
        open.at("calls").each([&](const node &row) {
            call_piece one;
            one.key = row.at(std::size_t{0}).hex(0);
            if (!row.at(1).is_null()) one.answered = row.at(1).number();
            if (!row.at(2).is_null()) one.ended = row.at(2).number();
            const auto flags = row.at(3).number_up_to(3);
            one.is_end_answered = (flags & 1) != 0;
            one.lacks_time = (flags & 2) != 0;
            made.calls.push_back(one);
        });
        return made;
    }

private:
    method_table::number method_of(const node &row) const {
        return row.is_null() ? method_table::none : methods_.number_of(row.text());
    }
    // What a row is counted under.
    method_counts &counts_of(const node &row) { return to_.method(to_.kept(method_of(row.at("method")))); }

    transaction_piece read_transaction(const node &row) const {
        const auto delay_of = [&](std::size_t at) {
            return row.at(at).is_null() ? no_delay : static_cast<delay>(row.at(at).number_up_to(no_delay - 1));
        };
        transaction_piece one;
        one.key = row.at(std::size_t{0}).hex(0);
        one.call = row.at(1).hex(0);
        one.method = methods_.number_of(row.at(2).text());
        one.first = row.at(3).number();
        one.last = static_cast<delay>(row.at(4).number_up_to(no_delay - 1));
        one.request = delay_of(5);
        one.trying = delay_of(6);
        one.provisional = delay_of(7);
        one.provisional_code = row.at(8).code();
        one.final = delay_of(9);
        one.final_code = row.at(10).code();
        row.at(11).each([&](const node &code) {
            if (one.code_count == one.codes.size()) row.fail("at most six codes");
            one.codes[one.code_count++] = code.code();
        });
        const auto flags = row.at(12).number_up_to(3);
        one.is_initial = (flags & 1) != 0;
        one.lacks_time = (flags & 2) != 0;
        return one;
    }

    void read_methods() {
        from_.at("methods").each([&](const node &row) {
            auto &of = counts_of(row);
            if (&of == &to_.method(method_table::other) && method_of(row.at("method")) != method_table::other)
                to_.fall_short(shortfall::methods, row.at("requests").number() + row.at("responses").number());
            of.requests += row.at("requests").number();
            of.tied_requests += row.at("tied_requests").number();
            of.transactions += row.at("transactions").number();
            of.answered += row.at("answered").number();
            of.without_request += row.at("without_request").number();
        });
        from_.at("responses").each([&](const node &row) {
            auto &of = counts_of(row);
            if (of.responses.empty()) of.responses.resize(code_limit * 8);
            of.responses[row.at("code").code() * 8u + read_kind(row.at("kind"))] += row.at("responses").number();
        });
        from_.at("transaction_responses").each([&](const node &row) {
            auto &of = counts_of(row);
            if (of.tied_responses.empty()) of.tied_responses.resize(code_limit);
            if (of.distinct_responses.empty()) of.distinct_responses.resize(code_limit);
            of.tied_responses[row.at("code").code()] += row.at("responses").number();
            of.distinct_responses[row.at("code").code()] += row.at("distinct").number();
        });
        from_.at("response_times").each([&](const node &row) {
            auto &of = counts_of(row);
            if (of.times.empty()) of.times.resize(code_limit);
            auto &one = of.times[row.at("code").code()];
            if (!one) one = std::make_unique<histogram>();
            one->add(read_histogram(row));
        });
    }

    void read_sessions() {
        const auto sessions = from_.at("sessions");
        to_.sessions.attempts = sessions.at("attempts").number();
        to_.sessions.completed = sessions.at("completed").number();
        sessions.at("finals").each(
            [&](const node &row) { to_.sessions.finals[row.at(std::size_t{0}).code()] = row.at(1).number(); });
        from_.at("delays").each([&](const node &row) {
            const auto name = row.at("name").text();
            if (name == "SRD") to_.sessions.request_delay = read_histogram(row);
            if (name == "SRD failed") to_.sessions.failed_request_delay = read_histogram(row);
            if (name == "SDT") to_.sessions.duration = read_histogram(row);
        });
    }

    void read_tables() {
        from_.at("transports").each([&](const node &row) {
            const auto text = row.at("transport").text_or_empty();
            for (std::size_t i = 0; i < to_.transports.size(); ++i)
                if (name(static_cast<transport>(i)) == text && (i == 0 || !text.empty())) {
                    to_.transports[i] = {row.at("requests").number(), row.at("responses").number()};
                    return;
                }
            row.fail("a transport of this version");
        });
        from_.at("deviations").each([&](const node &row) {
            const auto text = row.at("deviation").text();
            for (std::size_t i = 0; i < deviation_count; ++i)
                if (spelled(static_cast<deviation>(i)) == text) {
                    to_.deviations[i] = row.at("responses").number();
                    return;
                }
            row.fail("a deviation of this version");
        });
        to_.rules.resize(rules().size());
        from_.at("findings").each([&](const node &row) {
            auto &of = to_.rules[read_rule(row.at("rule"))];
            of.findings = row.at("findings").number();
            row.at("first").each(
                [&](const node &at) { of.add_place(at.at("file").text(), at.at("frame").number_up_to(INT64_MAX)); });
        });
        from_.at("reasons").each([&](const node &row) {
            const reason_key key{row.at("protocol").text(),
                                 static_cast<std::uint32_t>(row.at("cause").number_up_to(UINT32_MAX)),
                                 row.at("code").code(), method_of(row.at("method"))};
            if (auto *const sum = to_.reason(key))
                *sum = row.at("times").number();
            else
                to_.fall_short(shortfall::reasons, row.at("times").number());
        });
        from_.at("left_out").each([&](const node &row) {
            to_.left_out[{row.at("kind").text(),
                          static_cast<std::uint32_t>(row.at("number").number_up_to(UINT32_MAX))}] = {
                row.at("words").text(), row.at("unit").text(), row.at("count").number(),
                row.at("looks_like_sip").number()};
        });
    }

    void read_parties() {
        const auto put = [&](party_counts *to, const node &row, shortfall of) {
            const auto made = read_party(row);
            if (to)
                to->add(made, 1);
            else
                to_.fall_short(of, made.requests + made.all_responses());
        };
        from_.at("senders").each(
            [&](const node &row) { put(to_.address(read_address(row.at("address"))), row, shortfall::addresses); });
        from_.at("agents").each(
            [&](const node &row) { put(to_.agent(row.at("agent").text()), row, shortfall::agents); });
        from_.at("minutes").each([&](const node &row) {
            minute_counts made;
            made.requests = row.at("requests").number();
            amount all = made.requests;
            for (std::size_t i = 0; i < made.responses.size(); ++i)
                all += made.responses[i] = row.at("responses").at(i).number();
            if (auto *const to = to_.minute(read_minute(row.at("minute"))))
                *to = made;
            else
                to_.fall_short(shortfall::minutes, all);
        });
        from_.at("local_phrases").each([&](const node &row) {
            if (auto *const to = to_.phrase(row.at("code").code(), row.at("template").text()))
                *to = {row.at("responses").number(),
                       row.at("example").text(),
                       {row.at("file").text(), row.at("frame").number_up_to(INT64_MAX)}};
            else
                to_.fall_short(shortfall::phrases, row.at("responses").number());
        });
        if (!from_.has("rows")) return;
        from_.at("rows").each([&](const node &row) {
            std::string key;
            bool is_first = true;
            row.at("values").each([&](const node &value) {
                if (!is_first) key += '\0';
                is_first = false;
                key += value.text();
            });
            if (auto *const to = to_.row(key))
                *to = row.at("responses").number();
            else
                to_.fall_short(shortfall::rows, row.at("responses").number());
        });
    }

    const node &from_;
    method_table &methods_;
    tally &to_;
};

} // namespace

summary read_document(std::string_view text, method_table &methods, std::size_t most_octets) {
    json document;
    try {
        document = json::parse(text);
    } catch (const json::parse_error &error) {
        throw document_error(fmt::format("octet {}: not JSON: expected a summary, as stats -o json writes it",
                                         error.byte == 0 ? 0 : error.byte - 1));
    }
    const node root(document, "");
    if (!root.has("kind") || root.at("kind").text() != "sipstatus-stats")
        root.fail("a summary, as stats -o json writes it");
    if (const auto schema = root.at("schema").number(); schema != document_schema)
        throw document_error(
            fmt::format("a summary of schema {}: this version reads schema {}", schema, document_schema));
    summary_options options;
    options.by = root.at("options").at("by").text();
    root.at("options").at("choices").each([&](const node &one) { options.choices.push_back(one.text()); });
    std::vector<input_entry> inputs;
    root.at("inputs").each([&](const node &row) {
        inputs.push_back({row.at("file").text(),
                          {row.at("digest").hex(0), row.at("digest").hex(16)},
                          row.at("frames").number(),
                          row.at("requests").number(),
                          row.at("responses").number()});
        if (!row.at("first_us").is_null())
            inputs.back().span = {row.at("first_us").number(), row.at("last_us").number()};
    });
    std::sort(inputs.begin(), inputs.end(), [](const auto &a, const auto &b) { return a.digest < b.digest; });
    tally counts(most_octets);
    reader from(root, methods, counts);
    from.read();
    auto open = from.read_open();
    summary made(std::move(options), methods, most_octets);
    made.restore(std::move(inputs), std::move(counts), std::move(open));
    made.reopen();
    return made;
}

} // namespace sipstatus::tool
