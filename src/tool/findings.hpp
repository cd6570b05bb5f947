#ifndef SIPSTATUS_TOOL_FINDINGS_HPP
#define SIPSTATUS_TOOL_FINDINGS_HPP

// The fifth stage. In: a message that claims to be a response. Out: the response, and what there is to say about it.

#include "framing.hpp"

#include <sipstatus/sipstatus.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

// A message and what the parser made of it.
struct response {
    const message &from;
    parse_result read;
    std::string_view line; // from its first octet, after leading CRLFs, without its line end

    // Whether there is a response to list: a whole line, or what there is of one that was cut short.
    bool is_readable() const noexcept { return !is_error(read.outcome); }
    // Of a readable one, whether its code is known.
    bool has_code() const noexcept { return to_int(read.line.code) != 0; }
};

// `from` must outlive the response.
response read_response(const message &from);

// The deviations of a set, in the library's order.
std::vector<deviation> members(deviations set);

enum class severity { error, warning, note };
std::string_view name(severity level);

// What a finding can be about, by the name that is printed behind it. The names are those of the library's enumerators
// where it has one for the matter.
struct rule {
    std::string_view name; // with underscores
    severity level;
    std::string_view sentence;
    std::string_view section; // empty where no RFC has a say
};

// Every rule, errors first, then warnings, then notes.
const std::vector<rule> &rules();

struct finding {
    severity level;
    std::string_view rule;             // a rule's name
    std::optional<std::size_t> offset; // in the line; nothing where the matter has no place there
    std::size_t length;                // of what it is about, from the offset on; at least 1
    std::string text;                  // plain ASCII, but for what the registry prints
};

// Puts what there is to say about the response into `to`: the error with the note that explains it, then warnings by
// offset, then notes.
void find(const response &about, std::vector<finding> &to);

} // namespace sipstatus::tool

#endif
