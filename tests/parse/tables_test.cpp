// The tables that the compiler makes of the registry and of the grammar: made once more here, at run time, they are the
// same; and they say what a plain account says.

// What makes them stands in these files alone. Their tables then take the place of the library's in this program.
#include "kernels/known_phrases.cpp"
#include "kernels/vector_tables.cpp"

#include "tolerant_reader.hpp"
#include "utf8.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

using namespace sipstatus;

namespace {

template <class T> bool same_octets(const T &a, const T &b) {
    return std::memcmp(&a, &b, sizeof(T)) == 0;
}

std::string in_lower_case(std::string_view phrase) {
    std::string lower(phrase);
    for (auto &c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

// A phrase and CR, then octets that nobody cares for; 32 NULs to compare with where both do not fit.
kernels::pattern spelled_out(std::string_view phrase) {
    kernels::pattern made{};
    const auto line = std::string(phrase) + '\r';
    if (line.size() > sizeof made.text) {
        std::memset(made.mask, 0xff, sizeof made.mask);
    } else {
        std::memcpy(made.text, line.data(), line.size());
        std::memset(made.mask, 0xff, line.size());
    }
    return made;
}

bool holds(const kernels::vector_table &set, unsigned octet) {
    const auto column = kernels::vectors.bit_of_high_nibble.lanes[octet >> 4];
    return (set.lanes[octet & 15] & column) != 0 && (set.lanes[16 + (octet & 15)] & column) != 0;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_rows_of_codes_are_found_by_their_number) {
    const tables::code_index made_now;
    for (int code = 100; code <= 699; ++code) {
        std::size_t number = 0, found = 0;
        for (const auto &row : registry()) {
            ++number;
            if (to_int(row.code) == code) found = number;
        }
        BOOST_TEST(tables::index_of_code.row_plus_one[code - 100] == found, code);
        BOOST_TEST(made_now.row_plus_one[code - 100] == found, code);
    }
}

BOOST_AUTO_TEST_CASE(the_variants_of_a_row_stand_between_two_places) {
    const tables::variant_index made_now;
    BOOST_TEST(same_octets(made_now, tables::variants_of_row));
    std::size_t listed = 0;
    for (std::size_t row = 0; row < registry().size(); ++row) {
        BOOST_TEST(made_now.first_variant[row] == listed);
        for (const auto &variant : phrase_variants())
            if (variant.code == registry()[row].code) {
                BOOST_TEST((&phrase_variants()[listed] == &variant));
                ++listed;
            }
    }
    BOOST_TEST(made_now.first_variant[registry().size()] == phrase_variants().size());
    BOOST_TEST(listed == phrase_variants().size());
}

BOOST_AUTO_TEST_CASE(each_octet_is_of_the_kind_that_the_grammar_says) {
    const octets::kind_table made_now;
    for (unsigned value = 0; value < 256; ++value) {
        const auto c = static_cast<char>(static_cast<unsigned char>(value));
        const auto among = [c](std::string_view set) { return set.find(c) != std::string_view::npos; };
        const auto expected = among("\r\n")  ? octets::kind::line_end
                              : among("%")   ? octets::kind::percent
                              : value >= 254 ? octets::kind::never
                              : value >= 192 ? octets::kind::lead
                              : value >= 128 ? octets::kind::continuation
                              // reserved, mark, SP and HTAB; then alphanum
                              : among(";/?:@&=+$,-_.!~*'() \t") ? octets::kind::plain
                              : among("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
                                  ? octets::kind::plain
                              : value >= 0x21 && value <= 0x7e ? octets::kind::delimiter
                                                               : octets::kind::control;
        BOOST_TEST((octets::kind_of(c) == expected), value);
        BOOST_TEST((made_now.kinds[value] == expected), value);
    }
}

BOOST_AUTO_TEST_CASE(the_phrases_that_scanners_compare_with_are_the_registry_s) {
    using kernels::known_phrases;
    const auto made_now = std::make_unique<kernels::maker>();
    BOOST_TEST(same_octets(made_now->made.row_offset, known_phrases.row_offset));
    for (int code = 100; code <= 699; ++code) {
        const auto s = static_cast<status>(code);
        const auto &row = kernels::row_of(static_cast<std::uint32_t>(code));
        const auto phrase = canonical_phrase(s);
        BOOST_TEST_CONTEXT(code << " " << phrase) {
            const auto at = static_cast<std::size_t>(&row - known_phrases.rows);
            const auto &again = made_now->made.rows[at];
            BOOST_TEST(at == (find(s) == nullptr ? 0u : 1u + static_cast<std::size_t>(find(s) - registry().begin())));

            const bool fits = !phrase.empty() && phrase.size() < 32;
            const auto canonical = spelled_out(fits ? phrase : std::string(32, 'x'));
            const auto folded = spelled_out(fits ? in_lower_case(phrase) : std::string(32, 'x'));
            std::uint64_t long_sizes = phrase.size() < 32 ? 0 : std::uint64_t{1} << (phrase.size() - 32);
            std::size_t of_size[32] = {1};
            for (const auto &variant : phrase_variants()) {
                if (variant.code != s) continue;
                if (variant.phrase.size() < 32)
                    ++of_size[variant.phrase.size()];
                else
                    long_sizes |= std::uint64_t{1} << (variant.phrase.size() - 32);
            }
            for (const auto *one : {&row, &again}) {
                BOOST_TEST(same_octets(one->canonical, canonical));
                BOOST_TEST(same_octets(one->folded, folded.text));
                BOOST_TEST(one->size == (fits ? phrase.size() : 0u));
                BOOST_TEST(one->long_sizes == long_sizes);
                BOOST_TEST(same_octets(one->variants, row.variants));
                for (std::size_t size = 0; size < 32; ++size) {
                    BOOST_TEST((one->variants[size] != 0) == (of_size[size] != 0), size);
                    BOOST_TEST(known_phrases.variants[one->variants[size]].shared == (of_size[size] > 1), size);
                }
            }
        }
    }
    for (const auto *one : {&known_phrases, static_cast<const kernels::phrase_table *>(&made_now->made)}) {
        BOOST_TEST(same_octets(one->variants[0].folded, spelled_out(std::string(32, 'x'))));
        BOOST_TEST((one->variants[0].kind == reason_kind::local));
        for (const auto &variant : phrase_variants()) {
            if (variant.phrase.size() >= 32) continue;
            const auto &row = one->variants[kernels::row_of(static_cast<std::uint32_t>(to_int(variant.code)))
                                                .variants[variant.phrase.size()]];
            BOOST_TEST_CONTEXT(to_int(variant.code) << " " << variant.phrase.view()) {
                BOOST_TEST((row.kind == (row.shared ? reason_kind::local : variant.kind)));
                BOOST_TEST(same_octets(row.folded,
                                       spelled_out(row.shared ? std::string(32, 'x') : in_lower_case(variant.phrase))));
            }
        }
    }
}

// Most local phrases are told by their size alone, and no other.
BOOST_AUTO_TEST_CASE(a_phrase_may_be_known_where_a_known_one_has_its_size) {
    for (std::uint32_t code = 100; code <= 699; ++code)
        for (std::size_t size = 0; size <= 200; ++size) {
            const auto s = static_cast<status>(code);
            bool is_known = size == 0 || canonical_phrase(s).size() == size;
            for (const auto &variant : phrase_variants())
                is_known = is_known || (variant.code == s && variant.phrase.size() == size);
            BOOST_TEST_REQUIRE(kernels::may_be_known(code, size) == is_known, code << " and " << size << " octets");
        }
}

BOOST_AUTO_TEST_CASE(a_clean_part_is_said_as_far_as_its_type_goes) {
    constexpr std::size_t most = 0xffff'ffff;
    for (const auto size : {std::size_t{0}, std::size_t{1}, most - 1, most})
        BOOST_TEST(tolerant_reader::as_clean(size) == size);
    for (const auto size : {most + 1, most + 2, 2 * most, ~std::size_t{0}})
        BOOST_TEST(tolerant_reader::as_clean(size) == most);
}

BOOST_AUTO_TEST_CASE(sets_of_octets_hold_what_they_are_to_hold) {
    const auto is_plain = [](unsigned char octet) { return octets::classify(octet) == octets::kind::plain; };
    const auto is_hexdig = [](unsigned char octet) { return octets::is_hexdig(static_cast<char>(octet)); };
    BOOST_TEST(same_octets(kernels::make_set(is_plain), kernels::vectors.plain_octets));
    BOOST_TEST(same_octets(kernels::make_set(is_hexdig), kernels::vectors.hexadecimal_digits));
    for (unsigned octet = 0; octet < 0x80; ++octet) {
        const auto c = static_cast<unsigned char>(octet);
        BOOST_TEST(holds(kernels::vectors.plain_octets, octet) == is_plain(c), octet);
        BOOST_TEST(
            holds(kernels::vectors.hexadecimal_digits, octet) ==
                (std::string_view("0123456789ABCDEFabcdef").find(static_cast<char>(c)) != std::string_view::npos),
            octet);
    }
    // An octet from 0x80 on counts as plain, whatever its low nibble; that wants a row for each.
    for (unsigned octet = 0x80; octet < 0x100; ++octet) BOOST_TEST(holds(kernels::vectors.plain_octets, octet), octet);
    BOOST_TEST(kernels::has_no_empty_row(kernels::vectors.plain_octets));
    BOOST_TEST(!kernels::has_no_empty_row(
        kernels::make_set([](unsigned char octet) { return octet != '0' && octet % 16 != 0; })));
}

BOOST_AUTO_TEST_CASE(a_table_has_one_octet_everywhere_or_sixteen_of_them_twice) {
    for (unsigned octet = 0; octet < 256; ++octet) {
        const auto table = kernels::everywhere(octet);
        for (const auto lane : table.lanes) BOOST_TEST(lane == octet);
    }
    const std::uint8_t half[16] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3};
    const auto table = kernels::twice(half);
    BOOST_TEST((std::equal(half, half + 16, table.lanes) && std::equal(half, half + 16, table.lanes + 16)));
}

BOOST_AUTO_TEST_CASE(a_lane_has_the_bit_of_its_high_nibble_or_its_index_or_none) {
    // Through pointers, so that they are made at run time.
    using maker = kernels::vector_table() noexcept;
    maker *volatile const make_bits = kernels::bits_of_high_nibbles;
    maker *volatile const make_indices = kernels::indices_then_none;
    const auto bits = make_bits();
    const auto indices = make_indices();
    for (unsigned lane = 0; lane < 32; ++lane) {
        const unsigned nibble = lane % 16;
        BOOST_TEST(bits.lanes[lane] == (nibble < 8 ? 1u << nibble : 0xffu), lane);
        BOOST_TEST(indices.lanes[lane] == (lane < 16 ? lane : 0x80u), lane);
    }
}

// RFC 3629 section 4, spelled out for each code point.
BOOST_AUTO_TEST_CASE(a_character_is_decoded_just_where_a_code_point_was_encoded) {
    const auto spelled_out = [](char32_t code) {
        const auto octet = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
        if (code < 0x80) return std::string{octet(code)};
        if (code < 0x800) return std::string{octet(0xc0 | code >> 6), octet(0x80 | (code & 0x3f))};
        if (code < 0x10000)
            return std::string{octet(0xe0 | code >> 12), octet(0x80 | (code >> 6 & 0x3f)), octet(0x80 | (code & 0x3f))};
        return std::string{octet(0xf0 | code >> 18), octet(0x80 | (code >> 12 & 0x3f)),
                           octet(0x80 | (code >> 6 & 0x3f)), octet(0x80 | (code & 0x3f))};
    };
    std::size_t wrong = 0;
    for (char32_t code = 0; code <= 0x1fffff; ++code) {
        const auto octets = spelled_out(code);
        const bool exists = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
        for (const auto after : {"", "\x80", "A"}) {
            const auto found = utf8::first_character(octets + after);
            wrong += exists ? !found || found->code != code || found->size != octets.size() : found.has_value();
        }
        // Cut short it is none.
        for (std::size_t size = 0; size < octets.size(); ++size)
            wrong += utf8::first_character(octets.substr(0, size)).has_value();
    }
    BOOST_TEST(wrong == 0u);
}

// Every pair of octets, before thirds and fourths at the edges of what may follow.
BOOST_AUTO_TEST_CASE(no_other_octets_are_a_character) {
    std::size_t characters[5] = {};
    for (unsigned a = 0; a < 256; ++a)
        for (unsigned b = 0; b < 256; ++b)
            for (const unsigned c : {0x00u, 0x41u, 0x7fu, 0x80u, 0x9fu, 0xa0u, 0xbfu, 0xc0u, 0xffu})
                for (const unsigned d : {0x7fu, 0x80u, 0xbfu, 0xc0u}) {
                    const char octets[] = {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c),
                                           static_cast<char>(d)};
                    const auto one = utf8::first_character({octets, sizeof octets});
                    ++characters[one ? one->size : 0];
                }
    // Leads of section 4 times seconds, times 4 of the 9 thirds and 2 of the 4 fourths that go on.
    BOOST_TEST(characters[1] == 128u * 256 * 9 * 4);
    BOOST_TEST(characters[2] == 30u * 64 * 9 * 4);
    BOOST_TEST(characters[3] == (14u * 64 + 32 + 32) * 4 * 4);
    BOOST_TEST(characters[4] == (3u * 64 + 48 + 16) * 4 * 2);
}
