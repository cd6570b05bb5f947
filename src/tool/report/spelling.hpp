#ifndef SIPSTATUS_TOOL_REPORT_SPELLING_HPP
#define SIPSTATUS_TOOL_REPORT_SPELLING_HPP

// How times, addresses and names are written in every format.

#include "net/segment.hpp"
#include "octet_text.hpp"
#include "sip/rules.hpp"

#include <string>

namespace sipstatus::tool {

// An enumerator's name as the tool writes it: client-error.
template <class Enum> std::string spelled(Enum value) {
    return hyphenated(name(value));
}

// RFC 3339, UTC, nine digits of a second. Empty outside the years 0 to 9999.
std::string as_time(const timestamp &time);

// "192.0.2.1:5060", "[2001:db8::1]:5060".
std::string as_text(const endpoint &at);

} // namespace sipstatus::tool

#endif
