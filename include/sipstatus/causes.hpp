#ifndef SIPSTATUS_CAUSES_HPP
#define SIPSTATUS_CAUSES_HPP

// Between status codes and the causes of ISDN and ISUP (ITU-T Q.850), as RFC 3398 recommends. In: a code or a cause.
// Out: the other, with where it comes from. A caller's own rows come before the RFC's. Derived from causes.def,
// constexpr.

#include <sipstatus/status.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {

// Where a call was released (RFC 8606, Q.850).
enum class cause_location : std::uint8_t {
    unknown,
#define SIPSTATUS_CAUSE_LOCATION(name, token, q850, meaning) name,
#include <sipstatus/causes.def>
};

// What a gateway does before it gives the cause.
enum class cause_hint : std::uint8_t {
    none,
    credentials_first, // sends credentials, if it can
    remedy_first,      // mends the request and tries again, if it can
    by_warning         // 65 if the Warning header field speaks of a bearer capability
};

// A code and its cause, also as a row of a caller's own. Cause 0: no release is sent for it.
struct cause_row {
    status code;                        // 100 to 699
    std::uint8_t cause;                 // of Q.850, 1 to 127
    cause_hint hint = cause_hint::none; // what the release has besides
};

// A cause and its codes, also as a row of a caller's own. Code 0: no response is sent for it.
struct status_row {
    std::uint8_t cause; // of Q.850, 1 to 127
    status code;        // in general
    status by_user;     // where the cause's location is the user
    status diagnostic;  // where its diagnostic field gives the new number: then it goes into Contact
};

// A view of rows of a caller's own; none by default.
template <class Row> struct own_rows {
    const Row *first = nullptr; // in the caller's storage
    std::size_t count = 0;      // of rows

    constexpr own_rows() noexcept = default;
    // The rows must outlive this.
    template <std::size_t N> constexpr own_rows(const Row (&array)[N]) noexcept : first(array), count(N) {}
    constexpr own_rows(const Row *rows, std::size_t size) noexcept : first(rows), count(size) {}
    constexpr const Row *begin() const noexcept { return first; }
    constexpr const Row *end() const noexcept { return first + count; }
};

// The cause for a code.
struct cause_mapping {
    std::uint8_t cause;      // 1 to 127; 0: none
    cause_location location; // where the release says that it came from
    cause_hint hint;         // what the release has besides
    static_text section;     // empty for a caller's own row
};

// The code for a cause.
struct status_mapping {
    status code;         // 0: none
    static_text section; // empty for a caller's own row
};

namespace tables {

struct location_row {
    static_text token, meaning;
    std::uint8_t q850;
};
inline constexpr location_row locations[] = {
#define SIPSTATUS_CAUSE_LOCATION(name, token, q850, meaning) {{token}, {meaning}, q850},
#include <sipstatus/causes.def>
};
inline constexpr cause_row causes[] = {
#define SIPSTATUS_CAUSE_OF_STATUS(code, cause, hint) {static_cast<status>(code), cause, cause_hint::hint},
#include <sipstatus/causes.def>
};
struct named_status_row {
    status_row row;
    static_text name;
};
inline constexpr named_status_row codes_of_causes[] = {
#define SIPSTATUS_STATUS_OF_CAUSE(cause, name, code, user, diagnostic)                                                 \
    {{cause, static_cast<status>(code), static_cast<status>(user), static_cast<status>(diagnostic)}, {name}},
#include <sipstatus/causes.def>
};

} // namespace tables

// The location's token in a Reason header field (RFC 8606 section 4), its meaning, and back. Empty for `unknown`.
constexpr std::string_view token_of(cause_location l) noexcept {
    const auto at = static_cast<std::size_t>(l) - 1;
    return at < sizeof(tables::locations) / sizeof(tables::locations[0]) ? tables::locations[at].token.view()
                                                                         : std::string_view{};
}
constexpr std::string_view meaning_of(cause_location l) noexcept {
    const auto at = static_cast<std::size_t>(l) - 1;
    return at < sizeof(tables::locations) / sizeof(tables::locations[0]) ? tables::locations[at].meaning.view()
                                                                         : std::string_view{};
}
constexpr cause_location find_location(std::string_view token) noexcept {
    std::uint8_t number = 1;
    for (const auto &row : tables::locations) {
        if (tables::equal_but_for_case(row.token, token)) return static_cast<cause_location>(number);
        ++number;
    }
    return cause_location::unknown;
}

// The name of a cause that RFC 3398 lists; empty for another.
constexpr std::string_view name_of_cause(int cause) noexcept {
    for (const auto &known : tables::codes_of_causes)
        if (known.row.cause == cause) return known.name;
    return {};
}

// The cause to release a call with when a response refuses it (RFC 3398 section 8.2.6.1): of a code that is not listed
// 31, of a 1xx or 2xx none. A 6xx was the user's decision, anything else the network's: the public network serving the
// remote user.
constexpr cause_mapping cause_of_status(status s, own_rows<cause_row> own = {}) noexcept {
    constexpr static_text section{"RFC 3398 section 8.2.6.1"};
    const auto location =
        class_of(s) == status_class::global_failure ? cause_location::user : cause_location::remote_public;
    if (to_int(s) < 300) return {0, cause_location::unknown, cause_hint::none, section};
    for (const auto &row : own)
        if (row.code == s) return {row.cause, location, row.hint, {""}};
    for (const auto &row : tables::causes)
        if (row.code == s) return {row.cause, location, row.hint, section};
    return {31, location, cause_hint::none, section};
}

// The code to answer an INVITE with when a release refuses the call (RFC 3398 section 7.2.4.1): for a cause that is not
// listed 500; none for 16, which becomes BYE or CANCEL, and for 44, which the gateway settles by itself.
constexpr status_mapping status_of_cause(int cause, cause_location location = cause_location::unknown,
                                         bool has_new_number = false, own_rows<status_row> own = {}) noexcept {
    constexpr static_text section{"RFC 3398 section 7.2.4.1"};
    const auto pick = [&](const status_row &row) {
        return has_new_number ? row.diagnostic : location == cause_location::user ? row.by_user : row.code;
    };
    for (const auto &row : own)
        if (row.cause == cause) return {pick(row), {""}};
    for (const auto &known : tables::codes_of_causes)
        if (known.row.cause == cause) return {pick(known.row), section};
    return {status::server_internal_error, section};
}

} // namespace sipstatus::inline SIPSTATUS_ABI

#endif
