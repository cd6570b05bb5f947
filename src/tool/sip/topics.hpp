#ifndef SIPSTATUS_TOOL_SIP_TOPICS_HPP
#define SIPSTATUS_TOOL_SIP_TOPICS_HPP

// What `explain` can be asked about. In: the words of a user. Out: the topics they name.

#include "sip/findings.hpp"

#include <sipstatus/sipstatus.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sipstatus::tool {

// A code, a class, a rule of `check`, or a number that a stack makes up and that is no status code.
using topic = std::variant<status, status_class, rule, stack_code>;

// Every topic that the words name, compared without case: a code ("486"), its name ("busy-here"), a phrase ("Busy
// Here", all codes that have it), a class ("4xx", "client error", "Request Failure"), a rule ("bad-code"). A phrase may
// stand after its code ("486 Busy Here"). Empty where they name none.
std::vector<topic> find_topics(std::string_view words);

// The rows of the registry that are about the code, or the class.
std::vector<phrase_variant> variants_of(status code);
std::vector<class_name> names_of(status_class of);
std::vector<registry_entry> codes_of(status_class of);
// The rows of what stacks make up that have the code.
std::vector<stack_code> stacks_of(int code);

// What a user agent that does not know the code treats it as (RFC 3261 section 8.1.3.2).
status when_unrecognised(status code);
// The same for any code of the class.
status when_unrecognised(status_class of);

// Another code that has a phrase of this one.
struct shared_phrase {
    std::string_view phrase;
    status other;
    reason_kind kind; // what the phrase is to the other code
};
std::vector<shared_phrase> shared_phrases(status code);

// Up to three names of topics that the words may be a misspelling of, the nearest first.
std::vector<std::string> suggest(std::string_view words);

} // namespace sipstatus::tool

#endif
