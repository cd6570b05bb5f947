// What a phrase says beside its kind.

#include <sipstatus/wording.hpp>

#include <boost/test/unit_test.hpp>

#include <sipstatus/names.hpp>

#include <string_view>
#include <vector>

using namespace sipstatus;

BOOST_AUTO_TEST_CASE(a_phrase_says_what_it_says) {
    struct row {
        int code;
        std::string_view phrase;
        int other = 0;
        bool repeats = false, more = false, asked = false;
        std::string_view detail{};
        int named = 0, subcode = 0;
    };
    for (const auto &[code, phrase, other, repeats, more, asked, detail, named, subcode] :
         std::vector<row>{{603, "Unauthorized", 401},
                          {603, "UNAUTHORIZED", 401},
                          {404, "Not Acceptable", 406}, // 606 has it, too: the first
                          {486, "486", 0, true},
                          {486, "486 Busy Here", 0, true},
                          {486, "Busy (486)", 0, true},
                          {403, "Forbidden - HSS User Unknown", 0, false, true, false, "HSS User Unknown"},
                          {403, "forbidden: account blocked", 0, false, true, false, "account blocked"},
                          {403, "Forbidden.", 0, false, true, false, ""},
                          {403, "Forbiddens"},
                          {400, "Bad Request - Missing To header", 0, false, true, true, "Missing To header"},
                          {480, "Temporarily Unavailable (not registered)", 0, false, true, true, "not registered)"},
                          {480, "Out to lunch", 0, false, false, true},
                          {404, "Not here (477/TM)", 0, false, false, false, "", 477},
                          {500, "Server error 503 from 10.0.0.1", 0, false, false, false, "", 503},
                          {403, "Destination Number +15555550100 is invalid D11"},
                          {403, "Policy 510403", 0, false, false, false, "", 0, 510403},
                          {403, "Policy 510404"},
                          {403, "v1403x 4031"},
                          {200, "012 apples"},
                          {499, "Client Closed Request"},
                          {499, "Busy Here", 486},
                          {486, "Busy Here"},
                          {486, "busy here"},
                          {486, ""},
                          {500, "Internal Server Error"},
                          {603, "Network Blocked"}}) {
        BOOST_TEST_CONTEXT(code << ' ' << phrase) {
            const auto says = read_wording(static_cast<status>(code), phrase);
            BOOST_TEST(to_int(says.other) == other);
            BOOST_TEST(says.repeats_code == repeats);
            BOOST_TEST(says.is_canonical_and_more == more);
            BOOST_TEST(says.asks_for_detail == asked);
            BOOST_TEST(says.detail == detail);
            BOOST_TEST(says.named_code == named);
            BOOST_TEST(says.subcode == subcode);
            BOOST_TEST(static_cast<bool>(says) == (other != 0 || repeats || more || named != 0 || subcode != 0));
            if (named != 0) BOOST_TEST(phrase.substr(says.named_code_offset, 3) == std::to_string(named));
            if (subcode != 0) BOOST_TEST(phrase.substr(says.subcode_offset, 6) == std::to_string(subcode));
        }
    }
}

BOOST_AUTO_TEST_CASE(codes_that_stacks_make_up_are_in_no_registry) {
    int before = 0;
    for (const auto &row : stack_codes()) {
        BOOST_TEST(row.code >= before);
        before = row.code;
        BOOST_TEST((row.code > 699 || find(static_cast<status>(row.code)) == nullptr), row.code);
        BOOST_TEST(!row.phrase.empty());
        BOOST_TEST(!row.stack.empty());
        BOOST_TEST(!row.meaning.empty());
    }
}
