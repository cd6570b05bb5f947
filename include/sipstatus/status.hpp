#ifndef SIPSTATUS_STATUS_HPP
#define SIPSTATUS_STATUS_HPP

// What a status code means: its class, finality, standing and canonical phrase. Everything here is derived from
// status.def, is constexpr, allocates nothing and throws nothing.
// RFC 3261 sections 7.2, 8.1.3.2 and 21.

#include <sipstatus/version.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sipstatus::inline SIPSTATUS_ABI {

// A status code (RFC 3261 section 7.2). Every number from 100 to 699 is a valid value; the registry's codes have names.
// Another number comes only from a cast; to_status() is the checked way.
enum class status : std::uint16_t {
#define SIPSTATUS_CODE(code, name, phrase, reference, section, level, meaning) name = code,
#include <sipstatus/status.def>
};

// The class of a response, its code's first digit (RFC 3261 section 7.2).
enum class status_class : std::uint8_t {
#define SIPSTATUS_CLASS(digit, name, phrase, section) name = digit,
#include <sipstatus/status.def>
};

// Whether a response ends its transaction (RFC 3261 section 7.2: 1xx provisional, 2xx to 6xx final).
enum class finality : std::uint8_t { provisional, final };

// Where a code stands in the registry.
enum class standing : std::uint8_t {
    current,     // registered with IANA
    deprecated,  // registered, and marked as no longer to be sent
    historical,  // once in RFC 2543, dropped by RFC 3261
    unregistered // in no RFC; our list has those in use, and where they were seen
};

// The code as a number, 100 to 699.
constexpr int to_int(status s) noexcept {
    return static_cast<int>(s);
}

// The status of a number; nothing outside 100 to 699 (RFC 3261 section 7.2 allows six values for the first digit).
constexpr std::optional<status> to_status(long long number) noexcept {
    if (number < 100 || number > 699) return std::nullopt;
    return static_cast<status>(number);
}

// The class of a code, by its first digit alone. Unregistered codes have one too (RFC 3261 section 7.2).
constexpr status_class class_of(status s) noexcept {
    return static_cast<status_class>(to_int(s) / 100);
}

// The code x00 that stands for a whole class (RFC 3261 section 8.1.3.2). For the provisional class that is 100.
constexpr status generic_status(status_class c) noexcept {
    return static_cast<status>(static_cast<int>(c) * 100);
}

// By the first digit: 1xx is provisional, and the rest is final (RFC 3261 section 7.2).
constexpr bool is_provisional(status s) noexcept {
    return class_of(s) == status_class::provisional;
}
constexpr bool is_final(status s) noexcept {
    return !is_provisional(s);
}
constexpr finality finality_of(status s) noexcept {
    return is_provisional(s) ? finality::provisional : finality::final;
}

// A string of static storage in a table. Its length is computed on demand, which saves a third of the compile time of
// every unit that includes this header.
struct static_text {
    const char *characters; // ends with a NUL

    // The text without its NUL.
    constexpr std::string_view view() const noexcept { return characters; }
    constexpr operator std::string_view() const noexcept { return view(); }
    constexpr std::size_t size() const noexcept { return view().size(); }
    constexpr bool empty() const noexcept { return *characters == '\0'; }

    friend constexpr bool operator==(static_text a, static_text b) noexcept {
        for (; *a.characters == *b.characters; ++a.characters, ++b.characters)
            if (*a.characters == '\0') return true;
        return false;
    }
    friend constexpr bool operator==(static_text a, std::string_view b) noexcept { return a.view() == b; }
};

// One row of the registry. The views refer to static storage.
struct registry_entry {
    status code;           // 100 to 699
    static_text name;      // the enumerator's, for instance "busy_here"
    static_text phrase;    // the canonical reason phrase
    static_text reference; // the RFC that defines it today, "RFC 3261"; if no RFC does, who uses it
    static_text section;   // its section, "21.4.24"; empty if the reference has none
    standing level;        // its standing
    static_text meaning;   // one or two sentences of ours
};

// A name of a class: the RFC's own, or one that RFCs and well-known lists use.
struct class_name {
    status_class of;    // the class that has the name
    static_text text;   // "Client Error", "Request Failure"
    static_text source; // "RFC 3261 section 7.2"
};

// A range over static rows, like std::span, without the cost of its header.
template <class Row> class rows {
public:
    // All rows of an array, which must outlive this.
    template <std::size_t N> constexpr rows(const Row (&array)[N]) noexcept : first_(array), count_(N) {}

    constexpr const Row *begin() const noexcept { return first_; }
    constexpr const Row *end() const noexcept { return first_ + count_; }
    constexpr std::size_t size() const noexcept { return count_; }
    constexpr const Row &operator[](std::size_t at) const noexcept { return first_[at]; }

private:
    const Row *first_;
    std::size_t count_;
};

// The tables that the functions below read, in the order of status.def.
namespace tables {

inline constexpr registry_entry codes[] = {
#define SIPSTATUS_CODE(code, name, phrase, reference, section, level, meaning)                                         \
    {status::name, {#name}, {phrase}, {reference}, {section}, standing::level, {meaning}},
#include <sipstatus/status.def>
};

inline constexpr class_name class_names[] = {
#define SIPSTATUS_CLASS(digit, name, phrase, section) {status_class::name, {phrase}, {section}},
#define SIPSTATUS_CLASS_NAME(name, text, source) {status_class::name, {text}, {source}},
#include <sipstatus/status.def>
};

inline constexpr std::size_t code_count = sizeof(codes) / sizeof(codes[0]);

// Row number plus one of each code from 100 on; 0 if the code has no row.
struct code_index {
    std::uint8_t row_plus_one[600]{};
    constexpr code_index() noexcept {
        for (std::size_t row = 0; row < code_count; ++row)
            row_plus_one[to_int(codes[row].code) - 100] = static_cast<std::uint8_t>(row + 1);
    }
};
inline constexpr code_index index_of_code{};

// Row number plus one of a code; 0 if it has no row. constexpr functions use this instead of find(): to g++ with
// -fsanitize=undefined, comparing a row's address with null is not a constant expression.
constexpr std::size_t row_plus_one(status s) noexcept {
    const unsigned at = static_cast<unsigned>(to_int(s)) - 100u;
    return at < 600u ? index_of_code.row_plus_one[at] : 0u;
}

// ASCII case folding, the only folding there is in SIP tokens and in the comparison of phrases.
constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
constexpr bool equal_but_for_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

} // namespace tables

// Every code the library knows, ascending: the IANA registry, and the historical and unregistered codes beside it.
constexpr rows<registry_entry> registry() noexcept {
    return tables::codes;
}

// The registry's row of a code; null where there is none.
constexpr const registry_entry *find(status s) noexcept {
    const auto row_plus_one = tables::row_plus_one(s);
    return row_plus_one == 0 ? nullptr : &tables::codes[row_plus_one - 1];
}

// The canonical reason phrase; empty where the code has no row in the registry.
constexpr std::string_view canonical_phrase(status s) noexcept {
    const auto row_plus_one = tables::row_plus_one(s);
    return row_plus_one == 0 ? std::string_view{} : tables::codes[row_plus_one - 1].phrase;
}

// The standing of a code; a code without a row is unregistered.
constexpr standing standing_of(status s) noexcept {
    const auto row_plus_one = tables::row_plus_one(s);
    return row_plus_one == 0 ? standing::unregistered : tables::codes[row_plus_one - 1].level;
}

// Whether IANA lists the code, deprecated or not.
constexpr bool is_registered(status s) noexcept {
    const auto level = standing_of(s);
    return level == standing::current || level == standing::deprecated;
}

// What a user agent treats a response as (RFC 3261 section 8.1.3.2): itself when it recognises the code, else 183 for
// a provisional one and x00 for a final one. The rule is about the user agent at hand: `recognises` is its predicate
// on a status. 100 and the x00 codes stand for themselves whether it names them or not.
template <class Predicate>
constexpr status effective_status(status s, Predicate recognises) noexcept(noexcept(recognises(s))) {
    if (s == generic_status(class_of(s)) || recognises(s)) return s;
    return is_provisional(s) ? status::session_progress : generic_status(class_of(s));
}

// The same for a user agent that recognises just the registered codes.
constexpr status effective_status(status s) noexcept {
    return effective_status(s, is_registered);
}

// Every known name of a class; the RFC 3261 section 7.2 name of each class is among them.
constexpr rows<class_name> class_names() noexcept {
    return tables::class_names;
}

// The class that a name stands for, compared without case ("Client Error", "request failure"); nothing if unknown.
constexpr std::optional<status_class> find_class(std::string_view name) noexcept {
    for (const auto &known : tables::class_names)
        if (tables::equal_but_for_case(known.text, name)) return known.of;
    return std::nullopt;
}

} // namespace sipstatus::inline SIPSTATUS_ABI

#endif
