// parse() against status lines that others wrote. In: the recorded tables of corpus/, each row octets and our
// verdict on them, worked out from the law of status_line.hpp without parse(); and the collections that the tables were
// drawn from, where they are there. Out: a failure that names the row. Every recorded row is also run cut at every
// octet, before an unreadable page.

#include "guarded_buffer.hpp"

#include <sipstatus/sipstatus.hpp>

#include <boost/test/unit_test.hpp>

#include "collections.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;
using sipstatus::deviation;
using sipstatus::outcome;

// ---- files ----------------------------------------------------------------------------------------------------------

std::string read(const fs::path &file) {
    std::ifstream in(file, std::ios::binary);
    BOOST_REQUIRE_MESSAGE(in, "cannot read " << file);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    for (std::size_t from = 0;;) {
        const auto to = text.find(at, from);
        parts.emplace_back(text.substr(from, to - from));
        if (to == std::string_view::npos) return parts;
        from = to + 1;
    }
}

std::vector<std::string> lines_of(const fs::path &file) {
    auto lines = split(read(file), '\n');
    if (lines.back().empty()) lines.pop_back();
    for (auto &line : lines)
        if (line.ends_with('\r')) line.pop_back();
    return lines;
}

struct row {
    std::string where; // file and line
    std::vector<std::string> fields;
};

// The rows of a recorded table; lines that begin with # are its head.
std::vector<row> recorded(const char *file, std::size_t columns) {
    std::vector<row> rows;
    const auto lines = lines_of(fs::path(SIPSTATUS_CORPUS) / file);
    for (std::size_t at = 0; at < lines.size(); ++at) {
        if (lines[at].starts_with('#')) continue;
        row next{std::string(file) + ':' + std::to_string(at + 1), split(lines[at], '\t')};
        BOOST_REQUIRE_MESSAGE(next.fields.size() == columns, next.where << " has " << next.fields.size() << " columns");
        rows.push_back(std::move(next));
    }
    BOOST_REQUIRE_MESSAGE(!rows.empty(), file << " has no row");
    return rows;
}

// ---- octets ---------------------------------------------------------------------------------------------------------

// The octets of a field: \r \n \t \xHH, and \{N*text} for N times the text.
std::string unescape(std::string_view field) {
    std::string octets;
    for (std::size_t at = 0; at < field.size(); ++at) {
        if (field[at] != '\\' || at + 1 == field.size()) {
            octets += field[at];
            continue;
        }
        switch (field[++at]) {
        case 'r': octets += '\r'; break;
        case 'n': octets += '\n'; break;
        case 't': octets += '\t'; break;
        case 'x': {
            unsigned octet = 0;
            const auto digits = field.substr(at + 1, 2);
            const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), octet, 16).ptr;
            BOOST_REQUIRE_MESSAGE(digits.size() == 2 && end == digits.data() + 2, "bad escape in " << field);
            octets += static_cast<char>(octet);
            at += 2;
            break;
        }
        case '{': {
            const auto star = field.find('*', at), close = field.find('}', at);
            BOOST_REQUIRE_MESSAGE(star < close && close != field.npos, "bad repetition in " << field);
            std::size_t times = 0;
            std::from_chars(field.data() + at + 1, field.data() + star, times);
            while (times-- > 0) octets += field.substr(star + 1, close - star - 1);
            at = close;
            break;
        }
        default: BOOST_FAIL("unknown escape in " << field);
        }
    }
    return octets;
}

std::string with_crlf(std::string_view line) {
    return std::string(line) + "\r\n";
}

// ---- verdicts as the tables write them ------------------------------------------------------------------------------

struct verdict {
    std::string outcome; // "ok", "incomplete", "bad_code@11"
    std::string code = "-", kind = "-", deviations = "-";

    friend bool operator==(const verdict &, const verdict &) = default;
    friend std::ostream &operator<<(std::ostream &out, const verdict &v) {
        return out << v.outcome << " code " << v.code << " kind " << v.kind << " deviations " << v.deviations;
    }
};

std::vector<deviation> deviations_in(sipstatus::deviations set) {
    std::vector<deviation> each;
    for (std::size_t n = 0; n < sipstatus::deviation_count; ++n)
        if (set.contains(static_cast<deviation>(n))) each.push_back(static_cast<deviation>(n));
    return each;
}

verdict verdict_of(const sipstatus::parse_result &result) {
    verdict v{std::string(name(result.outcome))};
    if (is_error(result.outcome)) v.outcome += '@' + std::to_string(result.offset);
    if (!result) return v;
    v.code = std::to_string(to_int(result.line.code));
    v.kind = name(result.line.kind);
    std::string deviations;
    for (const auto which : deviations_in(result.line.deviations)) {
        if (!deviations.empty()) deviations += ' ';
        deviations += std::string(name(which)) + '@' + std::to_string(deviation_offset(result, which));
    }
    if (!deviations.empty()) v.deviations = deviations;
    return v;
}

bool is_grammatical(const sipstatus::parse_result &result) {
    return result && grammatical(result.line.deviations);
}

// ---- what holds of every result -------------------------------------------------------------------------------------

// Where an accepted line begins, where the octet after its code stands and where its phrase begins.
struct places {
    std::size_t line, after_code, phrase;
};

places places_in(std::string_view octets, const sipstatus::parse_result &result) {
    const auto phrase = static_cast<std::size_t>(result.line.phrase.data() - octets.data());
    const bool separated = !result.line.deviations.contains(deviation::missing_separator);
    return {2 * result.leading_crlfs, phrase - (separated ? 1 : 0), phrase};
}

// The views of an accepted line are its parts, and they stand where the line says.
void check_views(std::string_view octets, const sipstatus::parse_result &result) {
    const auto at = places_in(octets, result);
    const auto line_end = octets.find('\n', at.line);
    BOOST_REQUIRE(line_end != octets.npos);
    BOOST_TEST(result.consumed == line_end + 1);
    BOOST_TEST(result.line.version.data() == octets.data() + at.line);
    BOOST_TEST(result.line.version.size() == 7u);
    BOOST_REQUIRE(at.after_code >= at.line + 11);
    BOOST_REQUIRE(at.phrase <= line_end);
    BOOST_TEST(octets.substr(at.after_code - 3, 3) == std::to_string(to_int(result.line.code)));
    const bool cr = !result.line.deviations.contains(deviation::bare_lf);
    BOOST_TEST(result.line.phrase == octets.substr(at.phrase, line_end - (cr ? 1 : 0) - at.phrase));
    BOOST_TEST(result.line.phrase.find('\r') == octets.npos);
}

// How many octets it takes for the verdict to be final.
std::size_t octets_to_decide(std::string_view octets, const sipstatus::parse_result &whole) {
    if (whole) return whole.consumed;
    return is_error(whole.outcome) ? whole.offset + 1 : octets.size() + 1;
}

// The lengths to cut at: all of them; of the very long lines those near either end and some between.
std::vector<std::size_t> cuts_of(std::size_t size) {
    constexpr std::size_t every = 4096, near = 256, stride = 251;
    std::vector<std::size_t> cuts;
    for (std::size_t cut = 0; cut <= size; ++cut)
        if (size <= every || cut <= near || cut + near >= size || cut % stride == 0) cuts.push_back(cut);
    return cuts;
}

// What is certain of an accepted line when only the first `cut` octets are there.
sipstatus::status_line certain_of(std::string_view octets, const sipstatus::parse_result &whole, std::size_t cut) {
    const auto at = places_in(octets, whole);
    sipstatus::status_line certain;
    if (cut >= at.line + 7) certain.version = whole.line.version;
    if (cut > at.after_code) {
        certain.code = whole.line.code;
        certain.phrase = whole.line.phrase.substr(0, cut - std::min(cut, at.phrase));
    }
    for (const auto which : deviations_in(whole.line.deviations))
        if (deviation_offset(whole, which) < cut) certain.deviations |= which;
    return certain;
}

// What parse() is to say of the first `cut` octets. `part` is what it says: of a line that is not accepted as a whole
// it is believed what is certain, as nothing here knows better.
sipstatus::parse_result expected_of(std::string_view octets, const sipstatus::parse_result &whole, std::size_t cut,
                                    const sipstatus::parse_result &part) {
    if (cut >= octets_to_decide(octets, whole)) return whole;
    sipstatus::parse_result expected;
    expected.leading_crlfs = std::min(whole.leading_crlfs, cut / 2);
    expected.line = whole ? certain_of(octets, whole, cut) : part.line;
    expected.line.kind = sipstatus::reason_kind::absent;
    return expected;
}

// The law, on every prefix: incomplete up to the octet that decides, the same verdict from there on. The first prefix
// that breaks it ends the check.
void check_every_cut(std::string_view octets, const sipstatus::parse_result &whole) {
    const guarded_buffer buffer(octets.size());
    for (const auto cut : cuts_of(octets.size())) {
        const auto part = sipstatus::parse(buffer.at_end(octets.substr(0, cut)));
        const auto expected = expected_of(octets, whole, cut, part);
        if (part == expected) continue;
        BOOST_ERROR("cut at octet " << cut << ": " << part << ", not " << expected);
        return;
    }
}

// More octets change no verdict but incomplete.
void check_more_octets(std::string_view octets, const sipstatus::parse_result &whole) {
    if (whole.outcome == outcome::incomplete) return;
    using namespace std::string_view_literals;
    for (const auto more : {"\n"sv, "\r\n"sv, " 200 OK\r\n"sv, "\0"sv, "SIP/2.0 200 OK\r\n"sv})
        BOOST_TEST(name(sipstatus::parse(std::string(octets) += more).outcome) == name(whole.outcome));
}

void check_row(std::string_view octets, const verdict &expected) {
    const auto result = sipstatus::parse(octets);
    BOOST_TEST(verdict_of(result) == expected);
    if (result) check_views(octets, result);
    check_every_cut(octets, result);
    check_more_octets(octets, result);
}

// ---- edge_cases.tsv -------------------------------------------------------------------------------------------------

struct edge_case {
    std::string where, number, id, input, abnf;
    verdict expected;
    std::string note;
};

std::vector<edge_case> edge_cases() {
    std::vector<edge_case> cases;
    for (auto &[where, f] : recorded("edge_cases.tsv", 9))
        cases.push_back({where, f[0], f[1], f[2], f[3], {f[4], f[5], f[6], f[7]}, f[8]});
    return cases;
}

// Whether our verdict is the ABNF's: grammatical where it says valid, refused where only the RFC's text refuses, and
// anything but grammatical where it says invalid.
bool agrees_with_abnf(const sipstatus::parse_result &result, std::string_view abnf) {
    if (abnf == "valid") return is_grammatical(result);
    if (abnf == "valid-abnf") return is_error(result.outcome);
    BOOST_REQUIRE_MESSAGE(abnf == "invalid", "unknown verdict " << abnf);
    return !is_grammatical(result);
}

// An input of the collection; an abbreviated one gives the length of the line in words.
std::string collected_edge_case(std::string_view input) {
    const auto dots = input.find("...(");
    if (dots == input.npos) return unescape(input);
    std::size_t size = 0;
    std::from_chars(input.data() + dots + 4, input.data() + input.size(), size);
    auto octets = unescape(input.substr(0, dots));
    BOOST_REQUIRE_MESSAGE(size >= octets.size() + 2, "unknown abbreviation " << input);
    octets.append(size - 2 - octets.size(), octets.back());
    return octets + "\r\n";
}

BOOST_AUTO_TEST_SUITE(edge_of_the_grammar)

BOOST_AUTO_TEST_CASE(as_recorded) {
    for (const auto &row : edge_cases()) {
        BOOST_TEST_CONTEXT(row.where << ' ' << row.id << ": " << row.input) {
            const auto octets = unescape(row.input);
            check_row(octets, row.expected);
            const bool agrees = agrees_with_abnf(sipstatus::parse(octets), row.abnf);
            BOOST_TEST(agrees != row.note.starts_with("disagrees: "));
        }
    }
}

BOOST_AUTO_TEST_CASE(no_edge_case_left_out, *collections::needed()) {
    const auto ours = edge_cases();
    const auto theirs = collections::table("edge_cases.tsv");
    BOOST_REQUIRE(ours.size() == theirs.size());
    for (std::size_t n = 0; n < ours.size(); ++n) {
        BOOST_TEST_CONTEXT(ours[n].where << ' ' << ours[n].id) {
            auto row = theirs[n];
            BOOST_TEST(ours[n].number == row["n"]);
            BOOST_TEST(ours[n].id == row["id"]);
            BOOST_TEST(unescape(ours[n].input) == collected_edge_case(row["input"]));
            BOOST_TEST(ours[n].abnf == row["abnf"]);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

// ---- peer_cases.tsv -------------------------------------------------------------------------------------------------

struct peer_case {
    std::string where, input, octets;
    verdict expected;
    std::string completed, peers, why;

    bool is_input() const { return expected.outcome != "-" && !is_number(); }
    bool is_number() const { return expected.outcome.starts_with("class "); }
    // The line's verdict: that of the octets, or with the CRLF that the peer was not given.
    std::string of_line() const { return completed == "-" ? expected.outcome : completed; }
};

std::vector<peer_case> peer_cases() {
    std::vector<peer_case> cases;
    for (auto &[where, f] : recorded("peer_cases.tsv", 9))
        cases.push_back({where, f[0], unescape(f[1] == "=" ? f[0] : f[1]), {f[2], f[4], f[5], f[6]}, f[3], f[7], f[8]});
    return cases;
}

std::string class_of_number(std::string_view number) {
    int value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    const auto status = sipstatus::to_status(value);
    return status ? std::string(name(class_of(*status))) : "none";
}

BOOST_AUTO_TEST_SUITE(inputs_of_peers)

BOOST_AUTO_TEST_CASE(as_recorded) {
    for (const auto &row : peer_cases()) {
        BOOST_TEST_CONTEXT(row.where << ' ' << row.input) {
            if (row.is_number()) BOOST_TEST("class " + class_of_number(row.input) == row.expected.outcome);
            if (!row.is_input()) continue;
            if (row.completed == "-") {
                check_row(row.octets, row.expected);
                continue;
            }
            check_row(row.octets, {row.expected.outcome});
            auto completed = row.expected;
            completed.outcome = row.completed;
            check_row(with_crlf(row.octets), completed);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_difference_has_its_reason) {
    for (const auto &row : peer_cases()) {
        BOOST_TEST_CONTEXT(row.where << ' ' << row.input) {
            const auto says = [&](std::string_view word) {
                const auto words = split(row.peers, '+');
                return std::find(words.begin(), words.end(), word) != words.end();
            };
            const bool ours = row.of_line() == "ok";
            const bool differs = says(ours ? "reject" : "accept") || (says("accept") && says("reject"));
            if (differs || !row.is_input()) BOOST_TEST(row.why != "-");
        }
    }
}

BOOST_AUTO_TEST_CASE(no_peer_input_left_out, *collections::needed()) {
    std::map<std::string, std::vector<collections::row>> theirs;
    for (auto &row : collections::table("peer_cases.tsv")) theirs[row["input"]].push_back(row);

    const auto ours = peer_cases();
    BOOST_TEST(ours.size() == theirs.size());
    for (const auto &row : ours) {
        BOOST_TEST_CONTEXT(row.where << ' ' << row.input) {
            const auto found = theirs.find(row.input);
            BOOST_TEST((found != theirs.end()), "no such input was collected");
            if (found == theirs.end()) continue;
            std::set<std::string> words;
            for (auto &said : found->second) words.insert(said["verdict"]);
            std::string peers;
            for (const auto &word : words) peers += peers.empty() ? word : '+' + word;
            BOOST_TEST(row.peers == peers);

            const auto line = row.completed == "-" ? row.octets : with_crlf(row.octets);
            const auto result = sipstatus::parse(line);
            for (auto &said : found->second) {
                if (!result || said["verdict"] != "accept") continue;
                if (!said["code"].empty()) BOOST_TEST(said["code"] == row.expected.code);
                if (!said["phrase"].empty() && row.why == "-")
                    BOOST_TEST(unescape(said["phrase"]) == result.line.phrase);
            }
            theirs.erase(found);
        }
    }
    for (const auto &[input, rows] : theirs) BOOST_ERROR("not in our table: " << input);
}

BOOST_AUTO_TEST_SUITE_END()

// ---- seen_status_lines.tsv ------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(lines_seen)

BOOST_AUTO_TEST_CASE(as_recorded) {
    for (const auto &[where, f] : recorded("seen_status_lines.tsv", 4)) {
        BOOST_TEST_CONTEXT(where << ' ' << f[0]) {
            const auto code = f[1] == "ok" ? f[0].substr(8, 3) : "-";
            check_row(with_crlf(unescape(f[0])), {f[1], code, f[2], f[3]});
        }
    }
}

BOOST_AUTO_TEST_CASE(no_seen_line_left_out, *collections::needed()) {
    const auto ours = recorded("seen_status_lines.tsv", 4);
    auto theirs = collections::table("seen_status_lines.tsv");
    BOOST_REQUIRE(ours.size() == theirs.size());
    for (std::size_t n = 0; n < ours.size(); ++n)
        BOOST_TEST(ours[n].fields[0] == theirs[n]["line"], ours[n].where << " is not " << theirs[n]["line"]);
}

BOOST_AUTO_TEST_SUITE_END()

// ---- the other collections ------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(whole_collections, *collections::needed())

BOOST_AUTO_TEST_CASE(published_phrases) {
    for (auto &row : collections::table("published_phrases.csv")) {
        const auto line = with_crlf("SIP/2.0 " + row["code"] + ' ' + row["phrase"]);
        BOOST_TEST_CONTEXT(row["list"] << ": " << line) {
            const auto result = sipstatus::parse(line);
            BOOST_REQUIRE(result.outcome == outcome::ok);
            BOOST_TEST(result.line.deviations.empty());
            BOOST_TEST((find(result.line.code) != nullptr), "the registry has no such code");
            BOOST_TEST(!is_local(result.line.kind));
            BOOST_TEST(name(result.line.kind) != name(sipstatus::reason_kind::absent));
        }
    }
}

// RFC 4475. Two of the responses are refused by its tests for their header fields, not for their status line. No
// request begins with the letter S, so the first octet decides.
BOOST_AUTO_TEST_CASE(torture_messages) {
    const std::map<std::string, verdict> responses = {
        {"unreason.dat", {"ok", "200", "local"}},
        {"noreason.dat", {"ok", "100", "absent"}},
        {"scalarlg.dat", {"ok", "503", "canonical"}},
        {"bcast.dat", {"ok", "200", "canonical"}},
        {"bigcode.dat", {"bad_code@11"}},
    };
    std::size_t messages = 0, seen = 0;
    for (const auto &file : fs::directory_iterator(collections::folder() / "torture" / "rfc4475")) {
        const auto message = read(file.path());
        const auto response = responses.find(file.path().filename().string());
        const bool is_response = response != responses.end();
        BOOST_TEST_CONTEXT(file.path().filename() << ": " << message.substr(0, message.find('\r'))) {
            check_row(message, is_response ? response->second : verdict{"not_status_line@0"});
        }
        ++messages;
        seen += is_response ? 1 : 0;
    }
    BOOST_TEST(messages == 50u);
    BOOST_TEST(seen == responses.size());
}

// The first lines that the peers' table gives for a torture file are the file's.
BOOST_AUTO_TEST_CASE(torture_files_of_peers) {
    std::size_t files = 0;
    for (const auto &row : peer_cases()) {
        if (!row.input.ends_with(".dat")) continue;
        ++files;
        const auto message = read(collections::folder() / "torture" / "rfc4475" / row.input);
        BOOST_TEST(message.starts_with(row.octets), row.where << ' ' << row.input);
    }
    BOOST_TEST(files == 5u);
}

struct tally {
    std::size_t lines = 0;
    std::map<std::string_view, std::size_t> kinds;

    std::size_t percent(std::size_t part) const { return (100 * part + lines / 2) / lines; }
};

tally tally_of(const char *file) {
    tally sum;
    for (const auto &text : lines_of(collections::folder() / "bench" / file)) {
        const auto line = with_crlf(text);
        const auto result = sipstatus::parse(line);
        BOOST_TEST((result && result.line.deviations.empty()), file << ' ' << text << ": " << verdict_of(result));
        ++sum.lines;
        ++sum.kinds[name(result.line.kind)];
    }
    BOOST_REQUIRE(sum.lines > 0);
    return sum;
}

BOOST_AUTO_TEST_CASE(bench_canonical_lines) {
    auto sum = tally_of("canon.txt");
    BOOST_TEST(sum.kinds["canonical"] == sum.lines);
}

BOOST_AUTO_TEST_CASE(bench_long_lines) {
    auto sum = tally_of("long.txt");
    BOOST_TEST(sum.kinds["local"] == sum.lines);
}

BOOST_AUTO_TEST_CASE(bench_local_lines) {
    auto sum = tally_of("local.txt");
    BOOST_TEST(sum.kinds["canonical"] == 0u);
    BOOST_TEST(sum.kinds["letter_case"] == 0u);
    BOOST_TEST(sum.percent(sum.kinds["local"]) > 50u);
}

// A realistic mix: eight phrases in a hundred are not canonical.
BOOST_AUTO_TEST_CASE(bench_mix) {
    auto sum = tally_of("mix.txt");
    BOOST_TEST(sum.percent(sum.lines - sum.kinds["canonical"]) == 8u);
    BOOST_TEST(sum.kinds["letter_case"] == 0u);
}

// A decoder of packets shows its reading of a status line as text; each reads back as a line without deviation, with
// the code that the decoder saw. (Lines it cannot show as text are not in its list.)
BOOST_AUTO_TEST_CASE(status_lines_of_captures) {
    std::size_t lines = 0;
    for (const auto &file : fs::directory_iterator(collections::folder() / "captures" / "tshark")) {
        for (const auto &text : lines_of(file.path())) {
            if (text.starts_with('#')) continue;
            const auto fields = split(text, '\t');
            BOOST_REQUIRE_MESSAGE(fields.size() == 3, file.path() << ' ' << text);
            const auto codes = split(fields[1], '|'), shown = split(fields[2], '|');
            BOOST_REQUIRE_MESSAGE(codes.size() == shown.size(), file.path() << ' ' << text);
            for (std::size_t n = 0; n < shown.size(); ++n, ++lines) {
                const auto line = with_crlf(shown[n]);
                const auto v = verdict_of(sipstatus::parse(line));
                BOOST_TEST((v.outcome == "ok" && v.code == codes[n] && v.deviations == "-"),
                           file.path().filename() << " frame " << fields[0] << ' ' << shown[n] << ": " << v);
            }
        }
    }
    BOOST_TEST(lines > 0u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
