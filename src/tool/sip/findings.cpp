#include "sip/findings.hpp"

#include "sip/phrase_remarks.hpp"
#include "start_line.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sipstatus::tool {

namespace {

// The finding of a rule that has nothing more to say than its sentence.
finding finding_of(std::string_view rule_name, std::optional<std::size_t> offset = std::nullopt,
                   std::size_t length = 1) {
    const auto &broken = rule_named(rule_name);
    return {broken.level, broken.name, offset, length, sentence_of(broken)};
}

// Whether octets are missing because of the capture, not because of the sender.
bool is_cut_by_capture(truncation cause) {
    return cause != truncation::none && cause != truncation::length;
}

void find_error(const response &answer, std::vector<finding> &to) {
    const auto &result = answer.result;
    const auto cause = answer.carrier.truncation;
    if (result.outcome == outcome::ok) return;
    if (result.outcome != outcome::incomplete) {
        to.push_back(finding_of(name(result.outcome), result.offset - 2 * result.leading_crlfs));
        return;
    }
    if (!is_cut_by_capture(cause)) to.push_back(finding_of(name(result.outcome), answer.line.size()));
    if (cause != truncation::none)
        to.push_back(
            finding_of(name(cause), is_cut_by_capture(cause) ? std::optional(answer.line.size()) : std::nullopt));
}

void find_deviations(const response &answer, std::vector<finding> &to) {
    const auto &line = answer.result.line;
    if (line.deviations.empty()) return;
    const auto first = to.size();
    for (const auto which : members(line.deviations)) {
        const auto offset = deviation_offset(line, which);
        to.push_back({severity::warning, name(which), std::nullopt, 1, sentence_of(rule_named(name(which)))});
        if (offset != npos) to.back().offset = offset;
    }
    std::stable_sort(to.begin() + static_cast<std::ptrdiff_t>(first), to.end(),
                     [](const finding &a, const finding &b) { return a.offset < b.offset; });
}

void note_code(const response &answer, std::vector<finding> &to) {
    const auto code = answer.result.line.code;
    const auto level = standing_of(code);
    if (level == standing::current) return;
    const auto number = to_int(code);
    const auto *row = find(code);
    std::string text;
    switch (level) {
    case standing::current: break;
    case standing::deprecated: text = fmt::format("{} is deprecated ({})", number, reference_of(*row)); break;
    case standing::historical:
        text = fmt::format("{} is historical: {} had it, RFC 3261 has not", number, reference_of(*row));
        break;
    case standing::unregistered:
        text = fmt::format(
            "{} is not registered: a user agent that does not know it treats it as {} (RFC 3261 section 8.1.3.2)",
            number, to_int(effective_status(code)));
        break;
    }
    to.push_back({severity::note, name(level), code_offset(answer.result.line), 3, std::move(text)});
}

void note_phrase(const response &answer, std::vector<finding> &to) {
    const auto &line = answer.result.line;
    if (line.kind == reason_kind::canonical) return;
    const auto number = to_int(line.code);
    const auto *row = find(line.code);
    const auto canonical =
        row ? fmt::format("the canonical phrase of {} is \"{}\" ({})", number, row->phrase, reference_of(*row))
            : fmt::format("{} has no canonical phrase", number);
    const auto source = match_reason(line.code, line.phrase).source;
    std::string text;
    switch (line.kind) {
    case reason_kind::canonical: break;
    case reason_kind::absent: text = fmt::format("no reason phrase: {}", canonical); break;
    case reason_kind::letter_case: text = fmt::format("other letter case: {}", canonical); break;
    case reason_kind::former: text = fmt::format("a former phrase, from {}: {}", source, canonical); break;
    case reason_kind::published: text = fmt::format("a published phrase, from {}: {}", source, canonical); break;
    case reason_kind::local: {
        const auto remarks = remarks_on(line.code, line.phrase);
        text = fmt::format("local wording: {}{}{}", remarks, remarks.empty() ? "" : "; ", canonical);
        break;
    }
    }
    const auto at = static_cast<std::size_t>(line.phrase.data() - answer.line.data());
    to.push_back({severity::note, name(line.kind), at, std::max<std::size_t>(line.phrase.size(), 1), std::move(text)});
}

// Whether the message ends where its Content-Length says.
template <class Extent> void find_wrong_end(const message &carrier, Extent extent_of, std::vector<finding> &to) {
    if (carrier.truncation != truncation::none || carrier.is_sipfrag) return;
    const std::optional<message_extent> extent = extent_of();
    if (!extent) return;
    if (carrier.is_in_stream) {
        if (!extent->content_length) to.push_back(finding_of("content_length_missing"));
        return;
    }
    if (!extent->content_length) return;
    auto body = carrier.octets.substr(extent->head_size);
    if (body.size() < *extent->content_length) return to.push_back(finding_of("content_length_too_long"));
    body.remove_prefix(static_cast<std::size_t>(*extent->content_length));
    if (body.find_first_not_of(std::string_view("\r\n\0", 3)) == body.npos) return; // a keep-alive, or padding
    to.push_back(finding_of(begins_like_sip(body) ? "second_message" : "octets_after_body"));
}

template <class Extent> void find_all(const response &answer, Extent extent_of, std::vector<finding> &to) {
    to.clear();
    if (const auto before = answer.carrier.octets_before; before != 0) {
        to.push_back(finding_of("octets_before_line", 0, before));
        to.back().text += fmt::format(": {} octet{}", before, before == 1 ? "" : "s");
        return;
    }
    find_error(answer, to);
    find_deviations(answer, to);
    if (answer.carrier.source) find_wrong_end(answer.carrier, extent_of, to);
    if (answer.carrier.has_conflict) to.push_back(finding_of("conflicting_overlap"));
    if (answer.carrier.is_sipfrag) to.push_back(finding_of("sipfrag"));
    if (answer.result.leading_crlfs != 0) to.push_back(finding_of("leading_crlf"));
    if (answer.is_readable() && answer.has_code()) note_code(answer, to);
    if (answer.result.outcome == outcome::ok) note_phrase(answer, to);
}

} // namespace

void find(const response &answer, std::vector<finding> &to) {
    find_all(
        answer, [&answer] { return read_extent(answer.carrier.octets); }, to);
}

void find(const response &answer, const std::optional<message_extent> &extent, std::vector<finding> &to) {
    find_all(
        answer, [&extent] { return extent; }, to);
}

} // namespace sipstatus::tool
