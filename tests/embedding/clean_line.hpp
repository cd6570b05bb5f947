#ifndef SIPSTATUS_EMBEDDING_CLEAN_LINE_HPP
#define SIPSTATUS_EMBEDDING_CLEAN_LINE_HPP

// A status line that deviates, written anew for the next hop.

#include <sipstatus/status_line.hpp>

namespace sipstatus::embedding {

// Writes the line without deviation to [first, last). The phrase is kept where it has no deviation; otherwise the
// canonical one takes its place, because its octets are what is wrong.
inline write_result write_clean(char *first, char *last, const status_line &line) noexcept {
    constexpr deviations of_phrase{deviation::control_octet, deviation::delimiter_octet, deviation::bad_escape,
                                   deviation::bad_octet, deviation::not_utf8};
    if ((line.deviations & of_phrase).empty()) return write(first, last, line.code, line.phrase);
    return write(first, last, line.code);
}

} // namespace sipstatus::embedding

#endif
