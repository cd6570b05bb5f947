// The registry and everything that is derived from it: the laws of status.def, proven by the compiler where they can
// be; the look-ups over their whole domain; and, where the collections are there, agreement with what IANA, the RFCs,
// published lists and other implementations print.

#include <sipstatus/names.hpp>

#include <boost/test/unit_test.hpp>

#include "collections.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace sipstatus;
using tables::equal_but_for_case;

// ---- the laws of the rows -------------------------------------------------------------------------------------------

constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// What RFC 3261 section 25.1 lets a Reason-Phrase be made of, in ASCII and without escapes.
constexpr bool is_phrase_character(char c) {
    return is_letter(c) || is_digit(c) || std::string_view(" \t;/?:@&=+$,-_.!~*'()").find(c) != std::string_view::npos;
}

// Neither blank at an end nor anything that is not the phrase's own: what a source printed, ready to be sent.
constexpr bool is_sendable(std::string_view phrase) {
    if (phrase.empty() || phrase.front() == ' ' || phrase.back() == ' ') return false;
    for (const char c : phrase)
        if (!is_phrase_character(c)) return false;
    return true;
}

constexpr bool is_sentence(std::string_view text) {
    if (text.size() < 40 || text.size() > 220 || text.front() < 'A' || text.front() > 'Z' || text.back() != '.')
        return false;
    for (const char c : text)
        if (c < ' ' || c > '~') return false;
    return text.find("  ") == std::string_view::npos;
}

constexpr bool is_snake_case(std::string_view name) {
    if (name.empty() || !is_letter(name.front()) || name.back() == '_') return false;
    for (const char c : name)
        if (!(c >= 'a' && c <= 'z') && !is_digit(c) && c != '_') return false;
    return name.find("__") == std::string_view::npos;
}

// Whether a name is its phrase in small letters, all that is neither letter nor digit made one underscore.
constexpr bool is_named_after(std::string_view name, std::string_view phrase) {
    std::size_t at = 0;
    for (std::size_t next = 0; next < phrase.size(); ++next) {
        const bool word = is_letter(phrase[next]) || is_digit(phrase[next]);
        if (!word && next != 0 && name[at - 1] == '_') continue;
        if (at == name.size() || name[at++] != (word ? tables::lower(phrase[next]) : '_')) return false;
    }
    return at == name.size();
}

constexpr bool is_rfc(std::string_view reference) {
    if (!reference.starts_with("RFC ") || reference.size() != 8) return false;
    for (const char c : reference.substr(4))
        if (!is_digit(c)) return false;
    return true;
}

constexpr bool is_section(std::string_view section) {
    if (section.empty() || !is_digit(section.front()) || !is_digit(section.back())) return false;
    for (const char c : section)
        if (!is_digit(c) && c != '.') return false;
    return section.find("..") == std::string_view::npos;
}

constexpr bool codes_ascend() {
    for (std::size_t row = 1; row < registry().size(); ++row)
        if (registry()[row - 1].code >= registry()[row].code) return false;
    return true;
}
static_assert(codes_ascend());

constexpr bool rows_are_complete() {
    for (const auto &row : registry())
        if (!is_snake_case(row.name) || !is_sendable(row.phrase) || !is_sentence(row.meaning)) return false;
    return true;
}
static_assert(rows_are_complete());

// 406 and 606 share a phrase, so that the latter's name needs a word more; "or" is the slash of 481.
constexpr bool names_are_the_phrases() {
    for (const auto &row : registry()) {
        const bool other =
            row.code == status::not_acceptable_anywhere || row.code == status::call_or_transaction_does_not_exist;
        if (is_named_after(row.name, row.phrase) == other) return false;
    }
    return true;
}
static_assert(names_are_the_phrases());

constexpr bool names_and_meanings_are_unique() {
    for (std::size_t a = 0; a < registry().size(); ++a)
        for (std::size_t b = 0; b < a; ++b)
            if (registry()[a].name == registry()[b].name || registry()[a].meaning == registry()[b].meaning)
                return false;
    return true;
}
static_assert(names_and_meanings_are_unique());

constexpr bool references_fit_the_standing() {
    for (const auto &row : registry()) {
        const bool in_an_rfc = row.level != standing::unregistered;
        if (is_rfc(row.reference) != in_an_rfc || is_section(row.section) != in_an_rfc) return false;
        if (row.reference.empty() || (!in_an_rfc && !row.section.empty())) return false;
        if ((row.reference == "RFC 2543") != (row.level == standing::historical)) return false;
    }
    return true;
}
static_assert(references_fit_the_standing());

constexpr std::size_t rows_of(standing level) {
    std::size_t count = 0;
    for (const auto &row : registry()) count += row.level == level;
    return count;
}
static_assert(registry().size() == 83);
static_assert(rows_of(standing::current) == 74 && rows_of(standing::deprecated) == 1);
static_assert(rows_of(standing::historical) == 3 && rows_of(standing::unregistered) == 5);

// ---- the laws of the phrases beside the canonical ones --------------------------------------------------------------

constexpr bool variants_are_sorted() {
    for (std::size_t at = 1; at < phrase_variants().size(); ++at) {
        const auto &before = phrase_variants()[at - 1], &after = phrase_variants()[at];
        if (before.code > after.code) return false;
        if (before.code == after.code && before.kind > after.kind) return false;
    }
    return true;
}
static_assert(variants_are_sorted());

constexpr bool variants_are_complete() {
    for (const auto &variant : phrase_variants()) {
        if (variant.kind != reason_kind::former && variant.kind != reason_kind::published) return false;
        if (!is_sendable(variant.phrase) || variant.source.empty()) return false;
        if (name(variant.code).empty() || equal_but_for_case(canonical_phrase(variant.code), variant.phrase))
            return false;
    }
    return true;
}
static_assert(variants_are_complete());

constexpr bool variants_are_unique() {
    for (std::size_t a = 0; a < phrase_variants().size(); ++a)
        for (std::size_t b = 0; b < a; ++b)
            if (phrase_variants()[a].code == phrase_variants()[b].code &&
                equal_but_for_case(phrase_variants()[a].phrase, phrase_variants()[b].phrase))
                return false;
    return true;
}
static_assert(variants_are_unique());

// A former phrase is an RFC's, and not one of HTTP, which prints its phrases for other meanings.
constexpr bool former_phrases_come_from_rfcs() {
    for (const auto &variant : phrase_variants())
        if (variant.kind == reason_kind::former && (!variant.source.view().starts_with("RFC ") ||
                                                    variant.source.view().find("HTTP") != std::string_view::npos))
            return false;
    return true;
}
static_assert(former_phrases_come_from_rfcs());

// ---- the laws of the classes ----------------------------------------------------------------------------------------

constexpr struct {
    status_class of;
    char digit;
    std::string_view phrase;
} classes[] = {
#define SIPSTATUS_CLASS(digit, name, phrase, section) {status_class::name, #digit[0], phrase},
#include <sipstatus/status.def>
};

constexpr bool classes_are_the_six() {
    char digit = '1';
    for (const auto &c : classes) {
        if (c.digit != digit || static_cast<int>(c.of) != digit - '0' || find_class(c.phrase) != c.of) return false;
        ++digit;
    }
    return digit == '7';
}
static_assert(classes_are_the_six());

constexpr bool class_names_are_unique() {
    for (std::size_t a = 0; a < class_names().size(); ++a) {
        if (class_names()[a].text.empty() || class_names()[a].source.empty()) return false;
        for (std::size_t b = 0; b < a; ++b)
            if (equal_but_for_case(class_names()[a].text, class_names()[b].text)) return false;
    }
    return true;
}
static_assert(class_names_are_unique());

constexpr bool class_names_are_found() {
    for (const auto &known : class_names())
        if (find_class(known.text) != known.of) return false;
    return true;
}
static_assert(class_names_are_found());

static_assert(find_class("request failure") == status_class::client_error);
static_assert(find_class("INFORMATIONAL") == status_class::provisional);
static_assert(find_class("client-error") == status_class::client_error);
static_assert(find_class("6xx") == status_class::global_failure);
static_assert(!find_class("") && !find_class("7xx") && !find_class("Success ") && !find_class("Succes"));

// ---- every code -----------------------------------------------------------------------------------------------------

constexpr bool every_code_has_its_class() {
    for (int number = 100; number <= 699; ++number) {
        const auto s = static_cast<status>(number);
        const auto c = class_of(s);
        if (static_cast<int>(c) != number / 100 || to_int(s) != number) return false;
        if (to_int(generic_status(c)) != number / 100 * 100 || class_of(generic_status(c)) != c) return false;
        if (is_provisional(s) != (number < 200) || is_final(s) == is_provisional(s)) return false;
        if (finality_of(s) != (number < 200 ? finality::provisional : finality::final)) return false;
    }
    return true;
}
static_assert(every_code_has_its_class());

// What the look-ups say of each code, against its row; find() itself is tried below.
constexpr bool look_ups_agree_with_the_rows() {
    std::size_t next = 0;
    for (int number = 100; number <= 699; ++number) {
        const auto s = static_cast<status>(number);
        registry_entry expected{s, {""}, {""}, {""}, {""}, standing::unregistered, {""}};
        if (next < registry().size() && registry()[next].code == s) expected = registry()[next++];
        if (canonical_phrase(s) != expected.phrase || name(s) != expected.name) return false;
        if (standing_of(s) != expected.level) return false;
        if (is_registered(s) != (expected.level == standing::current || expected.level == standing::deprecated))
            return false;
    }
    return next == registry().size();
}
static_assert(look_ups_agree_with_the_rows());

// RFC 3261 section 8.1.3.2, for a user agent that recognises just what `recognises` says.
template <class Predicate> constexpr bool effective_status_obeys(Predicate recognises) {
    for (int number = 100; number <= 699; ++number) {
        const auto s = static_cast<status>(number);
        const auto effective = effective_status(s, recognises);
        if (class_of(effective) != class_of(s) || is_final(effective) != is_final(s)) return false;
        if (effective_status(effective, recognises) != effective) return false;
        const bool known = recognises(s) || number % 100 == 0;
        const auto expected = known          ? s
                              : number < 200 ? status::session_progress
                                             : static_cast<status>(number / 100 * 100);
        if (effective != expected) return false;
    }
    return true;
}
static_assert(effective_status_obeys([](status s) { return is_registered(s); }));
static_assert(effective_status_obeys([](status) { return false; }));
static_assert(effective_status_obeys([](status) { return true; }));

constexpr bool registered_codes_stand_for_themselves() {
    for (const auto &row : registry())
        if ((effective_status(row.code) == row.code) != is_registered(row.code)) return false;
    return true;
}
static_assert(registered_codes_stand_for_themselves());
static_assert(effective_status(status{199}) == status::early_dialog_terminated);
static_assert(effective_status(status{101}) == status::session_progress);
static_assert(effective_status(status{298}) == status::ok);
static_assert(effective_status(status::see_other) == status::multiple_choices);
static_assert(effective_status(status::request_updated) == status::bad_request);
static_assert(effective_status(status::accepted) == status::accepted);
static_assert(effective_status(status{599}) == status::server_internal_error);
static_assert(effective_status(status::dialog_terminated) == status::busy_everywhere);

static_assert(!to_status(99) && to_status(100) == status::trying);
static_assert(to_status(699) == status{699} && !to_status(700));
static_assert(!to_status(0) && !to_status(-100) && !to_status(65'536 + 200));
static_assert(!to_status(std::numeric_limits<long long>::min()) && !to_status(std::numeric_limits<long long>::max()));

// ---- kinds of phrase ------------------------------------------------------------------------------------------------

constexpr bool every_row_is_canonical() {
    for (const auto &row : registry()) {
        const auto match = match_reason(row.code, row.phrase);
        if (match.kind != reason_kind::canonical || match.source != row.reference) return false;
        if (classify_reason(row.code, "") != reason_kind::absent) return false;
        if (classify_reason(row.code, row.meaning) != reason_kind::local) return false;
    }
    return true;
}
static_assert(every_row_is_canonical());

constexpr bool every_variant_is_its_kind() {
    for (const auto &variant : phrase_variants()) {
        const auto match = match_reason(variant.code, variant.phrase);
        if (match.kind != variant.kind || match.source != variant.source) return false;
    }
    return true;
}
static_assert(every_variant_is_its_kind());

static_assert(classify_reason(status::ok, "") == reason_kind::absent);
static_assert(classify_reason(status{499}, "") == reason_kind::absent);
static_assert(classify_reason(status::ok, "OK") == reason_kind::canonical);
static_assert(classify_reason(status::conflict, "Conflict") == reason_kind::canonical);
static_assert(classify_reason(status::request_updated, "Request Updated") == reason_kind::canonical);
static_assert(classify_reason(status::ok, "Ok") == reason_kind::letter_case);
static_assert(classify_reason(status::server_time_out, "Server Time-Out") == reason_kind::letter_case);
static_assert(classify_reason(status::does_not_exist_anywhere, "Does not exist anywhere") == reason_kind::letter_case);
static_assert(classify_reason(status::unsupported_credential, "Unsupported Certificate") == reason_kind::former);
static_assert(classify_reason(status::server_internal_error, "internal server error") == reason_kind::former);
static_assert(classify_reason(status::decline, "Declined") == reason_kind::former);
static_assert(classify_reason(status::unauthorized, "Not Authorized") == reason_kind::published);
static_assert(classify_reason(status::session_progress, "Session in Progress") == reason_kind::published);
static_assert(classify_reason(status::decline, "NETWORK BLOCKED") == reason_kind::published);
static_assert(classify_reason(status::ok, "OK ") == reason_kind::local);
static_assert(classify_reason(status::ok, " OK") == reason_kind::local);
static_assert(classify_reason(status::ok, std::string_view("OK\0", 3)) == reason_kind::local);
static_assert(classify_reason(status::ok, "Trying") == reason_kind::local);
static_assert(classify_reason(status::server_time_out, "Version Not Supported") == reason_kind::local);
static_assert(classify_reason(status{499}, "Client Closed Request") == reason_kind::local);
static_assert(match_reason(status::ok, "Ok").source == "RFC 3261");
static_assert(match_reason(status::ok, "Fine").source.empty() && match_reason(status::ok, "").source.empty());

static_assert(is_canonical(reason_kind::canonical) && !is_canonical(reason_kind::letter_case));
static_assert(is_local(reason_kind::local) && !is_local(reason_kind::published) && !is_local(reason_kind::absent));

static_assert(find_phrase("not acceptable").size() == 2);
static_assert(find_phrase("not acceptable").items[0].code == status::not_acceptable);
static_assert(find_phrase("not acceptable").items[1].code == status::not_acceptable_anywhere);
static_assert(find_phrase("Busy").items[0].match.kind == reason_kind::former);
static_assert(find_phrase("").empty() && find_phrase("No such phrase").empty());

// ---- names of enumerators -------------------------------------------------------------------------------------------

template <class Enum> struct spelling {
    Enum value;
    std::string_view name;
};

template <class Enum, std::size_t N> constexpr bool names_are(const spelling<Enum> (&list)[N]) {
    for (std::size_t a = 0; a < N; ++a) {
        if (list[a].name.empty() || name(list[a].value) != list[a].name) return false;
        for (std::size_t b = 0; b < a; ++b)
            if (list[a].name == list[b].name || list[a].value == list[b].value) return false;
    }
    return true;
}

// Whether the values past the last have no name.
template <class Enum> constexpr bool no_name_from(int first, int last) {
    for (int value = first; value <= last; ++value)
        if (!name(static_cast<Enum>(value)).empty()) return false;
    return true;
}

constexpr spelling<status> status_names[] = {
#define SIPSTATUS_CODE(code, name, phrase, reference, section, level, meaning) {static_cast<status>(code), #name},
#include <sipstatus/status.def>
};
static_assert(names_are(status_names));
static_assert(no_name_from<status>(0, 99) && no_name_from<status>(700, 1100));

constexpr spelling<status_class> class_spellings[] = {
#define SIPSTATUS_CLASS(digit, name, phrase, section) {static_cast<status_class>(digit), #name},
#include <sipstatus/status.def>
};
static_assert(names_are(class_spellings) && no_name_from<status_class>(0, 0) && no_name_from<status_class>(7, 255));

constexpr spelling<outcome> outcome_names[] = {
#define SIPSTATUS_OUTCOME(name, section, expected) {outcome::name, #name},
#include <sipstatus/status_line.def>
};
static_assert(names_are(outcome_names) && no_name_from<outcome>(std::size(outcome_names), 255));

constexpr spelling<deviation> deviation_names[] = {
#define SIPSTATUS_DEVIATION(name, section, expected) {deviation::name, #name},
#include <sipstatus/status_line.def>
};
static_assert(names_are(deviation_names) && std::size(deviation_names) == deviation_count);
static_assert(no_name_from<deviation>(deviation_count, 255));

constexpr spelling<finality> finality_names[] = {
    {finality::provisional, "provisional"},
    {finality::final, "final"},
};
static_assert(names_are(finality_names) && no_name_from<finality>(std::size(finality_names), 255));

constexpr spelling<standing> standing_names[] = {
    {standing::current, "current"},
    {standing::deprecated, "deprecated"},
    {standing::historical, "historical"},
    {standing::unregistered, "unregistered"},
};
static_assert(names_are(standing_names) && no_name_from<standing>(std::size(standing_names), 255));

constexpr spelling<reason_kind> reason_kind_names[] = {
    {reason_kind::absent, "absent"}, {reason_kind::canonical, "canonical"}, {reason_kind::letter_case, "letter_case"},
    {reason_kind::former, "former"}, {reason_kind::published, "published"}, {reason_kind::local, "local"},
};
static_assert(names_are(reason_kind_names) && no_name_from<reason_kind>(std::size(reason_kind_names), 255));

constexpr spelling<kernel> kernel_names[] = {
    {kernel::scalar, "scalar"},
    {kernel::ssse3, "ssse3"},
    {kernel::avx2, "avx2"},
    {kernel::neon, "neon"},
};
static_assert(names_are(kernel_names) && no_name_from<kernel>(std::size(kernel_names), 255));

constexpr spelling<write_error> write_error_names[] = {
    {write_error::none, "none"},
    {write_error::too_small, "too_small"},
    {write_error::invalid_status, "invalid_status"},
    {write_error::unsafe_phrase, "unsafe_phrase"},
};
static_assert(names_are(write_error_names) && no_name_from<write_error>(std::size(write_error_names), 255));

// ---- what was proven by the compiler, once more as compiled ---------------------------------------------------------

BOOST_AUTO_TEST_CASE(names_are_the_same_at_run_time) {
    // One call each: a compiler folds the constant left side of an &&, and runs nothing.
    BOOST_TEST(names_are(status_names));
    BOOST_TEST(no_name_from<status>(0, 99));
    BOOST_TEST(no_name_from<status>(700, 65'535));
    BOOST_TEST(names_are(class_spellings));
    BOOST_TEST(no_name_from<status_class>(7, 255));
    BOOST_TEST(names_are(outcome_names));
    BOOST_TEST(no_name_from<outcome>(std::size(outcome_names), 255));
    BOOST_TEST(names_are(deviation_names));
    BOOST_TEST(no_name_from<deviation>(deviation_count, 255));
    BOOST_TEST(names_are(finality_names));
    BOOST_TEST(no_name_from<finality>(std::size(finality_names), 255));
    BOOST_TEST(names_are(standing_names));
    BOOST_TEST(no_name_from<standing>(std::size(standing_names), 255));
    BOOST_TEST(names_are(reason_kind_names));
    BOOST_TEST(no_name_from<reason_kind>(std::size(reason_kind_names), 255));
    BOOST_TEST(names_are(kernel_names));
    BOOST_TEST(no_name_from<kernel>(std::size(kernel_names), 255));
    BOOST_TEST(names_are(write_error_names));
    BOOST_TEST(no_name_from<write_error>(std::size(write_error_names), 255));
}

BOOST_AUTO_TEST_CASE(static_texts_are_equal_when_their_octets_are) {
    const char longer[] = "Busy Here now", *const texts[] = {"", "B", "Busy Here", "busy here", longer};
    for (const auto *a : texts)
        for (const auto *b : texts) {
            BOOST_TEST((static_text{a} == static_text{b}) == (std::string(a) == b), a << " and " << b);
            BOOST_TEST((static_text{a} == std::string_view(b)) == (std::string(a) == b), a << " and " << b);
        }
    const auto elsewhere = std::string("Busy Here");
    BOOST_TEST((static_text{elsewhere.c_str()} == static_text{"Busy Here"}));
}

BOOST_AUTO_TEST_CASE(rows_are_reached_by_their_number) {
    std::size_t at = 0;
    for (const auto &row : registry()) BOOST_TEST((&registry()[at++] == &row));
    BOOST_TEST(at == registry().size());
}

// ---- what takes the compiler too long -------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(find_knows_only_the_codes_of_the_rows) {
    std::set<unsigned> known;
    for (const auto &row : registry()) known.insert(static_cast<unsigned>(to_int(row.code)));
    for (unsigned number = 0; number <= 65'535; ++number) {
        const auto *row = find(static_cast<status>(number));
        BOOST_REQUIRE_MESSAGE((row != nullptr) == known.contains(number), number);
        if (row) BOOST_REQUIRE_MESSAGE(static_cast<unsigned>(to_int(row->code)) == number, number);
    }
}

BOOST_AUTO_TEST_CASE(texts_are_equal_octet_for_octet) {
    const std::string texts[] = {"", "O", "OK", "Ok", "OKs", "oK"};
    for (const auto &a : texts)
        for (const auto &b : texts) {
            const auto copy = b; // equal, and elsewhere
            BOOST_TEST((static_text{a.c_str()} == static_text{copy.c_str()}) == (a == b), a << " and " << b);
            BOOST_TEST((static_text{a.c_str()} == std::string_view(copy)) == (a == b), a << " and " << b);
        }
}

BOOST_AUTO_TEST_CASE(just_the_letters_have_a_lower_case) {
    const std::string upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", lower = "abcdefghijklmnopqrstuvwxyz";
    for (int value = 0; value < 256; ++value) {
        const auto c = static_cast<char>(static_cast<unsigned char>(value));
        const auto at = upper.find(c);
        BOOST_TEST(tables::lower(c) == (at == upper.npos ? c : lower[at]), value);
    }
}

BOOST_AUTO_TEST_CASE(to_status_takes_100_to_699) {
    for (long long number = -70'000; number <= 70'000; ++number) {
        const auto s = to_status(number);
        BOOST_REQUIRE_MESSAGE(s.has_value() == (number >= 100 && number <= 699), number);
        if (s) BOOST_REQUIRE_MESSAGE(to_int(*s) == number, number);
    }
}

// The codes that a phrase is known for, counted without find_phrase() and its capacity.
std::set<int> owners_of(std::string_view phrase) {
    std::set<int> codes;
    for (const auto &row : registry())
        if (equal_but_for_case(row.phrase, phrase)) codes.insert(to_int(row.code));
    for (const auto &variant : phrase_variants())
        if (equal_but_for_case(variant.phrase, phrase)) codes.insert(to_int(variant.code));
    return codes;
}

BOOST_AUTO_TEST_CASE(a_phrase_finds_every_code_it_is_known_for) {
    std::set<std::string_view> phrases;
    for (const auto &row : registry()) phrases.insert(row.phrase);
    for (const auto &variant : phrase_variants()) phrases.insert(variant.phrase);

    for (const auto phrase : phrases) {
        const auto codes = owners_of(phrase);
        BOOST_TEST(codes.size() <= phrase_owners::capacity, phrase << " is known for " << codes.size() << " codes");
        const auto found = find_phrase(phrase);
        std::set<int> listed;
        int previous = 0;
        for (const auto &owner : found) {
            BOOST_TEST(previous < to_int(owner.code), phrase << ": the codes do not ascend");
            previous = to_int(owner.code);
            listed.insert(previous);
            const auto match = match_reason(owner.code, phrase);
            BOOST_TEST((owner.match.kind == match.kind && owner.match.source == match.source), phrase);
        }
        BOOST_TEST((listed == codes), phrase << " finds other codes than the rows have");
        BOOST_TEST(found.size() == codes.size());
        BOOST_TEST(!found.empty(), phrase);
    }
    for (const auto unknown : {"", " ", "Busy Here ", "no phrase of any code"})
        BOOST_TEST(find_phrase(unknown).empty(), unknown);
}

// Every phrase in every letter case that differs in one letter is the same phrase, but not canonical.
BOOST_AUTO_TEST_CASE(one_letter_in_the_other_case) {
    for (const auto &row : registry()) {
        for (std::size_t at = 0; at < row.phrase.size(); ++at) {
            std::string changed(row.phrase);
            if (!is_letter(changed[at])) continue;
            changed[at] = static_cast<char>(changed[at] ^ 0x20);
            BOOST_TEST((classify_reason(row.code, changed) == reason_kind::letter_case), changed);
        }
    }
    for (const auto &variant : phrase_variants()) {
        for (std::size_t at = 0; at < variant.phrase.size(); ++at) {
            std::string changed(variant.phrase);
            if (!is_letter(changed[at])) continue;
            changed[at] = static_cast<char>(changed[at] ^ 0x20);
            BOOST_TEST((classify_reason(variant.code, changed) == variant.kind), changed);
        }
    }
}

// A phrase with any one octet more, at either end, is another phrase: local.
BOOST_AUTO_TEST_CASE(one_octet_more) {
    for (const auto &row : registry()) {
        for (int octet = 0; octet <= 255; ++octet) {
            const std::string more(1, static_cast<char>(octet));
            const std::string phrase(row.phrase);
            for (const auto &changed : {more + phrase, phrase + more}) {
                const auto codes = owners_of(changed);
                if (codes.contains(to_int(row.code))) continue;
                BOOST_REQUIRE_MESSAGE(classify_reason(row.code, changed) == reason_kind::local, changed);
            }
        }
    }
}

// ---- what others print ----------------------------------------------------------------------------------------------

status code_of(const collections::row &row) {
    const auto s = to_status(std::stoll(row.at("code")));
    BOOST_REQUIRE_MESSAGE(s, row.at("code"));
    return *s;
}

std::string_view kind_of(status s, std::string_view phrase) {
    return name(classify_reason(s, phrase));
}

BOOST_AUTO_TEST_CASE(iana_prints_the_registered_codes, *collections::needed()) {
    const auto listed = collections::lines("registry/iana-2026-01-07.tsv");
    BOOST_TEST(listed.size() == rows_of(standing::current) + rows_of(standing::deprecated));
    for (const auto &line : listed) {
        const auto s = static_cast<status>(std::stoi(line.at(0)));
        BOOST_TEST(is_registered(s), line.at(0));
        BOOST_TEST(canonical_phrase(s) == line.at(1));
        BOOST_REQUIRE_MESSAGE(find(s), line.at(0));
        std::string reference(find(s)->reference);
        std::erase(reference, ' ');
        BOOST_TEST(reference == line.at(2), line.at(0) << ": " << reference);
    }
}

BOOST_AUTO_TEST_CASE(the_collected_registry_is_ours, *collections::needed()) {
    const auto listed = collections::table("registry/registry.csv");
    BOOST_TEST(listed.size() == registry().size());
    for (const auto &row : listed) {
        const auto s = code_of(row);
        const auto *ours = find(s);
        BOOST_REQUIRE_MESSAGE(ours, row.at("code"));
        BOOST_TEST(ours->phrase.view() == row.at("phrase"));
        const bool in_an_rfc = row.at("reference").starts_with("RFC");
        BOOST_TEST(name(ours->level) == (in_an_rfc ? row.at("status") : "unregistered"), row.at("code"));
        if (in_an_rfc) {
            std::string reference(ours->reference);
            std::erase(reference, ' ');
            BOOST_TEST(row.at("reference").starts_with(reference), row.at("code") << ": " << reference);
        }
    }
}

// The other phrases that the collected registry notes: "Phrase [where from]; Phrase [where from]". One is noted for
// being wrong there: a single implementation prints it for the number, against the registration.
BOOST_AUTO_TEST_CASE(the_collected_registry_has_no_phrase_that_is_local, *collections::needed()) {
    for (const auto &row : collections::table("registry/registry.csv")) {
        const auto s = code_of(row);
        std::istringstream notes(row.at("former_phrases"));
        for (std::string note; std::getline(notes >> std::ws, note, ']');) {
            if (note.starts_with(';')) note.erase(0, note.find_first_not_of("; "));
            const auto phrase = note.substr(0, note.find(" ["));
            const bool wrong = s == status::first_hop_lacks_outbound_support && phrase == "Stale Date";
            BOOST_TEST((kind_of(s, phrase) == "local") == wrong, row.at("code") << " " << phrase);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_phrases_of_rfc_2543_and_rfc_3261, *collections::needed()) {
    for (const auto &row : collections::table("registry/rfc2543_rfc3261_phrases.tsv")) {
        for (const auto column : {"RFC2543_heading", "RFC2543_grammar", "RFC3261_s21_heading", "RFC3261_s25_comment"}) {
            const auto &phrase = row.at(column);
            if (phrase.empty()) continue;
            const auto kind = classify_reason(code_of(row), phrase);
            BOOST_TEST(
                (kind == reason_kind::canonical || kind == reason_kind::letter_case || kind == reason_kind::former),
                row.at("code") << " " << phrase << " is " << name(kind));
        }
    }
}

// An RFC's text as one line: the pages' feet and heads dropped, every run of blanks and line ends one SP.
std::string running_text(const std::filesystem::path &file) {
    std::ifstream in(file);
    BOOST_REQUIRE_MESSAGE(in, "cannot read " << file);
    std::string text;
    for (std::string line; std::getline(in, line);) {
        if (line.find("[Page ") != std::string::npos || line.starts_with("RFC ")) continue;
        std::istringstream words(line);
        for (std::string word; words >> word;) text += word + ' ';
    }
    return text;
}

// RFCs name a response "486 (Busy Here)" in their text. What stands there, beginning with a capital, is known; a slip
// puts another code's phrase there, as RFC 3261 section 26.3.2.1 does with 401.
BOOST_AUTO_TEST_CASE(the_running_text_of_rfcs, *collections::needed()) {
    std::size_t named = 0;
    for (const auto &file : std::filesystem::directory_iterator(collections::folder() / "rfc")) {
        const auto text = running_text(file.path());
        for (auto open = text.find(" ("); open != std::string::npos; open = text.find(" (", open + 1)) {
            const auto close = text.find_first_of("()", open + 2);
            if (open < 4 || text[open - 4] != ' ' || close == std::string::npos || text[close] != ')') continue;
            const auto number = text.substr(open - 3, 3), phrase = text.substr(open + 2, close - open - 2);
            if (!std::all_of(number.begin(), number.end(), is_digit) || phrase[0] < 'A' || phrase[0] > 'Z') continue;
            const auto s = static_cast<status>(std::stoi(number));
            if (!find(s)) continue;
            ++named;
            const bool slip =
                s == status::unauthorized && phrase == canonical_phrase(status::proxy_authentication_required);
            BOOST_TEST((kind_of(s, phrase) == "local") == slip, file.path().filename()
                                                                    << ": " << number << " " << phrase);
        }
    }
    BOOST_TEST(named > 200u);
}

BOOST_AUTO_TEST_CASE(published_lists_have_no_phrase_that_is_local, *collections::needed()) {
    for (const auto &row : collections::table("published_phrases.csv")) {
        BOOST_TEST(find(code_of(row)), row.at("code"));
        BOOST_TEST(kind_of(code_of(row), row.at("phrase")) != "local", row.at("code") << " " << row.at("phrase"));
        BOOST_TEST(kind_of(code_of(row), row.at("phrase")) != "absent", row.at("code"));
    }
}

BOOST_AUTO_TEST_CASE(published_class_names_are_found, *collections::needed()) {
    for (const auto &row : collections::table("published_class_names.csv")) {
        const auto found = find_class(row.at("name"));
        BOOST_REQUIRE_MESSAGE(found, row.at("name"));
        BOOST_TEST(static_cast<int>(*found) == std::stoi(row.at("first_digit")), row.at("name"));
    }
}

// status.def takes a phrase from the tables of implementations when two of them have it, and none that one has alone.
BOOST_AUTO_TEST_CASE(two_implementations_make_a_phrase_known, *collections::needed()) {
    struct wording {
        status code;
        std::string phrase;
        std::set<std::string> implementations;
    };
    std::vector<wording> wordings;
    for (const auto &row : collections::table("registry/peer_tables.tsv")) {
        const auto s = to_status(std::stoll(row.at("code")));
        if (!s || !find(*s)) continue;
        const auto known = std::find_if(wordings.begin(), wordings.end(), [&](const wording &w) {
            return w.code == *s && equal_but_for_case(w.phrase, row.at("phrase"));
        });
        auto &w = known != wordings.end() ? *known : wordings.emplace_back(wording{*s, row.at("phrase"), {}});
        w.implementations.insert(row.at("stack"));
    }
    for (const auto &w : wordings) {
        const auto match = match_reason(w.code, w.phrase);
        if (w.implementations.size() >= 2) BOOST_TEST(name(match.kind) != "local", to_int(w.code) << " " << w.phrase);
        if (match.source.starts_with("phrase tables"))
            BOOST_TEST(w.implementations.size() >= 2u, to_int(w.code) << " " << w.phrase);
    }
}

} // namespace
