#ifndef SIPSTATUS_TOOL_SIP_RULES_HPP
#define SIPSTATUS_TOOL_SIP_RULES_HPP

// What a finding can be about. A new rule of the tool is a row in rules.cpp.

#include "net/segment.hpp"

#include <sipstatus/sipstatus.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

enum class severity : std::uint8_t { error, warning, note };
std::string_view name(severity level);

// The names are those of the library's enumerators where it has one for the matter.
struct rule {
    std::string_view name; // with underscores
    severity level;
    std::string_view sentence;
    std::string_view section; // empty where no RFC has a say
};

// Every rule, errors first, then warnings, then notes.
const std::vector<rule> &rules();

// The rule of that name, which exists.
const rule &rule_named(std::string_view name);

// The rule's sentence, with its section.
std::string sentence_of(const rule &which);

// The rule about a message that was cut; empty for none.
std::string_view name(truncation cause);

// A code's reference with its section, "RFC 3261 section 21.4.24".
std::string reference_of(const registry_entry &row);

// A name with hyphens, as the tool writes it: client-error.
std::string hyphenated(std::string_view name);

} // namespace sipstatus::tool

#endif
