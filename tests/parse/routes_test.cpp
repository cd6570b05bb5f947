// What a kernel settles by itself: every line without deviation of which it sees enough, and every head that no mask
// could save. What it hands on is read right all the same, and slower, so no test of verdicts would tell. Here it hands
// on to functions that count; they stand for the library's own, which the linker then leaves out.

#include "kernels/kernel.hpp"
#include "tolerant_reader.hpp"

#include "results.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace std::literals;
using namespace sipstatus;

namespace {

unsigned handed_on = 0;
unsigned looked_up = 0;

} // namespace

namespace sipstatus::inline SIPSTATUS_ABI::tolerant_reader {

void read(parse_result &, std::string_view, parse_options) noexcept {
    ++handed_on;
}
void read_after(parse_result &, std::string_view, parse_options, clean_part) noexcept {
    ++handed_on;
}
reason_kind kind_of_phrase(std::uint32_t code, const char *first, std::size_t size) noexcept {
    ++looked_up;
    return classify_reason(static_cast<status>(code), {first, size});
}

} // namespace sipstatus::inline SIPSTATUS_ABI::tolerant_reader

namespace {

constexpr auto headers = "\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n\r\n"sv;

struct candidate {
    std::string_view name;
    kernels::function *parse;
    bool has_short_route;
};

std::vector<candidate> candidates() {
    std::vector<candidate> all{{"scalar", kernels::scalar, false}};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("ssse3")) all.push_back({"ssse3", kernels::ssse3, true});
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) all.push_back({"avx2", kernels::avx2, true});
#elif defined(__aarch64__)
    all.push_back({"neon", kernels::neon, true});
#endif
    return all;
}

// Which kernels tell the kind of a phrase without looking it up.
enum class told { by_any, by_short_routes, by_all };

// The line is settled without help.
void settled(int code, std::string_view phrase, std::string_view after = headers, told kind = told::by_any) {
    static const auto all = candidates();
    const auto line = "SIP/2.0 " + std::to_string(code) + " " + std::string(phrase);
    const auto input = line + std::string(after);
    for (const auto &one : all) {
        handed_on = looked_up = 0;
        parse_result result;
        one.parse(result, input, {});
        const bool right = result && to_int(result.line.code) == code && result.line.phrase == phrase &&
                           result.line.deviations.empty() && result.consumed == line.size() + 2 &&
                           result.line.kind == classify_reason(result.line.code, phrase);
        if (handed_on != 0 || !right)
            BOOST_ERROR(one.name << ": '" << spelled(line)
                                 << "': " << (handed_on != 0 ? "handed on" : spelled(result)));
        if (looked_up != 0 && (kind == told::by_all || (kind == told::by_short_routes && one.has_short_route)))
            BOOST_ERROR(one.name << ": '" << spelled(line) << "': looked up");
    }
}

// A phrase of plain octets, with something else at a place.
std::string phrase_with(std::string_view part, std::size_t at, std::size_t size) {
    std::string phrase(size, 'x');
    return phrase.replace(at, part.size(), part);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_deviation_is_handed_on) {
    for (const auto &one : candidates())
        for (const auto line :
             {"SIP/2.0 486 Busy Here\nVia: x\r\n\r\n"sv, "sip/2.0 486 Busy Here\r\nVia: x\r\n\r\n"sv}) {
            handed_on = 0;
            parse_result result;
            one.parse(result, line, {});
            BOOST_TEST(handed_on == 1u, one.name);
        }
}

BOOST_AUTO_TEST_CASE(phrases_of_every_code_and_size) {
    for (int code = 100; code <= 699; ++code) {
        settled(code, canonical_phrase(static_cast<status>(code)));
        for (const auto phrase : {""sv, "x"sv, "Local wording"sv, "Local wording of more than thirty-two octets"sv})
            settled(code, phrase);
    }
    for (std::size_t size = 0; size <= 200; ++size) settled(433, std::string(size, 'x'));
}

BOOST_AUTO_TEST_CASE(sizes_that_no_known_phrase_has) {
    constexpr std::size_t longest = 100;
    std::set<std::pair<int, std::size_t>> known;
    for (const auto &row : registry()) known.emplace(to_int(row.code), row.phrase.size());
    for (const auto &variant : phrase_variants()) known.emplace(to_int(variant.code), variant.phrase.size());
    for (int code = 100; code <= 699; ++code)
        for (std::size_t size = 1; size <= longest; ++size)
            settled(code, std::string(size, 'x'), headers, known.contains({code, size}) ? told::by_any : told::by_all);
}

BOOST_AUTO_TEST_CASE(known_phrases_by_one_look) {
    const auto check = [](status code, std::string_view phrase) {
        // Of two known phrases of one size a look tells neither.
        unsigned of_this_size = 0;
        for (const auto &variant : phrase_variants())
            if (variant.code == code && variant.phrase.size() == phrase.size()) ++of_this_size;
        const bool is_one_look = phrase.size() < 32 && of_this_size <= 1;
        const bool is_canonical = phrase.size() < 32 && phrase == canonical_phrase(code);
        std::string upper(phrase);
        for (auto &c : upper)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        const auto by_one_look = is_one_look ? told::by_short_routes : told::by_any;
        settled(to_int(code), phrase, headers, is_canonical ? told::by_all : by_one_look);
        settled(to_int(code), upper, headers, by_one_look);
    };
    for (const auto &row : registry()) check(row.code, row.phrase);
    for (const auto &variant : phrase_variants()) check(variant.code, variant.phrase);
}

BOOST_AUTO_TEST_CASE(phrases_where_the_input_ends_after_them) {
    // Sixteen octets are the least that is looked at.
    for (std::size_t size = 2; size <= 200; ++size) settled(433, std::string(size, 'x'), "\r\n");
}

BOOST_AUTO_TEST_CASE(whatever_follows_a_line) {
    for (const auto after : {"\xFF\xFE\x80\xC3"sv, "\x01\0\x7F"sv, "%%%\"<>"sv, "\r\r\n\n"sv, "\xE2\x82\r\n"sv})
        for (std::size_t size = 0; size <= 100; ++size) {
            std::string many("\r\n");
            while (many.size() < 64) many += after;
            settled(433, std::string(size, 'x'), many);
            if (size >= 3) settled(433, phrase_with("\xE2\x82\xAC", size - 3, size), many);
        }
}

BOOST_AUTO_TEST_CASE(every_plain_octet_at_every_place) {
    for (unsigned value = 0; value < 0x80; ++value) {
        const auto octet = static_cast<char>(value);
        const bool is_plain = value == '\t' || (value >= 0x20 && value != 0x7F && octet != '%' &&
                                                "\"#<>[\\]^`{|}"sv.find(octet) == std::string_view::npos);
        if (!is_plain) continue;
        for (std::size_t at = 0; at < 70; ++at) settled(433, phrase_with({&octet, 1}, at, 70));
        for (std::size_t at = 0; at < 20; ++at) settled(433, phrase_with({&octet, 1}, at, 20));
    }
}

BOOST_AUTO_TEST_CASE(escapes_at_every_place) {
    for (const auto escape : {"%00"sv, "%99"sv, "%aF"sv, "%Fa"sv, "%41%42"sv, "%7e%2F%0d"sv})
        for (std::size_t at = 0; at + escape.size() <= 70; ++at) settled(433, phrase_with(escape, at, 70));
    for (const char digit : "0123456789abcdefABCDEF"sv) settled(433, phrase_with("%"s + digit + digit, 31, 70));
}

BOOST_AUTO_TEST_CASE(every_lead_octet_with_its_outermost_continuations_at_every_place) {
    for (unsigned lead = 0xC2; lead <= 0xF4; ++lead) {
        const unsigned lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        const unsigned highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        for (unsigned second = lowest; second <= highest; ++second)
            for (const char last : {'\x80', '\x9F', '\xA0', '\xBF'}) {
                std::string character{static_cast<char>(lead), static_cast<char>(second)};
                character.append(lead < 0xE0 ? 0 : lead < 0xF0 ? 1 : 2, last);
                const bool is_outermost = second == lowest || second == highest;
                for (std::size_t at = 0; at + character.size() <= 70; at += is_outermost ? 1 : 17) {
                    settled(433, phrase_with(character, at, 70));
                    if (at + character.size() <= 24) settled(433, phrase_with(character, at, 24));
                }
            }
    }
}

BOOST_AUTO_TEST_CASE(heads_that_no_mask_could_save) {
    static const auto all = candidates();
    const std::string line = "SIP/2.0 486 Busy Here" + std::string(headers);
    for (std::size_t at = 0; at < 12; ++at)
        for (unsigned value = 0; value < 256; ++value) {
            const auto octet = static_cast<char>(value);
            // What another mask, or an octet before it, may make something of.
            const bool may_pass =
                " \t\r\n"sv.find(octet) != std::string_view::npos || (at < 3 && "sip"sv[at] == octet) ||
                octet == line[at] ||
                (at >= 8 && at < 11 && value >= (at == 8 ? '1' : '0') && value <= (at == 8 ? '6' : '9'));
            if (may_pass) continue;
            auto changed = line;
            changed[at] = octet;
            for (const auto &one : all) {
                handed_on = 0;
                parse_result result;
                one.parse(result, changed, {});
                if (handed_on != 0 || !is_error(result.outcome) || result.offset != at)
                    BOOST_ERROR(one.name << ": '" << spelled(changed)
                                         << "': " << (handed_on != 0 ? "handed on" : spelled(result)));
            }
        }
}
