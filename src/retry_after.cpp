// Retry-After, from octets to numbers.

#include <sipstatus/retry_after.hpp>

#include "field_grammar.hpp"

namespace sipstatus::inline SIPSTATUS_ABI {
namespace {

using namespace field_grammar; // NOLINT(google-build-using-namespace): the names of the RFCs' grammars

struct retry_reading : reading {
    retry_after out{};
};

constexpr std::uint64_t most_seconds = 0xFFFF'FFFF;

// delta-seconds  =  1*DIGIT
bool read_seconds(const char *&at, const char *last, retry_reading &into) noexcept {
    skip_blanks(at, last);
    const char *const first = at;
    while (at != last && *at >= '0' && *at <= '9') ++at;
    std::uint64_t number = 0;
    if (!read_number({first, static_cast<std::size_t>(at - first)}, most_seconds, number))
        return into.fail(first, field_error::bad_number);
    into.out.seconds = static_cast<std::uint32_t>(number);
    return true;
}

// comment  =  LPAREN *(ctext / quoted-pair / comment) RPAREN
//             nested as deep as the octets say, counted instead of called
bool read_comment(const char *&at, const char *last, retry_reading &into) noexcept {
    skip_blanks(at, last);
    if (at == last || *at != '(') return false;
    const char *const first = ++at;
    for (std::size_t depth = 1; at != last; ++at) {
        if (*at == '\\') {
            if (++at == last) break;
        } else if (*at == '(') {
            ++depth;
        } else if (*at == ')' && --depth == 0) {
            into.out.comment = {first, static_cast<std::size_t>(at - first)};
            ++at;
            return true;
        }
    }
    return into.fail(at, field_error::not_closed);
}

// retry-param  =  ("duration" EQUAL delta-seconds) / generic-param
bool take_parameter(const char *&, const char *, retry_reading &into) noexcept {
    if (!tables::equal_but_for_case(into.name, "duration")) return true;
    if (into.out.has_duration) return into.fail(into.name.data(), field_error::repeated_parameter);
    std::uint64_t number = 0;
    if (!read_number(into.value, most_seconds, number))
        return into.fail(into.has_value ? into.value.data() : into.name.data(), field_error::bad_number);
    into.out.has_duration = true;
    into.out.duration = static_cast<std::uint32_t>(number);
    return true;
}

constexpr terminal<retry_reading, read_seconds> Delta_Seconds{};
constexpr terminal<retry_reading, read_comment> Comment{};
constexpr auto Retry_Semi = SEMI<retry_reading>;
constexpr auto Retry_Param = Parameter<retry_reading, take_parameter>;

// Retry-After  =  "Retry-After" HCOLON delta-seconds [ comment ] *( SEMI retry-param )
constexpr auto Retry_Time = Delta_Seconds >> -Comment;
constexpr auto Retry_Params = *(Retry_Semi >> Retry_Param);

} // namespace

retry_after_result read_retry_after(std::string_view value) noexcept {
    const char *const first = value.data();
    const char *const last = first + value.size();
    const char *at = first;
    retry_reading into;
    const char *parameters = nullptr;
    if (reads(Retry_Time, at, last, into)) {
        parameters = at;
        skip_blanks(parameters, last);
        if (reads(Retry_Params, at, last, into)) {
            const char *const end = at;
            skip_blanks(at, last);
            if (at != last) into.fail(at, field_error::bad_separator);
            if (end > parameters) into.out.parameters = {parameters, static_cast<std::size_t>(end - parameters)};
        }
    }
    if (into.error == field_error::none) return {into.out, 0, field_error::none};
    return {{}, static_cast<std::size_t>(into.failed - first), into.error};
}

} // namespace sipstatus::inline SIPSTATUS_ABI
