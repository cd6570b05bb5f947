#include "sip/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace sipstatus::tool {

namespace {

constexpr std::string_view phrase_section = "RFC 3261 section 7.2", registry_section = "RFC 3261 section 27.4";

// Rules that the library has no sentence for. The deviations and the errors have theirs there.
constexpr rule own_rules[] = {
    {"octets_before_line", severity::error,
     "expected the message to begin with \"SIP/2.0\": other octets stand before it", "RFC 3261 section 7"},
    {"content_length_missing", severity::warning,
     "expected a Content-Length: on a stream it alone says where the message ends", "RFC 3261 section 18.3"},
    {"content_length_too_long", severity::warning, "the datagram ends before the body that its Content-Length promises",
     "RFC 3261 section 18.3"},
    {"second_message", severity::warning,
     "another message stands after the body: a receiver discards it, for a datagram holds one",
     "RFC 3261 section 18.3"},
    {"octets_after_body", severity::note,
     "octets stand after the body that Content-Length ends: a receiver discards them", "RFC 3261 section 18.3"},
    {"conflicting_overlap", severity::warning,
     "octets of this message came twice, and not the same: those that came first are shown", ""},
    {"sipfrag", severity::note, "the line stands in the body of another message, of type message/sipfrag", "RFC 3420"},
    {name(reason_kind::absent), severity::note, "the reason phrase is empty, which the grammar allows", phrase_section},
    {name(reason_kind::letter_case), severity::note,
     "the reason phrase is the canonical one but for the case of letters", phrase_section},
    {name(reason_kind::former), severity::note, "the reason phrase is one that an RFC printed for this code before",
     phrase_section},
    {name(reason_kind::published), severity::note,
     "the reason phrase is one that well-known lists or other standards print for this code", phrase_section},
    {name(reason_kind::local), severity::note,
     "the reason phrase is local wording: no known list prints it for this code", phrase_section},
    {name(standing::deprecated), severity::note, "the code is registered, and marked as no longer to be sent",
     registry_section},
    {name(standing::historical), severity::note, "the code was in RFC 2543 and is not in RFC 3261", registry_section},
    {name(standing::unregistered), severity::note,
     "the code is not in the registry: a user agent that does not know it treats it as its class's x00, a 1xx as 183",
     "RFC 3261 section 8.1.3.2"},
    {"leading_crlf", severity::note,
     "empty lines stand before the status line: a receiver skips them on a stream, a datagram has no use for them",
     "RFC 3261 section 7.5"},
    {"cut_by_capture", severity::note, "the capture kept only the first octets of the packet (its snapshot length)",
     ""},
    {"cut_by_file", severity::note, "the capture file ends within the packet", ""},
    {"cut_by_fragment", severity::note, "the fragments of the IP packet that follow are not in the capture", ""},
    {"cut_by_length", severity::note, "a length in the packet's headers promises more octets than the packet had", ""},
    {"cut_by_gap", severity::note, "the octets of the stream that follow are not in the capture", ""},
};

} // namespace

std::string_view name(severity level) {
    switch (level) {
    case severity::error: return "error";
    case severity::warning: return "warning";
    case severity::note: return "note";
    }
    return {};
}

std::string_view name(truncation cause) {
    switch (cause) {
    case truncation::none: return {};
    case truncation::snapshot: return "cut_by_capture";
    case truncation::file: return "cut_by_file";
    case truncation::fragment: return "cut_by_fragment";
    case truncation::length: return "cut_by_length";
    case truncation::gap: return "cut_by_gap";
    }
    return {};
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
        list.insert(list.end(), std::begin(own_rules), std::end(own_rules));
        std::stable_sort(list.begin(), list.end(), [](const rule &a, const rule &b) { return a.level < b.level; });
        return list;
    }();
    return all;
}

const rule &rule_named(std::string_view name) {
    return *std::find_if(rules().begin(), rules().end(), [name](const rule &one) { return one.name == name; });
}

std::string sentence_of(const rule &which) {
    return which.section.empty() ? std::string(which.sentence) : fmt::format("{} ({})", which.sentence, which.section);
}

std::string reference_of(const registry_entry &row) {
    return row.section.empty() ? std::string(row.reference) : fmt::format("{} section {}", row.reference, row.section);
}

std::string hyphenated(std::string_view name) {
    std::string text(name);
    std::replace(text.begin(), text.end(), '_', '-');
    return text;
}

} // namespace sipstatus::tool
