#ifndef SIPSTATUS_NAMES_HPP
#define SIPSTATUS_NAMES_HPP

// The name of every enumerator, spelled as in the code. constexpr; static storage; empty for a value without a name.

#include <sipstatus/status_line.hpp>

namespace sipstatus {

#define SIPSTATUS_NAME(type, enumerator)                                                                               \
    case type::enumerator: return #enumerator;

constexpr std::string_view name(status value) noexcept {
    const auto row_plus_one = tables::row_plus_one(value);
    return row_plus_one == 0 ? std::string_view{} : tables::codes[row_plus_one - 1].name;
}

constexpr std::string_view name(status_class value) noexcept {
    switch (value) {
#define SIPSTATUS_CLASS(digit, enumerator, phrase, section) SIPSTATUS_NAME(status_class, enumerator)
#include <sipstatus/status.def>
    }
    return {};
}

constexpr std::string_view name(finality value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(finality, provisional)
        SIPSTATUS_NAME(finality, final)
    }
    return {};
}

constexpr std::string_view name(standing value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(standing, current)
        SIPSTATUS_NAME(standing, deprecated)
        SIPSTATUS_NAME(standing, historical)
        SIPSTATUS_NAME(standing, unregistered)
    }
    return {};
}

constexpr std::string_view name(reason_kind value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(reason_kind, absent)
        SIPSTATUS_NAME(reason_kind, canonical)
        SIPSTATUS_NAME(reason_kind, letter_case)
        SIPSTATUS_NAME(reason_kind, former)
        SIPSTATUS_NAME(reason_kind, published)
        SIPSTATUS_NAME(reason_kind, local)
    }
    return {};
}

constexpr std::string_view name(outcome value) noexcept {
    switch (value) {
#define SIPSTATUS_OUTCOME(enumerator, section, expected) SIPSTATUS_NAME(outcome, enumerator)
#include <sipstatus/status_line.def>
    }
    return {};
}

constexpr std::string_view name(deviation value) noexcept {
    switch (value) {
#define SIPSTATUS_DEVIATION(enumerator, section, expected) SIPSTATUS_NAME(deviation, enumerator)
#include <sipstatus/status_line.def>
    }
    return {};
}

constexpr std::string_view name(kernel value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(kernel, scalar)
        SIPSTATUS_NAME(kernel, ssse3)
        SIPSTATUS_NAME(kernel, avx2)
        SIPSTATUS_NAME(kernel, neon)
    }
    return {};
}

constexpr std::string_view name(write_error value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(write_error, none)
        SIPSTATUS_NAME(write_error, too_small)
        SIPSTATUS_NAME(write_error, invalid_status)
        SIPSTATUS_NAME(write_error, unsafe_phrase)
    }
    return {};
}

#undef SIPSTATUS_NAME

} // namespace sipstatus

#endif
