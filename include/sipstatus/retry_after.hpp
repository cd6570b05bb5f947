#ifndef SIPSTATUS_RETRY_AFTER_HPP
#define SIPSTATUS_RETRY_AFTER_HPP

// The Retry-After header field (RFC 3261 section 20.33). In: its value, what stands after the colon, without the line
// end of the last line; it may be folded. Out: numbers, and views of the value. No copy, no allocation, no exception.
// retry_after_of() in handling.hpp says whether it means anything beside a code.

#include <sipstatus/field_error.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {

// The value of a Retry-After header field (RFC 3261 section 20.33). The views point into it.
struct retry_after {
    std::uint32_t seconds = 0;     // after the response, until it is worth a try
    std::uint32_t duration = 0;    // seconds for which it then is; 0 also where there is no such parameter
    bool has_duration = false;     // without it, the time after `seconds` is open
    std::string_view comment{};    // between the outer parentheses, as it stands
    std::string_view parameters{}; // from the first ";" on, as they stand; empty if there are none
};

// What read_retry_after() tells.
struct retry_after_result {
    retry_after value{};                   // empty on an error
    std::size_t offset = 0;                // of the octet that decided an error
    field_error error = field_error::none; // why the value cannot be read

    constexpr explicit operator bool() const noexcept { return error == field_error::none; }
};

// Reads the whole value. A number above 2^32 - 1 is an error.
SIPSTATUS_API retry_after_result read_retry_after(std::string_view value) noexcept;

} // namespace sipstatus::inline SIPSTATUS_ABI

#endif
