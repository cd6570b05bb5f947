// Causes and codes against both tables of RFC 3398, which the collections have as they were written down independently.

#include <sipstatus/causes.hpp>

#include <boost/test/unit_test.hpp>

#include <sipstatus/names.hpp>

#include "collections.hpp"

#include <string>

using namespace sipstatus;

BOOST_AUTO_TEST_CASE(both_tables_of_rfc_3398_are_ours, *collections::needed()) {
    std::size_t rows = 0;
    for (const auto &row : collections::table("rules/isup_map.tsv")) {
        ++rows;
        const int from = std::stoi(row.at("from"));
        const auto &to = row.at("to"), &text = row.at("from_text"), &mark = row.at("mark");
        BOOST_TEST_CONTEXT(row.at("direction") << ' ' << from << ' ' << text) {
            if (row.at("direction") == "ISUP->SIP") {
                const bool has_number = text.find("w/ diag") != std::string::npos;
                const auto says = status_of_cause(from, cause_location::unknown, has_number);
                BOOST_TEST(to_int(says.code) == (to == "---" ? 0 : std::stoi(to)));
                BOOST_TEST(says.section.view() == "RFC 3398 section 7.2.4.1");
                BOOST_TEST(!name_of_cause(from).empty());
            } else {
                const int code = text == "Version Not Supported" ? 505 : from; // the RFC prints 504
                const auto says = cause_of_status(static_cast<status>(code));
                const bool by_warning = row.at("to_text") == "by Warning header";
                BOOST_TEST(int{says.cause} == (by_warning ? 31 : to == "---" ? 0 : std::stoi(to)));
                const auto hint = by_warning    ? cause_hint::by_warning
                                  : mark == "*" ? cause_hint::credentials_first
                                  : mark == "+" ? cause_hint::remedy_first
                                                : cause_hint::none;
                BOOST_TEST(name(says.hint) == name(hint));
                BOOST_TEST((says.location == (code >= 600 ? cause_location::user : cause_location::remote_public)));
            }
        }
    }
    BOOST_TEST(rows == 70u);
}

BOOST_AUTO_TEST_CASE(what_no_table_lists_has_a_default) {
    for (int code = 100; code < 300; ++code)
        BOOST_TEST(int{cause_of_status(static_cast<status>(code)).cause} == 0, code);
    for (const int code : {300, 412, 440, 499, 599, 607, 608, 699})
        BOOST_TEST(int{cause_of_status(static_cast<status>(code)).cause} == 31, code);
    for (const int cause : {-1, 0, 4, 15, 43, 100, 128, 1000})
        BOOST_TEST(to_int(status_of_cause(cause).code) == 500, cause);
    BOOST_TEST(to_int(status_of_cause(44).code) == 0); // the gateway settles it
    BOOST_TEST(name_of_cause(43).empty());
    BOOST_TEST(name_of_cause(17) == "user busy");
}

BOOST_AUTO_TEST_CASE(location_and_diagnostic_change_the_code) {
    BOOST_TEST(to_int(status_of_cause(21).code) == 403);
    BOOST_TEST(to_int(status_of_cause(21, cause_location::user).code) == 603);
    BOOST_TEST(to_int(status_of_cause(22).code) == 410);
    BOOST_TEST(to_int(status_of_cause(22, cause_location::user, true).code) == 301);
    BOOST_TEST(to_int(status_of_cause(17, cause_location::user).code) == 486);
}

BOOST_AUTO_TEST_CASE(rows_of_ones_own_come_first) {
    constexpr cause_row causes[] = {{status::temporarily_unavailable, 20}, {status::busy_here, 0}};
    constexpr status_row codes[] = {{18, status::temporarily_unavailable, status::decline, status::gone}};
    static_assert(cause_of_status(status::temporarily_unavailable, causes).cause == 20);
    static_assert(cause_of_status(status::busy_here, causes).cause == 0);
    static_assert(cause_of_status(status::not_found, causes).cause == 1);
    static_assert(status_of_cause(18, cause_location::unknown, false, codes).code == status::temporarily_unavailable);
    static_assert(status_of_cause(18, cause_location::user, false, codes).code == status::decline);
    static_assert(status_of_cause(18, cause_location::user, true, codes).code == status::gone);
    static_assert(status_of_cause(19, cause_location::user, true, codes).code == status::temporarily_unavailable);
    // And at run time.
    BOOST_TEST(to_int(status_of_cause(18, cause_location::user, false, codes).code) == 603);
    BOOST_TEST(to_int(status_of_cause(19, cause_location::user, false, codes).code) == 480);
    BOOST_TEST(int{cause_of_status(status::temporarily_unavailable, causes).cause} == 20);
    BOOST_TEST(cause_of_status(status::busy_here, causes).section.empty());
    BOOST_TEST(cause_of_status(status::busy_here, {causes, 1}).section.view() == "RFC 3398 section 8.2.6.1");
}

BOOST_AUTO_TEST_CASE(locations_have_tokens) {
    for (unsigned n = 1; n <= 8; ++n) {
        const auto location = static_cast<cause_location>(n);
        BOOST_TEST((find_location(token_of(location)) == location), n);
        BOOST_TEST(!meaning_of(location).empty());
    }
    BOOST_TEST((find_location("lpn") == cause_location::local_private));
    for (const char *token : {"", "X", "LOC-6"}) BOOST_TEST((find_location(token) == cause_location::unknown), token);
    for (const auto none : {cause_location::unknown, static_cast<cause_location>(9)}) {
        BOOST_TEST(token_of(none).empty());
        BOOST_TEST(meaning_of(none).empty());
    }
}
