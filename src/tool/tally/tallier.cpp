#include "tally/tallier.hpp"

#include "report/spelling.hpp"
#include "start_line.hpp"
#include "tally/phrase_template.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sipstatus::tool {

namespace {

host host_of(const endpoint &at) noexcept {
    return {at.ipv6, at.address};
}

std::uint64_t hash_of(const host &one) noexcept {
    return tool::hash_of({reinterpret_cast<const char *>(one.address.data()), one.ipv6 ? std::size_t{16} : 4},
                         one.ipv6);
}

// The year 9999 ends with it.
constexpr std::int64_t latest_second = 253'402'300'799;

std::int64_t minute_number(const timestamp &time) noexcept {
    return time.seconds / 60;
}

// Whether its day is known, and the year can be written.
bool has_minute(const message &carrier) noexcept {
    return carrier.time && carrier.time->basis <= time_basis::no_zone && carrier.time->seconds >= 0 &&
           carrier.time->seconds <= latest_second;
}

// Of a request, before its URI.
std::string_view method_of(std::string_view octets) noexcept {
    octets.remove_prefix(std::min(octets.find_first_not_of("\r\n"), octets.size()));
    return octets.substr(0, octets.find(' '));
}

std::size_t header_of_request(std::string_view octets) noexcept {
    const auto start = std::min(octets.find_first_not_of("\r\n"), octets.size());
    return std::min(octets.find('\n', start), octets.size() - 1) + 1;
}

} // namespace

tallier::tallier(const selection &wanted, method_table &methods, const tally_options &options)
    : wanted_(wanted), methods_(methods), options_(options), counts_(options.most_octets),
      transactions_(counts_, options.most_transactions) {
    const auto &w = wanted_;
    chooses_messages_ =
        !w.methods.empty() || !w.call_ids.empty() || !w.hosts.empty() || !w.ports.empty() || w.since || w.until;
    counts_.rules.resize(rules().size());
}

void tallier::digest(std::uint64_t a, std::uint64_t b) noexcept {
    digest_.first = mix(digest_.first ^ a, b);
    digest_.second = mix(digest_.second + a, digest_.first ^ b);
}

void tallier::push(const response &item) {
    const auto &carrier = item.carrier;
    const auto fields = read_exchange_fields(carrier.octets, item.result.consumed);
    const bool is_readable = item.is_readable() && carrier.octets_before == 0;
    const auto method = number_of(is_readable ? fields.call.method : std::string_view{});
    const auto code = static_cast<std::uint16_t>(is_readable ? to_int(item.result.line.code) : 0);
    digest(carrier.frames.last << 16 | code,
           item.result.line.kind == reason_kind::canonical && is_readable ? 0 : tool::hash_of(item.line));
    findings_.clear();
    const bool is_counted = wanted_.admits_line(item);
    if (is_counted) {
        count_findings(item, fields);
        if (is_readable)
            count_line(item, fields, method);
        else
            ++counts_.unreadable;
    }
    if (log_ && !carrier.is_sipfrag) log_response(item, fields, code, is_counted);
    if (item.result.outcome == outcome::ok && is_readable && !carrier.is_sipfrag) tie(carrier, fields, method, code);
}

method_table::number tallier::number_of(std::string_view name) {
    const auto number = counts_.kept(methods_.number_of(name));
    if (number == method_table::other && name != methods_.name_of(number)) counts_.fall_short(shortfall::methods);
    return number;
}

void tallier::count_findings(const response &item, const exchange_fields &fields) {
    const auto extent = fields.extent.head_size != 0 ? std::optional(fields.extent) : std::nullopt;
    find(item, extent, findings_);
    for (const auto &one : findings_) {
        auto &of = counts_.rules[rule_number(one.rule)];
        ++of.findings;
        of.add_place(name_of(item.carrier.file), item.carrier.frames.last);
    }
}

const std::string &tallier::name_of(std::string_view file) {
    if (file_ != file) {
        file_ = file;
        file_text_ = as_text(file);
    }
    return file_text_;
}

void tallier::count_line(const response &item, const exchange_fields &fields, method_table::number method) {
    const auto &carrier = item.carrier;
    const auto &line = item.result.line;
    const auto code = static_cast<std::uint16_t>(to_int(line.code));
    const auto kind = item.result.outcome == outcome::ok ? static_cast<std::size_t>(line.kind) : no_kind;
    ++counts_.responses;
    if (carrier.is_sipfrag) ++counts_.sipfrags;
    auto &of = counts_.method(method);
    if (of.responses.empty()) of.responses.resize(code_limit * 8);
    ++of.responses[code * 8u + kind];
    ++counts_.transports[static_cast<std::size_t>(carrier.transport)].second;
    if (!line.deviations.empty())
        for (const auto which : members(line.deviations)) ++counts_.deviations[static_cast<std::size_t>(which)];
    if (auto *const sender = address_of(carrier)) sender->add_response(code);
    if (auto *const agent = agent_of(fields.agent)) agent->add_response(code);
    if (auto *const minute = minute_of(carrier)) ++minute->responses[code / 100u];
    if (kind == static_cast<std::size_t>(reason_kind::local)) {
        if (auto *const phrase = counts_.phrase(code, as_text(template_of(line.phrase)))) {
            const frame_place here(name_of(carrier.file), carrier.frames.last);
            const auto example = as_text(line.phrase.substr(0, longest_template));
            if (phrase->responses == 0 || example < phrase->example) phrase->example = example;
            if (phrase->responses == 0 || here < phrase->first) phrase->first = here;
            ++phrase->responses;
        } else {
            counts_.fall_short(shortfall::phrases);
        }
    }
    if (fields.reason_count != 0) count_reasons(fields, code, method);
    if (!options_.by.empty()) count_row(item, fields);
}

void tallier::count_reasons(const exchange_fields &fields, std::uint16_t code, method_table::number method) {
    constexpr std::size_t longest_protocol = 32;
    for (std::size_t i = 0; i < fields.reason_count; ++i)
        for_each_reason(fields.reasons[i], [&](const reason_value &value) {
            if (value.protocol.empty()) return;
            const reason_key key{as_text(value.protocol.substr(0, longest_protocol)), value.cause, code, method};
            if (auto *const sum = counts_.reason(key))
                ++*sum;
            else
                counts_.fall_short(shortfall::reasons);
        });
}

void tallier::count_row(const response &item, const exchange_fields &fields) {
    const auto &carrier = item.carrier;
    const auto &line = item.result.line;
    const bool coded = item.has_code();
    std::string key;
    for (const auto one : options_.by) {
        if (one != options_.by.front()) key += '\0';
        switch (one) {
        case column::klass: key += coded ? spelled(class_of(line.code)) : ""; break;
        case column::code: key += coded ? fmt::format("{}", to_int(line.code)) : ""; break;
        case column::phrase: key += as_text(template_of(line.phrase)); break;
        case column::kind: key += item.result.outcome == outcome::ok ? spelled(line.kind) : "incomplete"; break;
        case column::method: key += as_text(fields.call.method.substr(0, method_table::longest)); break;
        case column::sender: key += carrier.source ? as_text(host_of(*carrier.source)) : ""; break;
        case column::agent: key += as_text(fields.agent.substr(0, longest_agent)); break;
        case column::transport: key += name(carrier.transport); break;
        case column::minute:
            key += carrier.time && carrier.time->basis <= time_basis::no_zone
                       ? as_time({minute_number(*carrier.time) * 60, 0}).substr(0, 16)
                       : "";
            break;
        }
    }
    if (auto *const sum = counts_.row(key))
        ++*sum;
    else
        counts_.fall_short(shortfall::rows);
}

void tallier::push_request(const message &item) {
    const auto header = header_of_request(item.octets);
    if (chooses_messages_ && !wanted_.admits(item, header)) return;
    const auto fields = read_exchange_fields(item.octets, header);
    const auto name = method_of(item.octets);
    const auto method = number_of(name);
    digest(item.frames.last << 16 | 0xffff, tool::hash_of(name));
    ++counts_.requests;
    ++counts_.method(method).requests;
    ++counts_.transports[static_cast<std::size_t>(item.transport)].first;
    if (auto *const sender = address_of(item)) ++sender->requests;
    if (auto *const agent = agent_of(fields.agent)) ++agent->requests;
    if (auto *const minute = minute_of(item)) ++minute->requests;
    if (fields.reason_count != 0) count_reasons(fields, 0, method);
    if (log_) log_request(item, fields, name);
    // ACK is never answered (RFC 3261 section 17).
    if (method != method_table::ack) tie(item, fields, method, 0);
}

void tallier::log_response(const response &item, const exchange_fields &fields, std::uint16_t code, bool is_counted) {
    if (is_counted && code != 0 && has_minute(item.carrier)) log_->times.add(item.carrier.time->seconds, code / 100u);
    auto label = item.line;
    if (code != 0) label.remove_prefix(std::min(label.find(' ') + 1, label.size()));
    log_->calls.add(item.carrier, fields, label, code, false, findings_);
}

void tallier::log_request(const message &item, const exchange_fields &fields, std::string_view method) {
    findings_.clear();
    if (has_minute(item)) log_->times.add(item.time->seconds, 0);
    log_->calls.add(item, fields, method, 0, true, findings_);
}

void tallier::tie(const message &carrier, const exchange_fields &fields, method_table::number method,
                  std::uint16_t code) {
    if (!carrier.source || !carrier.destination) return; // of a text
    if (fields.call.call_id.empty() || !fields.call.cseq) {
        ++counts_.untied;
        return;
    }
    const auto call = tool::hash_of(fields.call.call_id);
    exchange_event event;
    event.key = mix(call ^ *fields.call.cseq, tool::hash_of(fields.branch(), methods_.hash_of(method)));
    event.method = method;
    event.code = code;
    // Until the year 10000, so that microseconds have room.
    event.lacks_time = !carrier.time || carrier.time->seconds < 0 || carrier.time->seconds > latest_second;
    if (!event.lacks_time) event.time = carrier.time->seconds * 1'000'000 + carrier.time->nanoseconds / 1000;
    if (method == method_table::invite || method == method_table::bye) {
        // The same from both sides.
        event.call = mix(call, hash_of(host_of(*carrier.source)) + hash_of(host_of(*carrier.destination)));
        event.is_initial = code == 0 && method == method_table::invite && !fields.has_to_tag();
    }
    digest(event.key, static_cast<std::uint64_t>(event.time));
    auto &of = counts_.method(method);
    if (code == 0) {
        ++of.tied_requests;
    } else {
        if (of.tied_responses.empty()) of.tied_responses.resize(code_limit);
        ++of.tied_responses[code];
    }
    transactions_.push(event);
}

party_counts *tallier::address_of(const message &carrier) {
    if (!carrier.source) return nullptr;
    const auto at = host_of(*carrier.source);
    const auto &a = at.address;
    auto &known = addresses_[(a[3] * 31u + a[2] * 7u + a[15] * 13u + a[14]) % addresses_.size()];
    if (!known.counts || !(known.at == at)) {
        known = {at, counts_.address(at)};
        if (!known.counts) counts_.fall_short(shortfall::addresses);
    }
    return known.counts;
}

party_counts *tallier::agent_of(std::string_view name) {
    if (name.empty()) return nullptr;
    name = name.substr(0, longest_agent);
    auto &known = agents_[tool::hash_of(name) % agents_.size()];
    if (known.counts && known.name == name) return known.counts;
    auto *const counts = counts_.agent(as_text(name));
    if (counts)
        known = {std::string(name), counts};
    else
        counts_.fall_short(shortfall::agents);
    return counts;
}

minute_counts *tallier::minute_of(const message &carrier) {
    if (!has_minute(carrier)) return nullptr;
    const auto number = minute_number(*carrier.time);
    if (number == last_minute_ && last_minute_counts_) return last_minute_counts_;
    last_minute_ = number;
    last_minute_counts_ = counts_.minute(number);
    if (!last_minute_counts_) counts_.fall_short(shortfall::minutes);
    return last_minute_counts_;
}

void tallier::end_input(std::uint64_t frames, const account &left_out) {
    transactions_.finish();
    counts_.frames += static_cast<amount>(frames);
    counts_.add_left_out(left_out);
    digest(frames, left_out.frames());
}

} // namespace sipstatus::tool
