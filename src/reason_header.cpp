// The Reason header field, from octets to views and back, and what 603+ says in it.

#include <sipstatus/reason_header.hpp>

#include "field_grammar.hpp"

namespace sipstatus::inline SIPSTATUS_ABI {
namespace {

using namespace field_grammar; // NOLINT(google-build-using-namespace): the names of the RFCs' grammars

struct reason_reading : reading {
    reason_value out{};
    unsigned seen = 0; // which of the known parameters
};

constexpr std::uint64_t most_cause = 65'535;

constexpr explanation rows_of_errors[] = {
#define SIPSTATUS_FIELD_ERROR(name, section, expected) {expected, section},
#include <sipstatus/field_error.def>
};

constexpr reason_protocol protocol_of(std::string_view token) noexcept {
    if (tables::equal_but_for_case(token, "SIP")) return reason_protocol::sip;
    if (tables::equal_but_for_case(token, "Q.850")) return reason_protocol::q850;
    if (tables::equal_but_for_case(token, "STIR")) return reason_protocol::stir;
    return reason_protocol::other;
}

// protocol  =  "SIP" / "Q.850" / token
bool read_protocol(const char *&at, const char *last, reason_reading &into) noexcept {
    skip_blanks(at, last);
    into.begin = at;
    into.out.protocol = read_token(at, last);
    into.out.kind = protocol_of(into.out.protocol);
    if (into.out.protocol.empty()) return into.fail(at, field_error::bad_token);
    return true;
}

// reason-params     =  protocol-cause / reason-text / reason-extension
// protocol-cause    =  "cause" EQUAL cause
// cause             =  1*DIGIT
// reason-text       =  "text" EQUAL quoted-string
// reason-extension  =  generic-param
bool take_parameter(const char *&, const char *, reason_reading &into) noexcept {
    constexpr std::string_view names[] = {"cause", "text", "location", "ppi"};
    unsigned number = 0;
    while (number < 4 && !tables::equal_but_for_case(into.name, names[number])) ++number;
    if (number == 4) return true;
    if ((into.seen >> number & 1) != 0) return into.fail(into.name.data(), field_error::repeated_parameter);
    into.seen |= 1u << number;
    const char *const place = into.has_value ? into.value.data() : into.name.data();
    if (number == 0) {
        std::uint64_t cause = 0;
        if (!read_number(into.value, most_cause, cause)) return into.fail(place, field_error::bad_number);
        into.out.cause = static_cast<std::int32_t>(cause);
        return true;
    }
    if (!into.has_value) return into.fail(place, field_error::bad_value);
    (number == 1 ? into.out.text : number == 2 ? into.out.location : into.out.ppi) = into.value;
    return true;
}

constexpr terminal<reason_reading, read_protocol> Protocol{};
constexpr auto Reason_Semi = SEMI<reason_reading>;
constexpr auto Reason_Params = Parameter<reason_reading, take_parameter>;

// reason-value  =  protocol *(SEMI reason-params)
constexpr auto Reason_Value = Protocol >> *(Reason_Semi >> Reason_Params);

// Whether a text begins with another one, in any case.
bool begins(std::string_view text, std::string_view with) noexcept {
    return text.size() >= with.size() && tables::equal_but_for_case({text.data(), with.size()}, with);
}

// The value of a "name=" among pairs that stand between semicolons.
std::string_view member(std::string_view text, std::string_view name) noexcept {
    const char *at = text.data();
    const char *const last = at + text.size();
    while (at != last) {
        while (at != last && *at == ' ') ++at;
        const char *end = at;
        while (end != last && *end != ';') ++end;
        const std::string_view pair(at, static_cast<std::size_t>(end - at));
        if (begins(pair, name)) return {at + name.size(), pair.size() - name.size()};
        at = end == last ? last : end + 1;
    }
    return {};
}

// Where a value goes: counted first, so that a buffer that is too small stays as it was.
struct counter {
    std::size_t size = 0;
    void put(char) noexcept { ++size; }
};
struct writer {
    char *at;
    void put(char octet) noexcept { *at++ = octet; }
};

template <class Sink> void put(Sink &to, std::string_view octets) noexcept {
    for (const char octet : octets) to.put(octet);
}

template <class Sink> void put_number(Sink &to, unsigned number) noexcept {
    char digits[10];
    unsigned count = 0;
    do {
        digits[count++] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number != 0);
    while (count != 0) to.put(digits[--count]);
}

template <class Sink> void put_quoted(Sink &to, std::string_view text) noexcept {
    to.put('"');
    for (const char octet : text) {
        if (octet == '"' || octet == '\\') to.put('\\');
        to.put(octet);
    }
    to.put('"');
}

template <class Sink> void put_value(Sink &to, const reason_parts &parts) noexcept {
    put(to, parts.protocol);
    if (parts.cause >= 0) {
        put(to, ";cause=");
        put_number(to, static_cast<unsigned>(parts.cause));
    }
    if (!parts.text.empty()) {
        put(to, ";text=");
        put_quoted(to, parts.text);
    }
    if (const auto token = token_of(parts.location); !token.empty()) {
        put(to, ";location=");
        put(to, token);
    }
    if (!parts.ppi.empty()) {
        put(to, ";ppi=");
        put_quoted(to, parts.ppi);
    }
}

bool is_safe_text(std::string_view text) noexcept {
    for (const char octet : text)
        if ((static_cast<unsigned char>(octet) < 0x20 && octet != '\t') || octet == 0x7F) return false;
    return true;
}

} // namespace

explanation message(field_error error) noexcept {
    const auto number = static_cast<std::size_t>(error);
    return number < sizeof rows_of_errors / sizeof rows_of_errors[0] ? rows_of_errors[number] : explanation{};
}

reason_result read_reason(std::string_view field, std::size_t from) noexcept {
    const char *const first = field.data();
    const char *const last = first + field.size();
    const char *at = first + (from < field.size() ? from : field.size());
    reason_reading into;
    if (reads(Reason_Value, at, last, into)) {
        into.out.whole = {into.begin, static_cast<std::size_t>(at - into.begin)};
        skip_blanks(at, last);
        if (at == last) return {into.out, npos, 0, field_error::none};
        if (*at == ',') return {into.out, static_cast<std::size_t>(at - first) + 1, 0, field_error::none};
        into.fail(at, field_error::bad_separator);
    }
    return {{}, npos, static_cast<std::size_t>(into.failed - first), into.error};
}

std::size_t unescape(std::string_view text, char *to) noexcept {
    char *at = to;
    for (std::size_t n = 0; n < text.size(); ++n) {
        if (text[n] == '\\' && n + 1 < text.size()) ++n;
        *at++ = text[n];
    }
    return static_cast<std::size_t>(at - to);
}

field_write_result write_reason(char *first, char *last, const reason_parts &parts) noexcept {
    if (parts.protocol.empty()) return {first, field_error::bad_token};
    for (const char octet : parts.protocol)
        if (!is_token_octet(octet)) return {first, field_error::bad_token};
    if (parts.cause > static_cast<std::int32_t>(most_cause)) return {first, field_error::bad_number};
    if (!is_safe_text(parts.text) || !is_safe_text(parts.ppi)) return {first, field_error::unsafe_text};
    counter needed;
    put_value(needed, parts);
    if (needed.size > static_cast<std::size_t>(last - first)) return {first, field_error::too_small};
    writer to{first};
    put_value(to, parts);
    return {to.at, field_error::none};
}

network_block find_network_block(status code, std::string_view phrase, std::string_view reason_field) noexcept {
    constexpr std::string_view opening = "v=analytics1";
    if (code != status::decline || !tables::equal_but_for_case(phrase, "Network Blocked")) return {};
    for (std::size_t at = 0; at != npos;) {
        const auto reason = read_reason(reason_field, at);
        at = reason.next;
        const auto &value = reason.value;
        if (!reason || value.kind != reason_protocol::sip || value.cause != to_int(code)) continue;
        if (!begins(value.text, opening)) continue;
        if (value.text.size() > opening.size() && value.text[opening.size()] != ';') continue;
        const auto find = [&value](std::string_view name) { return member(value.text, name); };
        return {find("url="), find("tel="), find("email="), find("id="), value, true};
    }
    return {};
}

cause_mapping cause_of_response(status s, std::string_view reason_field, own_rows<cause_row> own) noexcept {
    for (std::size_t at = 0; at != npos;) {
        const auto reason = read_reason(reason_field, at);
        at = reason.next;
        if (!reason || reason.value.kind != reason_protocol::q850) continue;
        if (reason.value.cause < 1 || reason.value.cause > 127) continue;
        const auto location = find_location(reason.value.location);
        return {static_cast<std::uint8_t>(reason.value.cause),
                location == cause_location::unknown ? cause_of_status(s, own).location : location,
                cause_hint::none,
                {"RFC 3326 section 2"}};
    }
    return cause_of_status(s, own);
}

} // namespace sipstatus::inline SIPSTATUS_ABI
