#ifndef SIPSTATUS_FIELD_ERROR_HPP
#define SIPSTATUS_FIELD_ERROR_HPP

// Why a header field's value cannot be read or written.

#include <sipstatus/status_line.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {

// What was expected of a header field's value and was not there. field_error.def has their sentences.
enum class field_error : std::uint8_t {
#define SIPSTATUS_FIELD_ERROR(name, section, expected) name,
#include <sipstatus/field_error.def>
};

// The sentence of an error, from field_error.def.
SIPSTATUS_API explanation message(field_error error) noexcept;

} // namespace sipstatus::inline SIPSTATUS_ABI

#endif
