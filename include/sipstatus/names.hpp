#ifndef SIPSTATUS_NAMES_HPP
#define SIPSTATUS_NAMES_HPP

// The name of every enumerator, spelled as in the code. constexpr; static storage; empty for a value without a name.

#include <sipstatus/best_response.hpp>
#include <sipstatus/reason_header.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {

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

constexpr std::string_view name(method value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(method, other)
#define SIPSTATUS_METHOD(enumerator, token) SIPSTATUS_NAME(method, enumerator)
#include <sipstatus/handling.def>
    }
    return {};
}

constexpr std::string_view name(profile value) noexcept {
    switch (value) {
#define SIPSTATUS_RANKING(enumerator, traits, source) SIPSTATUS_NAME(profile, enumerator)
#include <sipstatus/rankings.def>
    }
    return {};
}

constexpr std::string_view name(choice_rule value) noexcept {
    switch (value) {
#define SIPSTATUS_CHOICE_RULE(enumerator, section, sentence) SIPSTATUS_NAME(choice_rule, enumerator)
#include <sipstatus/rankings.def>
    }
    return {};
}

constexpr std::string_view name(branch_origin value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(branch_origin, peer)
        SIPSTATUS_NAME(branch_origin, proxy)
    }
    return {};
}

constexpr std::string_view name(forwarding value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(forwarding, at_once)
        SIPSTATUS_NAME(forwarding, hold)
        SIPSTATUS_NAME(forwarding, never)
    }
    return {};
}

constexpr std::string_view name(ack_sender value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(ack_sender, nobody)
        SIPSTATUS_NAME(ack_sender, client_transaction)
        SIPSTATUS_NAME(ack_sender, user_agent)
    }
    return {};
}

constexpr std::string_view name(cancelled_step value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(cancelled_step, wait)
        SIPSTATUS_NAME(cancelled_step, ack_then_bye)
        SIPSTATUS_NAME(cancelled_step, done)
    }
    return {};
}

constexpr std::string_view name(retry_kind value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(retry_kind, none)
        SIPSTATUS_NAME(retry_kind, redirect)
        SIPSTATUS_NAME(retry_kind, credentials)
        SIPSTATUS_NAME(retry_kind, change)
        SIPSTATUS_NAME(retry_kind, unchanged)
        SIPSTATUS_NAME(retry_kind, wait)
        SIPSTATUS_NAME(retry_kind, later)
        SIPSTATUS_NAME(retry_kind, other_server)
    }
    return {};
}

constexpr std::string_view name(retry_after_meaning value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(retry_after_meaning, none)
        SIPSTATUS_NAME(retry_after_meaning, server)
        SIPSTATUS_NAME(retry_after_meaning, callee)
    }
    return {};
}

constexpr std::string_view name(dialog_effect value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(dialog_effect, none)
        SIPSTATUS_NAME(dialog_effect, transaction)
        SIPSTATUS_NAME(dialog_effect, usage)
        SIPSTATUS_NAME(dialog_effect, dialog)
        SIPSTATUS_NAME(dialog_effect, redirects)
    }
    return {};
}

constexpr std::string_view name(failover value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(failover, none)
        SIPSTATUS_NAME(failover, next_target)
        SIPSTATUS_NAME(failover, other_flow)
    }
    return {};
}

constexpr std::string_view name(route_choice value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(route_choice, no)
        SIPSTATUS_NAME(route_choice, yes)
    }
    return {};
}

constexpr std::string_view name(header_level value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(header_level, must)
        SIPSTATUS_NAME(header_level, one_of)
        SIPSTATUS_NAME(header_level, should)
        SIPSTATUS_NAME(header_level, may)
    }
    return {};
}

constexpr std::string_view name(action value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(action, nothing)
        SIPSTATUS_NAME(action, wait)
        SIPSTATUS_NAME(action, forward)
        SIPSTATUS_NAME(action, forward_best)
        SIPSTATUS_NAME(action, try_next)
    }
    return {};
}

constexpr std::string_view name(field_error value) noexcept {
    switch (value) {
#define SIPSTATUS_FIELD_ERROR(enumerator, section, expected) SIPSTATUS_NAME(field_error, enumerator)
#include <sipstatus/field_error.def>
    }
    return {};
}

constexpr std::string_view name(cause_location value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(cause_location, unknown)
#define SIPSTATUS_CAUSE_LOCATION(enumerator, token, q850, meaning) SIPSTATUS_NAME(cause_location, enumerator)
#include <sipstatus/causes.def>
    }
    return {};
}

constexpr std::string_view name(cause_hint value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(cause_hint, none)
        SIPSTATUS_NAME(cause_hint, credentials_first)
        SIPSTATUS_NAME(cause_hint, remedy_first)
        SIPSTATUS_NAME(cause_hint, by_warning)
    }
    return {};
}

constexpr std::string_view name(reason_protocol value) noexcept {
    switch (value) {
        SIPSTATUS_NAME(reason_protocol, other)
        SIPSTATUS_NAME(reason_protocol, sip)
        SIPSTATUS_NAME(reason_protocol, q850)
        SIPSTATUS_NAME(reason_protocol, stir)
    }
    return {};
}

#undef SIPSTATUS_NAME

} // namespace sipstatus::inline SIPSTATUS_ABI

#endif
