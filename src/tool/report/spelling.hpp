#ifndef SIPSTATUS_TOOL_REPORT_SPELLING_HPP
#define SIPSTATUS_TOOL_REPORT_SPELLING_HPP

// How times, addresses, numbers and names are written in every format.

#include "net/segment.hpp"
#include "octet_text.hpp"
#include "sip/rules.hpp"
#include "sip/selection.hpp"

#include <array>
#include <charconv>
#include <string>
#include <string_view>

namespace sipstatus::tool {

// An enumerator's name as the tool writes it: client-error.
template <class Enum> std::string spelled(Enum value) {
    return hyphenated(name(value));
}

// RFC 3339, UTC, nine digits of a second. Empty outside the years 0 to 9999. What is not known of a time in a log is
// left out: "2026-11-20T09:00:00.000000000", "11-20T09:00:00.000000000", "09:00:00.000000000".
std::string as_time(const timestamp &time);

// The day and the time of day of as_time(), empty where it is not known.
std::string_view day_of(std::string_view time);
std::string_view time_of_day_of(std::string_view time);

// "192.0.2.1:5060", "[2001:db8::1]:5060"; "192.0.2.1" without a port, as a log may have it.
std::string as_text(const endpoint &at);

// An address without a port: "192.0.2.1", "2001:db8::1".
std::string as_text(const host &at);

// The same, at the end of a string and without a string of their own: for rows.
inline void append_name(std::string &to, std::string_view name) {
    const auto start = to.size();
    to += name;
    for (auto at = start; at < to.size(); ++at)
        if (to[at] == '_') to[at] = '-';
}
template <class Enum> void append_spelled(std::string &to, Enum value) {
    append_name(to, name(value));
}
template <class Number> void append_number(std::string &to, Number value) {
    char digits[24];
    to.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

// Times and addresses for the rows of one report. Rows repeat them, so it keeps what it spelled last.
class speller {
public:
    void append(std::string &to, const timestamp &time);
    void append(std::string &to, const endpoint &at);

private:
    struct spelled_endpoint {
        endpoint at;
        std::string text; // empty for none
    };

    std::array<spelled_endpoint, 256> endpoints_; // by a hash
    std::int64_t second_ = 0;
    time_basis basis_ = time_basis::utc;
    std::string second_text_; // "2026-11-20T09:48:51.", empty for none
};

} // namespace sipstatus::tool

#endif
