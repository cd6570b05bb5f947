// The torture suite: what responses.tsv says of each row, parse() does, by every kernel, before an unreadable page and
// after one. README.md has the format.

#include <sipstatus/status_line.hpp>

#include "agreement.hpp"
#include "kernels/kernel.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace sipstatus;

namespace {

constexpr std::string_view columns =
    "id\tinput\ttolerated\tlimit\tverdict\toffset\trfc3261\tcode\tkind\tdeviations\tsection\twhy";

struct row {
    std::string id;
    std::string input;
    parse_options options;
    outcome verdict{};
    std::optional<deviation> refused;
    std::size_t offset = 0;
    std::string rfc3261;
    int code = 0;
    reason_kind kind = reason_kind::absent;
    struct found {
        deviation which;
        std::size_t at;
    };
    std::vector<found> deviations;
    std::string section;
    std::string why;
};

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == text.npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::size_t number(std::string_view text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    BOOST_REQUIRE_MESSAGE(error == std::errc{} && end == text.data() + text.size(), "no number: " << text);
    return value;
}

template <class Enum, std::size_t N> Enum named(std::string_view text, const Enum (&all)[N]) {
    const auto *const found = std::find_if(std::begin(all), std::end(all), [&](Enum e) { return name(e) == text; });
    BOOST_REQUIRE_MESSAGE(found != std::end(all), "no such name: " << text);
    return *found;
}

constexpr outcome outcomes[] = {
#define SIPSTATUS_OUTCOME(name, section, expected) outcome::name,
#include <sipstatus/status_line.def>
};
constexpr deviation all_deviations[] = {
#define SIPSTATUS_DEVIATION(name, section, expected) deviation::name,
#include <sipstatus/status_line.def>
};
constexpr reason_kind kinds[] = {reason_kind::absent, reason_kind::canonical, reason_kind::letter_case,
                                 reason_kind::former, reason_kind::published, reason_kind::local};

// \xHH, \r, \n, \t, \\, and \*N{text}: the text N times.
std::string octets_of(std::string_view text) {
    std::string octets;
    while (!text.empty()) {
        if (text[0] != '\\') {
            octets += text[0];
            text.remove_prefix(1);
            continue;
        }
        BOOST_REQUIRE(text.size() >= 2);
        const char kind = text[1];
        text.remove_prefix(2);
        if (kind == 'r' || kind == 'n' || kind == 't' || kind == '\\') {
            octets += kind == 'r' ? '\r' : kind == 'n' ? '\n' : kind == 't' ? '\t' : '\\';
        } else if (kind == 'x') {
            unsigned value = 0;
            const auto [end, error] =
                std::from_chars(text.data(), text.data() + std::min<std::size_t>(2, text.size()), value, 16);
            BOOST_REQUIRE_MESSAGE(error == std::errc{} && end == text.data() + 2, "no octet: " << text);
            octets += static_cast<char>(value);
            text.remove_prefix(2);
        } else {
            const auto open = text.find('{'), close = text.find('}');
            BOOST_REQUIRE_MESSAGE(kind == '*' && open < close && close != text.npos, "no escape: " << text);
            const auto unit = octets_of(text.substr(open + 1, close - open - 1));
            for (auto n = number(text.substr(0, open)); n != 0; --n) octets += unit;
            text.remove_prefix(close + 1);
        }
    }
    return octets;
}

// all, none, NAME, all-NAME.
deviations mask_of(std::string_view text) {
    if (text == "all") return deviations::all();
    if (text == "none") return deviations::none();
    if (text.starts_with("all-")) return deviations::all() - named(text.substr(4), all_deviations);
    return named(text, all_deviations);
}

row row_of(std::string_view text) {
    const auto fields = split(text, '\t');
    BOOST_REQUIRE_MESSAGE(fields.size() == split(columns, '\t').size(), "columns of: " << text);
    row made;
    made.id = fields[0];
    made.input = octets_of(fields[1]);
    const auto limit = split(fields[3], ',');
    made.options = {mask_of(fields[2]), limit.size() == 2, number(limit[0])};
    if (limit.size() == 2) BOOST_REQUIRE(limit[1] == "whole");
    const auto verdict = split(fields[4], ':');
    made.verdict = named(verdict[0], outcomes);
    if (verdict.size() == 2) made.refused = named(verdict[1], all_deviations);
    if (fields[5] != "-") made.offset = number(fields[5]);
    made.rfc3261 = fields[6];
    if (fields[7] != "-") made.code = static_cast<int>(number(fields[7]));
    if (fields[8] != "-") made.kind = named(fields[8], kinds);
    if (fields[9] != "-")
        for (const auto one : split(fields[9], ' ')) {
            const auto parts = split(one, '@');
            made.deviations.push_back({named(parts[0], all_deviations), number(parts.at(1))});
        }
    made.section = fields[10];
    made.why = fields[11];
    return made;
}

const std::vector<row> &all_rows() {
    static const std::vector<row> all = [] {
        std::vector<row> list;
        std::ifstream in(SIPSTATUS_TORTURE_FILE, std::ios::binary);
        std::string line;
        BOOST_REQUIRE_MESSAGE(std::getline(in, line) && line == columns, "the first line names the columns");
        while (std::getline(in, line)) list.push_back(row_of(line));
        return list;
    }();
    return all;
}

void check(const row &expected, const parse_result &result) {
    BOOST_TEST(name(result.outcome) == name(expected.verdict));
    BOOST_TEST(result.offset == expected.offset);
    if (expected.refused) BOOST_TEST(name(result.refused) == name(*expected.refused));
    BOOST_TEST(to_int(result.line.code) == expected.code);
    BOOST_TEST(name(result.line.kind) == name(expected.kind));
    deviations set;
    for (const auto &[which, at] : expected.deviations) {
        set |= which;
        BOOST_TEST(deviation_offset(result, which) == at, name(which));
    }
    BOOST_TEST(spelled(result.line.deviations) == spelled(set));
    if (expected.rfc3261 == "valid")
        BOOST_TEST((result.outcome == outcome::ok && grammatical(result.line.deviations)));
    else if (expected.rfc3261 == "invalid")
        BOOST_TEST((result.outcome != outcome::ok || !grammatical(result.line.deviations)));
    else
        BOOST_TEST(expected.rfc3261 == "-");
}

constexpr std::size_t longest_input = std::size_t{1} << 21;

} // namespace

BOOST_AUTO_TEST_CASE(rows_by_every_kernel) {
    const guarded_buffer buffer(longest_input);
    for (const auto which : {kernel::scalar, kernel::ssse3, kernel::neon, kernel::avx2}) {
        if (!kernels::force(which)) continue;
        for (const auto &row : all_rows()) {
            BOOST_TEST_CONTEXT(row.id << " by " << name(which) << ": " << row.why) {
                check(row, parse(buffer.at_end(row.input), row.options));
                check(row, parse(buffer.at_begin(row.input), row.options));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(rows_agree_with_the_reference_automaton) {
    agreement automaton(longest_input);
    for (const auto &row : all_rows()) BOOST_TEST_CONTEXT(row.id) {
            automaton.whole(row.input, row.options);
        }
}

// An error stays what it is, whatever follows; so does a line.
BOOST_AUTO_TEST_CASE(rows_go_on_as_they_were) {
    for (const auto &row : all_rows()) {
        if (row.verdict == outcome::incomplete || row.options.whole_input) continue;
        for (const std::string_view more : {"x", "\n", "\r\n", "SIP/2.0 200 OK\r\n", "\xff"})
            BOOST_TEST_CONTEXT(row.id) {
                check(row, parse(row.input + std::string(more), row.options));
            }
    }
}

BOOST_AUTO_TEST_CASE(suite_is_large_and_complete) {
    std::set<std::string_view> ids;
    std::set<outcome> verdicts;
    std::set<deviation> tolerated, refused;
    std::set<reason_kind> seen_kinds;
    for (const auto &row : all_rows()) {
        BOOST_TEST(ids.insert(row.id).second, row.id);
        BOOST_TEST((row.section.starts_with("RFC ") && !row.why.empty()), row.id);
        verdicts.insert(row.verdict);
        if (row.verdict == outcome::ok) seen_kinds.insert(row.kind);
        for (const auto &found : row.deviations) tolerated.insert(found.which);
        if (row.refused) refused.insert(*row.refused);
    }
    BOOST_TEST(ids.size() >= 300);
    BOOST_TEST(verdicts.size() == std::size(outcomes));
    BOOST_TEST(tolerated.size() == deviation_count);
    BOOST_TEST(refused.size() == deviation_count);
    BOOST_TEST(seen_kinds.size() == std::size(kinds));
}
