#ifndef SIPSTATUS_REASON_HEADER_HPP
#define SIPSTATUS_REASON_HEADER_HPP

// The Reason header field (RFC 3326): why a request or a response was sent. In: its value, what stands after the colon,
// without the line end of the last line; it may be folded, and hold several values. Out: one value at a time, as views
// of the octets. And back to octets. No copy, no allocation, no exception.
//
// One protocol has several values only where it says what that means (RFC 9366): STIR does (RFC 9410), SIP and Q.850 do
// not. A 1xx may carry the real cause while the final response does not.
//
// 603+ (ATIS-1000099): a network that blocks a call on analytics answers "603 Network Blocked" with a Reason whose text
// says whom to turn to. Phrase and Reason together are the one exception to the rule that a phrase never changes how a
// response is handled: keep both, do not remap the code, do not retry, take no other route.

#include <sipstatus/causes.hpp>
#include <sipstatus/field_error.hpp>
#include <sipstatus/handling.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {

// What the cause of a Reason value is a number of.
enum class reason_protocol : std::uint8_t {
    other, // any that has no name here
    sip,   // the cause is a status code (RFC 3326)
    q850,  // the cause is one of Q.850 (RFC 3326)
    stir   // the cause is a status code of RFC 8224 (RFC 9410)
};

// One value of a Reason header field.
struct reason_value {
    std::string_view whole{};                      // as it stands, without blanks around it
    std::string_view protocol{};                   // its token
    std::string_view text{};                       // of the text parameter, between the quotation marks; see unescape()
    std::string_view location{};                   // of the location parameter (RFC 8606); find_location() reads it
    std::string_view ppi{};                        // of the ppi parameter, which names the PASSporT (RFC 9410)
    std::int32_t cause = -1;                       // 0 to 65,535; -1 if there is no such parameter
    reason_protocol kind = reason_protocol::other; // by the protocol's token, in any case
};

// What read_reason() tells.
struct reason_result {
    reason_value value{};                  // empty on an error
    std::size_t next = npos;               // where the next value begins; npos after the last one and after an error
    std::size_t offset = 0;                // of the octet that decided an error
    field_error error = field_error::none; // why the value cannot be read

    constexpr explicit operator bool() const noexcept { return error == field_error::none; }
};

// Reads the value that begins at octet number `from`:
//   for (std::size_t at = 0; at != npos;) { const auto reason = read_reason(field, at); ...; at = reason.next; }
SIPSTATUS_API reason_result read_reason(std::string_view field, std::size_t from = 0) noexcept;

// Whether a message may have several values of the protocol (RFC 9366 section 3).
constexpr bool may_repeat(reason_protocol p) noexcept {
    return p == reason_protocol::stir;
}

// Copies a text without its escapes to `to`, which has room for text.size() octets. Returns how many it wrote.
SIPSTATUS_API std::size_t unescape(std::string_view text, char *to) noexcept;

// What write_reason() writes. Empty views and a negative cause are left out.
struct reason_parts {
    std::string_view protocol{};                       // a token: "SIP", "Q.850", "STIR"
    std::int32_t cause = -1;                           // 0 to 65,535; negative for none
    std::string_view text{};                           // without escapes: they are written as needed
    cause_location location = cause_location::unknown; // of RFC 8606; unknown for none
    std::string_view ppi{};                            // of RFC 9410
};

// What write_reason() tells.
struct field_write_result {
    char *end;         // one past the last octet written; `first` on an error
    field_error error; // why it wrote nothing

    constexpr explicit operator bool() const noexcept { return error == field_error::none; }
};

// Writes one value, `SIP;cause=486;text="Busy Here"`, to [first, last): all of it or nothing, without a line end.
SIPSTATUS_API field_write_result write_reason(char *first, char *last, const reason_parts &parts) noexcept;

// The notice in a Reason of 603+. Views of the Reason's text; those that it lacks are empty.
struct network_block {
    std::string_view url{};   // where the caller may turn to
    std::string_view tel{};   // the same, by telephone
    std::string_view email{}; // the same, by mail
    std::string_view id{};    // what to refer to there
    reason_value reason{};    // the value that has the notice
    bool is_present = false;  // whether the response is 603+

    constexpr explicit operator bool() const noexcept { return is_present; }
};

// Whether a response is 603+: code 603, the phrase "Network Blocked" in any case, and in the Reason field a value of
// protocol SIP with cause 603 whose text begins "v=analytics1". `reason_field` is as for read_reason(); a message may
// have several such fields.
SIPSTATUS_API network_block find_network_block(status code, std::string_view phrase,
                                               std::string_view reason_field) noexcept;

// The rules for a response that may be 603+: those of its code, but for 603+ what its providers promise.
constexpr ruling<retry_kind> retry_of(status s, const network_block &block) noexcept {
    return block ? ruling<retry_kind>{retry_kind::none, {"ATIS-1000099"}, {"the call was blocked"}} : retry_of(s);
}
constexpr ruling<route_choice> next_route(status s, const network_block &block) noexcept {
    return block ? ruling<route_choice>{route_choice::no, {"ATIS-1000099"}, {"the call was blocked"}} : next_route(s);
}
constexpr cause_mapping cause_of_status(status s, const network_block &block, own_rows<cause_row> own = {}) noexcept {
    return block ? cause_mapping{21, cause_location::user, cause_hint::none, {"ATIS-1000099"}}
                 : cause_of_status(s, own);
}
// Whether a proxy or gateway may send another code, phrase or Reason in its place.
constexpr ruling<bool> may_remap(const network_block &block) noexcept {
    return block ? ruling<bool>{false, {"ATIS-1000099"}, {"phrase and Reason go on unchanged"}}
                 : ruling<bool>{true, {""}, {""}};
}

// The cause to release a call with, given the response's Reason: a Q.850 cause there needs no mapping; else the code's.
SIPSTATUS_API cause_mapping cause_of_response(status s, std::string_view reason_field,
                                              own_rows<cause_row> own = {}) noexcept;

} // namespace sipstatus::inline SIPSTATUS_ABI

#endif
