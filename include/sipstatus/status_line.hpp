#ifndef SIPSTATUS_STATUS_LINE_HPP
#define SIPSTATUS_STATUS_LINE_HPP

// From octets to a status line, and back.
//
// parse() reads the status line at the start of a caller's buffer. It copies nothing: the views of a result refer to
// the caller's octets, and live as long as they do. It allocates nothing, throws nothing and takes no lock. It reads no
// octet outside the buffer, and takes time linear in the line. RFC 3261 sections 7.1, 7.2, 7.5 and 25.1.
//
// The law. L is the set of status lines that the caller's mask of tolerated deviations and its limit accept.
//   ok          the input begins with a member of L
//   incomplete  the input is a proper prefix of a member of L; so is the empty input
//   an error    otherwise, decided at the first octet after which no continuation is in L: that is its offset
// So more octets change no verdict but incomplete.
//
// A caller that holds all there is says so with parse_options::whole_input. The end of the view then ends a line whose
// code is whole, as a line end would; a CR before it belongs to it. The deviation is missing_line_end, at the end of
// the phrase. A shorter line stays incomplete.

#include <sipstatus/export.h>
#include <sipstatus/reason.hpp>

#include <initializer_list>
#include <iosfwd>

namespace sipstatus::inline SIPSTATUS_ABI {

// The verdict of parse(). All but the first two are errors. status_line.def has their sentences.
enum class outcome : std::uint8_t {
#define SIPSTATUS_OUTCOME(name, section, expected) name,
#include <sipstatus/status_line.def>
};

// Whether no acceptable line could go on so: neither ok nor incomplete.
constexpr bool is_error(outcome o) noexcept {
    return o != outcome::ok && o != outcome::incomplete;
}

// A way in which a line may stray from what a sender must write and still be read. status_line.def has their sentences.
enum class deviation : std::uint8_t {
#define SIPSTATUS_DEVIATION(name, section, expected) name,
#include <sipstatus/status_line.def>
};

// The number of deviations. The enumerators count from 0.
inline constexpr std::size_t deviation_count = 0
#define SIPSTATUS_DEVIATION(name, section, expected) +1
#include <sipstatus/status_line.def>
    ;

// A set of deviations.
class deviations {
public:
    // A set of none, one or several.
    constexpr deviations() noexcept = default;
    constexpr deviations(deviation d) noexcept : bits_(bit(d)) {}
    constexpr deviations(std::initializer_list<deviation> list) noexcept {
        for (const auto d : list) bits_ |= bit(d);
    }

    static constexpr deviations none() noexcept { return {}; }
    static constexpr deviations all() noexcept { return from_bits(~0u); }
    // The set that has deviation number n if bit n is set. Higher bits are dropped.
    static constexpr deviations from_bits(unsigned bits) noexcept {
        deviations set;
        set.bits_ = static_cast<std::uint16_t>(bits & ((1u << deviation_count) - 1));
        return set;
    }

    constexpr unsigned bits() const noexcept { return bits_; }
    constexpr bool empty() const noexcept { return bits_ == 0; }
    constexpr bool contains(deviation d) const noexcept { return (bits_ & bit(d)) != 0; }
    constexpr bool contains(deviations set) const noexcept { return (set.bits_ & ~bits_) == 0; }

    constexpr deviations &operator|=(deviations set) noexcept { return *this = *this | set; }
    friend constexpr deviations operator|(deviations a, deviations b) noexcept { return from_bits(a.bits_ | b.bits_); }
    friend constexpr deviations operator&(deviations a, deviations b) noexcept { return from_bits(a.bits_ & b.bits_); }
    friend constexpr deviations operator-(deviations a, deviations b) noexcept { return from_bits(a.bits_ & ~b.bits_); }
    friend constexpr bool operator==(deviations, deviations) noexcept = default;

private:
    static constexpr std::uint16_t bit(deviation d) noexcept {
        return static_cast<std::uint16_t>(1u << static_cast<unsigned>(d));
    }

    std::uint16_t bits_ = 0;
};

// The union of two deviations, so that a mask reads as one: deviation::bare_lf | deviation::not_utf8.
constexpr deviations operator|(deviation a, deviation b) noexcept {
    return deviations(a) | deviations(b);
}

// Whether a line with these deviations still obeys the grammar of RFC 3261 section 25.1. version_case and not_utf8
// break a rule of the RFCs' text, not the grammar.
constexpr bool grammatical(deviations set) noexcept {
    return (set - (deviation::version_case | deviation::not_utf8)).empty();
}

// A status line as it stands in the caller's buffer.
struct status_line {
    std::string_view version{};             // "SIP/2.0", in the case it was sent in
    std::string_view phrase{};              // the Reason-Phrase; if there is none, an empty view within the line
    status code{};                          // 100 to 699; 0 if it is not known
    sipstatus::deviations deviations{};     // how the line strays; see deviation_offset()
    reason_kind kind = reason_kind::absent; // of a complete line's phrase

    friend constexpr bool operator==(const status_line &, const status_line &) noexcept = default;
};

// What parse() tells. Offsets and counts are in octets, from the start of the caller's view.
struct parse_result {
    // On ok, the line. On incomplete, what is certain of it: the code, once the octet after it was read; the version,
    // the phrase and the deviations so far. On an error, empty.
    status_line line{};
    std::size_t offset = 0;        // of the octet that decided an error; 0 otherwise
    std::size_t consumed = 0;      // on ok, everything up to and with the line end; 0 otherwise
    std::size_t leading_crlfs = 0; // pairs of CR LF that were skipped before the line (RFC 3261 section 7.5)
    sipstatus::outcome outcome = outcome::incomplete;
    deviation refused{}; // on not_tolerated, the deviation; otherwise without meaning

    constexpr explicit operator bool() const noexcept { return outcome == outcome::ok; }
    friend constexpr bool operator==(const parse_result &, const parse_result &) noexcept = default;
};

// What a caller accepts.
struct parse_options {
    deviations tolerated = deviations::all(); // a line with any other is an error, not_tolerated
    bool whole_input = false;                 // nothing follows the view: its end may end the line, missing_line_end
    std::size_t limit = 65'535;               // octets of a line before its line end, leading CRLFs aside
};

// The options that accept no deviation at all.
inline constexpr parse_options strict{deviations::none()};

// Reads the status line at the start of `octets`. Anything may follow the line; no NUL is needed.
SIPSTATUS_API parse_result parse(std::string_view octets, parse_options options = {}) noexcept;

// Goes on where a parse ended with incomplete. The result is that of parse(octets, options), in time linear in the new
// octets: a stream that comes octet by octet costs no more than its octets. `octets` begins with the octets
// that gave `previous`, wherever they are now; its views are not dereferenced. The options are the same, but
// the last call may add whole_input. A `previous` of any other outcome is of no use: the line is parsed from its start.
SIPSTATUS_API parse_result resume(const parse_result &previous, std::string_view octets,
                                  parse_options options = {}) noexcept;

// The octet scanners that the library may have been built with. The library chooses the best one of the machine when it
// is loaded. All give the same results.
enum class kernel : std::uint8_t { scalar, ssse3, avx2, neon };

// The one in use.
SIPSTATUS_API kernel kernel_in_use() noexcept;

// No offset.
inline constexpr std::size_t npos = static_cast<std::size_t>(-1);

// Where a line deviates, counted from its first octet: the first octet at which no line without the deviation could go
// on; npos if the line does not deviate so. The line is a result of parse(), and its buffer still alive. This reads the
// line again, so it is not for the hot path.
SIPSTATUS_API std::size_t deviation_offset(const status_line &line, deviation which) noexcept;

// The same, counted like every offset of a result from the start of the caller's view.
SIPSTATUS_API std::size_t deviation_offset(const parse_result &result, deviation which) noexcept;

// Where the code stands, counted from the line's first octet; npos if the code is not known.
constexpr std::size_t code_offset(const status_line &line) noexcept {
    if (line.code == status{}) return npos;
    const std::size_t digits_and_separator = line.deviations.contains(deviation::missing_separator) ? 3 : 4;
    return static_cast<std::size_t>(line.phrase.data() - line.version.data()) - digits_and_separator;
}

// The whole line, without leading CRLFs and without its line end. `octets` is the view that gave the result. After an
// error the line ends at the first LF, or at the end of the view; a CR before that LF belongs to the line end. An
// incomplete line is all there is of it so far, without a CR that begins the line end.
SIPSTATUS_API std::string_view whole_line(const parse_result &result, std::string_view octets) noexcept;

// A sentence that says what was expected, and the section of the RFC. Static storage; empty for a value without a name.
struct explanation {
    std::string_view expected; // for instance "expected a status code of exactly three digits"
    std::string_view section;  // for instance "RFC 3261 section 25.1"
};

// The sentence of an outcome or a deviation, from status_line.def.
SIPSTATUS_API explanation message(outcome o) noexcept;
SIPSTATUS_API explanation message(deviation d) noexcept;

// Why write() refused.
enum class write_error : std::uint8_t {
    none,
    too_small,      // the buffer cannot hold the line
    invalid_status, // the code is not in 100 to 699
    unsafe_phrase   // the phrase has a CR, LF or NUL: it would end the line early, and its tail would pass for headers
};

// What write() tells.
struct write_result {
    char *end;         // one past the last octet written; `first` on an error
    write_error error; // none if the line was written

    constexpr explicit operator bool() const noexcept { return error == write_error::none; }
};

// Writes "SIP/2.0 CODE PHRASE CRLF" to [first, last): all of it or nothing, and no NUL.
SIPSTATUS_API write_result write(char *first, char *last, status code, std::string_view phrase) noexcept;

// The same with the code's canonical phrase; with an empty one for a code that has no row in the registry.
SIPSTATUS_API write_result write(char *first, char *last, status code) noexcept;

// For logs and test reports, on one line. Control octets of the wire are written as \xHH.
SIPSTATUS_API std::ostream &operator<<(std::ostream &out, status s);
SIPSTATUS_API std::ostream &operator<<(std::ostream &out, const status_line &line);
SIPSTATUS_API std::ostream &operator<<(std::ostream &out, const parse_result &result);

} // namespace sipstatus::inline SIPSTATUS_ABI

#endif
