#ifndef SIPSTATUS_TESTS_RESULTS_HPP
#define SIPSTATUS_TESTS_RESULTS_HPP

// Results compared, and spelled for a failure's report.

#include "reference_automaton.hpp"

#include <sipstatus/names.hpp>

#include <string>
#include <string_view>

inline std::string spelled(std::string_view octets) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string text;
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet >= 0x20 && octet < 0x7F && c != '\\')
            text += c;
        else
            text.append("\\x").append(1, hex[octet >> 4]).append(1, hex[octet & 15]);
    }
    return text;
}

inline std::string spelled(sipstatus::deviations set) {
    std::string text;
    for (const auto which : reference_automaton::every_deviation())
        if (set.contains(which)) text.append(text.empty() ? "" : "+").append(name(which));
    return text.empty() ? "none" : text;
}

inline std::string spelled(sipstatus::parse_options options) {
    return "tolerated " + spelled(options.tolerated) + ", limit " + std::to_string(options.limit) +
           (options.whole_input ? ", whole input" : "");
}

inline std::string spelled(const sipstatus::parse_result &result) {
    std::string text(name(result.outcome));
    text += " offset " + std::to_string(result.offset) + " consumed " + std::to_string(result.consumed) + " leading " +
            std::to_string(result.leading_crlfs);
    if (result.outcome == sipstatus::outcome::not_tolerated) text.append(" refused ").append(name(result.refused));
    text += " version '" + spelled(result.line.version) + "' code " + std::to_string(to_int(result.line.code)) +
            " phrase '" + spelled(result.line.phrase) + "' kind ";
    return text.append(name(result.line.kind)) + " deviations " + spelled(result.line.deviations);
}

// The same octets at the same place. Where an empty view stands matters only in a complete line.
inline bool same_view(std::string_view a, std::string_view b, bool complete) {
    return a.size() == b.size() && (a.data() == b.data() || (a.empty() && !complete));
}

// Equal in all that has a meaning.
inline bool same(const sipstatus::parse_result &a, const sipstatus::parse_result &b) {
    const bool complete = a.outcome == sipstatus::outcome::ok;
    return a.outcome == b.outcome && a.offset == b.offset && a.consumed == b.consumed &&
           a.leading_crlfs == b.leading_crlfs &&
           (a.outcome != sipstatus::outcome::not_tolerated || a.refused == b.refused) &&
           same_view(a.line.version, b.line.version, complete) && a.line.code == b.line.code &&
           same_view(a.line.phrase, b.line.phrase, complete) && a.line.kind == b.line.kind &&
           a.line.deviations == b.line.deviations;
}

#endif
