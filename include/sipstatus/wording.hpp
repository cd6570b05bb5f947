#ifndef SIPSTATUS_WORDING_HPP
#define SIPSTATUS_WORDING_HPP

// What a reason phrase says, beside its kind: that it is another code's phrase ("603 Unauthorized"), repeats its code
// ("486 486"), is the canonical phrase with more after it ("403 Forbidden - HSS User Unknown"), or names another code
// ("404 Not here (477/TM)"). For people who look for what went wrong; nothing here is a reason to handle a response
// otherwise (RFC 3261 section 7.2). constexpr, no allocation, no exception.

#include <sipstatus/reason.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {

// A code that a stack makes up; see stack_codes.def.
struct stack_code {
    std::uint16_t code;  // 477 to 904
    static_text phrase;  // what the stack writes beside it
    static_text stack;   // who makes it up
    static_text meaning; // in our words
};

namespace tables {

inline constexpr stack_code stack_codes[] = {
#define SIPSTATUS_STACK_CODE(code, phrase, stack, meaning) {code, {phrase}, {stack}, {meaning}},
#include <sipstatus/stack_codes.def>
};

constexpr bool is_word_octet(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

// A run of exactly `digits` decimal digits that is no part of a longer word: its number and its place.
struct number_in_text {
    int number = -1; // -1 if there is none
    std::size_t offset = 0;
};
constexpr number_in_text find_number(std::string_view text, std::size_t digits, std::size_t from = 0) noexcept {
    for (std::size_t at = from; at + digits <= text.size(); ++at) {
        if (at != 0 && is_word_octet(text[at - 1])) continue;
        int number = 0;
        std::size_t n = 0;
        for (; n < digits && text[at + n] >= '0' && text[at + n] <= '9'; ++n)
            number = number * 10 + (text[at + n] - '0');
        if (n == digits && (at + n == text.size() || !is_word_octet(text[at + n]))) return {number, at};
    }
    return {};
}

} // namespace tables

// Every code that stacks make up, ascending.
constexpr rows<stack_code> stack_codes() noexcept {
    return tables::stack_codes;
}

// What a phrase says. Offsets count from the first octet of the phrase.
struct wording {
    status other{};            // the code that has it as a known phrase, where this code has not; 0 if there is none
    bool repeats_code = false; // the code stands in the phrase, by itself
    bool is_canonical_and_more = false; // it begins with the canonical phrase, in any case, and goes on
    bool asks_for_detail = false;       // the code's section asks for detail in the phrase, so more is as it should be
    std::string_view detail{};          // what stands after the canonical phrase, without the blanks and marks between
    int named_code = 0; // another code that stands in the phrase by itself, 100 to 999; 0 if there is none
    std::size_t named_code_offset = 0; // where it stands
    int subcode = 0; // of six digits that end in the code, as Microsoft Teams has them; 0 if there is none
    std::size_t subcode_offset = 0; // where it stands

    // Whether there is anything to say.
    constexpr explicit operator bool() const noexcept {
        return to_int(other) != 0 || repeats_code || is_canonical_and_more || named_code != 0 || subcode != 0;
    }
};

// Whether the section of the code asks for detail in the reason phrase: RFC 3261
// sections 21.1.4, 21.1.5, 21.4.1, 21.4.18 and 21.4.22.
constexpr bool asks_for_detail(status s) noexcept {
    return s == status::queued || s == status::session_progress || s == status::bad_request ||
           s == status::temporarily_unavailable || s == status::address_incomplete;
}

// What `phrase` says beside the code `s`. A phrase that is known for the code says nothing more.
constexpr wording read_wording(status s, std::string_view phrase) noexcept {
    wording says;
    if (classify_reason(s, phrase) != reason_kind::local) return says;
    says.asks_for_detail = asks_for_detail(s);
    for (const auto &owner : find_phrase(phrase))
        if (to_int(says.other) == 0) says.other = owner.code;

    const auto canonical = canonical_phrase(s);
    if (!canonical.empty() && phrase.size() > canonical.size() && !tables::is_word_octet(phrase[canonical.size()]) &&
        tables::equal_but_for_case(phrase.substr(0, canonical.size()), canonical)) {
        says.detail = phrase.substr(canonical.size());
        while (!says.detail.empty() &&
               std::string_view(" \t-:;,.(/").find(says.detail.front()) != std::string_view::npos)
            says.detail.remove_prefix(1);
        says.is_canonical_and_more = true;
    }

    for (auto found = tables::find_number(phrase, 3); found.number >= 0;
         found = tables::find_number(phrase, 3, found.offset + 3)) {
        if (found.number == to_int(s))
            says.repeats_code = true;
        else if (found.number >= 100 && says.named_code == 0) {
            says.named_code = found.number;
            says.named_code_offset = found.offset;
        }
    }
    if (const auto found = tables::find_number(phrase, 6);
        found.number >= 100'000 && found.number % 1000 == to_int(s)) {
        says.subcode = found.number;
        says.subcode_offset = found.offset;
    }
    return says;
}

} // namespace sipstatus::inline SIPSTATUS_ABI

#endif
