// What a summary is made of, each alone: templates of phrases.

#include "tally/phrase_template.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using sipstatus::tool::template_of;

BOOST_AUTO_TEST_CASE(what_differs_from_phrase_to_phrase_is_named) {
    struct row {
        std::string_view phrase, expected;
    };
    constexpr row rows[] = {
        {"", ""},
        {"Busy", "Busy"},
        {"No route to 4930123", "No route to <n>"},
        {"No route to +4930123", "No route to <n>"},
        {"a + b, +x, 1+2", "a + b, +x, <n>+<n>"},
        {"took 1.5 s of 1,234,567.8", "took <n> s of <n>"},
        {"in 5. or 6,", "in <n>. or <n>,"},
        {"4x4 and x86", "<n>x<n> and x<n>"},
        {"from 192.0.2.1", "from <address>"},
        {"from 192.0.2.1:5060!", "from <address>!"},
        {"from 192.0.2.1:x", "from <address>:x"},
        {"version 1.2.3", "version <n>"},
        {"of 2001:db8::1 and ::1, not a:b or ::", "of <address> and <address>, not a:b or ::"},
        {"at 12:30 or 20011:0:0", "at <n>:<n> or <n>:<n>:<n>"},
        {"id 6ba7b810-9dad-11d1-80b4-00c04fd430c8", "id <id>"},
        {"id deadbeef0, not deadbeef or 0123456x", "id <id>, not deadbeef or <n>x"},
        {"beef 12345678", "beef <n>"},
    };
    for (const auto &one : rows) BOOST_TEST(template_of(one.phrase) == one.expected, one.phrase);
}

BOOST_AUTO_TEST_CASE(a_long_template_ends_between_characters) {
    const std::string letter = "\xe2\x82\xac"; // the euro sign
    std::string octets_before;
    for (int i = 0; i < 3; ++i, octets_before += 'x') {
        std::string phrase = octets_before;
        for (int n = 0; n < 200; ++n) phrase += letter;
        const auto made = template_of(phrase);
        BOOST_TEST(made.size() < phrase.size());
        BOOST_TEST(made.substr(made.size() - 3) == "...");
        BOOST_TEST((made.size() - 3 - octets_before.size()) % 3 == 0u);
    }
    const std::string continuations(1000, '\x80'); // no character begins
    BOOST_TEST(template_of(continuations).size() < continuations.size());
}
