#include "findings.hpp"

#include "spelling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sipstatus::tool {

namespace {

// The notes. The deviations and errors have their sentences in the library.
constexpr std::string_view phrase_section = "RFC 3261 section 7.2", registry_section = "RFC 3261 section 27.4";
constexpr rule phrase_and_code_notes[] = {
    {name(reason_kind::absent), severity::note, "the reason phrase is empty, which the grammar allows", phrase_section},
    {name(reason_kind::letter_case), severity::note,
     "the reason phrase is the canonical one but for the case of letters", phrase_section},
    {name(reason_kind::former), severity::note, "the reason phrase is one that an RFC printed for this code before",
     phrase_section},
    {name(reason_kind::published), severity::note,
     "the reason phrase is one that well-known lists or other standards print for this code", phrase_section},
    {name(reason_kind::local), severity::note,
     "the reason phrase is local wording: no list that is known prints it for this code", phrase_section},
    {name(standing::deprecated), severity::note, "the code is registered, and marked as no longer to be sent",
     registry_section},
    {name(standing::historical), severity::note, "the code was in RFC 2543 and is not in RFC 3261", registry_section},
    {name(standing::unregistered), severity::note,
     "the code is not in the registry: a user agent that does not know it treats it as its class's x00, a 1xx as 183",
     "RFC 3261 section 8.1.3.2"}};
constexpr rule leading_crlf{
    "leading_crlf", severity::note,
    "empty lines stand before the status line: a receiver skips them on a stream, a datagram has no use for them",
    "RFC 3261 section 7.5"};

struct cut_note {
    cut missing;
    rule about;
};
constexpr cut_note cut_notes[] = {
    {cut::capture,
     {"cut_by_capture", severity::note, "the capture kept only the first octets of the packet (its snapshot length)",
      ""}},
    {cut::file, {"cut_by_file", severity::note, "the capture file ends within the packet", ""}},
    {cut::fragment,
     {"cut_by_fragment", severity::note, "the packet is the first of several IP fragments, the rest is in the others",
      ""}},
    {cut::length,
     {"cut_by_length", severity::note, "a length in the packet's headers promises more octets than the packet had",
      ""}}};

std::string sentence(const explanation &of) {
    return of.section.empty() ? std::string(of.expected) : fmt::format("{} ({})", of.expected, of.section);
}

// The finding of a note that has no place in the line.
finding finding_of(const rule &note) {
    return {note.level, note.name, std::nullopt, 1, sentence({note.sentence, note.section})};
}

void find_deviations(const response &about, std::vector<finding> &to) {
    const auto &line = about.read.line;
    if (line.deviations.empty()) return;
    const auto first = to.size();
    for (const auto which : members(line.deviations)) {
        const auto offset = deviation_offset(line, which);
        to.push_back({severity::warning, name(which), std::nullopt, 1, sentence(sipstatus::message(which))});
        if (offset != npos) to.back().offset = offset;
    }
    std::stable_sort(to.begin() + static_cast<std::ptrdiff_t>(first), to.end(),
                     [](const finding &a, const finding &b) { return a.offset < b.offset; });
}

void note_code(const response &about, std::vector<finding> &to) {
    const auto code = about.read.line.code;
    const auto level = standing_of(code);
    if (level == standing::current) return;
    const auto number = to_int(code);
    const auto *row = find(code);
    const auto where = static_cast<std::size_t>(about.read.line.version.size()) + 1;
    // The code stands before the separator of the phrase, whatever separates it from the version.
    const auto at = about.line.find(fmt::format("{}", number), where);
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
    to.push_back({severity::note, name(level), at, 3, std::move(text)});
}

void note_phrase(const response &about, std::vector<finding> &to) {
    const auto &line = about.read.line;
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
    case reason_kind::local: text = fmt::format("local wording: {}", canonical); break;
    }
    const auto at = static_cast<std::size_t>(line.phrase.data() - about.line.data());
    to.push_back({severity::note, name(line.kind), at, std::max<std::size_t>(line.phrase.size(), 1), std::move(text)});
}

} // namespace

std::string_view name(severity level) {
    switch (level) {
    case severity::error: return "error";
    case severity::warning: return "warning";
    case severity::note: return "note";
    }
    return {};
}

response read_response(const message &from) {
    response result{from, parse(from.octets), from.octets};
    result.line.remove_prefix(2 * result.read.leading_crlfs);
    if (const auto end = result.line.find('\n'); end != result.line.npos) {
        result.line = result.line.substr(0, end);
        if (!result.line.empty() && result.line.back() == '\r') result.line.remove_suffix(1);
    } else if (result.read.outcome == outcome::incomplete && !result.line.empty() && result.line.back() == '\r') {
        result.line.remove_suffix(1);
    }
    return result;
}

std::vector<deviation> members(deviations set) {
    std::vector<deviation> list;
    for (std::size_t i = 0; i < deviation_count; ++i)
        if (const auto which = static_cast<deviation>(i); set.contains(which)) list.push_back(which);
    return list;
}

const std::vector<rule> &rules() {
    static const std::vector<rule> all = [] {
        std::vector<rule> list;
        const auto add = [&list](auto value, severity level) {
            const auto [expected, section] = sipstatus::message(value);
            list.push_back({name(value), level, expected, section});
        };
#define SIPSTATUS_OUTCOME(enumerator, section, expected)                                                               \
    if (outcome::enumerator != outcome::ok) add(outcome::enumerator, severity::error);
#define SIPSTATUS_DEVIATION(enumerator, section, expected) add(deviation::enumerator, severity::warning);
#include <sipstatus/status_line.def>
        list.insert(list.end(), std::begin(phrase_and_code_notes), std::end(phrase_and_code_notes));
        list.push_back(leading_crlf);
        for (const auto &[missing, note] : cut_notes) list.push_back(note);
        return list;
    }();
    return all;
}

void find(const response &about, std::vector<finding> &to) {
    to.clear();
    const auto &read = about.read;
    if (read.outcome != outcome::ok) {
        const auto offset = about.is_readable() ? about.line.size() : read.offset - 2 * read.leading_crlfs;
        to.push_back({severity::error, name(read.outcome), offset, 1, sentence(sipstatus::message(read.outcome))});
    }
    if (read.outcome == outcome::incomplete)
        for (const auto &[missing, note] : cut_notes)
            if (about.from.missing == missing) to.push_back(finding_of(note));
    find_deviations(about, to);
    if (read.leading_crlfs != 0) to.push_back(finding_of(leading_crlf));
    if (about.is_readable() && about.has_code()) note_code(about, to);
    if (read.outcome == outcome::ok) note_phrase(about, to);
}

} // namespace sipstatus::tool
