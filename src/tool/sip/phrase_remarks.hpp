#ifndef SIPSTATUS_TOOL_SIP_PHRASE_REMARKS_HPP
#define SIPSTATUS_TOOL_SIP_PHRASE_REMARKS_HPP

// What a local phrase says, in words: that it is another code's, names one, repeats its own, or goes on after the
// canonical one.

#include <sipstatus/sipstatus.hpp>

#include <string>
#include <string_view>

namespace sipstatus::tool {

// Empty where there is nothing to say. Octets of the phrase are not in it.
std::string remarks_on(status code, std::string_view phrase);

} // namespace sipstatus::tool

#endif
