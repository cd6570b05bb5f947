// Sizes at which a reader changes its ways, and the edges of memory. Phrases of the sizes around those of blocks, of
// numbers of 8 and 16 bits, and a mebibyte, each with something odd at its edges, before an unreadable page and after
// one; limits one off; slices of memory that has no NUL. All against the reference automaton.

#include "agreement.hpp"
#include "forced_kernel.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

BOOST_TEST_GLOBAL_FIXTURE(forced_kernel);

using namespace std::literals;
using namespace sipstatus;

namespace {

constexpr std::size_t kibi = 1024;
constexpr std::size_t sizes[] = {0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 255, 256, 257, 64 * kibi, 1024 * kibi};
constexpr auto head = "SIP/2.0 433 "sv;
constexpr auto longest = 1024 * kibi + 64;

// What stands at an edge of a phrase: nothing odd, each deviation, each way to be whole, each way to be cut.
constexpr std::string_view edges[] = {"x"sv,
                                      "\x01"sv,
                                      "\0"sv,
                                      "\""sv,
                                      "\xFF"sv,
                                      "\x80"sv,
                                      "%"sv,
                                      "%4"sv,
                                      "%41"sv,
                                      "\xC3"sv,
                                      "\xC3\xA9"sv,
                                      "\xE2\x82"sv,
                                      "\xE2\x82\xAC"sv,
                                      "\xF0\x9F\x98\x80"sv,
                                      "\xED\xA0\x80"sv,
                                      "\xC0\x80"sv};

constexpr std::string_view line_ends[] = {""sv, "\r"sv, "\r\n"sv, "\n"sv, "\rx"sv, "\r\nVia: x\r\n\r\n"sv, "x\r\n"sv};

// `size` octets with the edge at the front or at the back; as many of it as there is room for.
std::string phrase_of(std::size_t size, std::string_view edge, bool at_front) {
    std::string phrase(size, 'x');
    const auto part = edge.substr(0, size);
    phrase.replace(at_front ? 0 : size - part.size(), part.size(), part);
    return phrase;
}

std::vector<parse_options> options_around(std::size_t line_size) {
    std::vector<parse_options> all;
    for (const auto mask : {deviations::all(), deviations::none(), deviations(deviation::bad_escape)})
        for (const auto limit : {line_size - 1, line_size, line_size + 1, npos, parse_options{}.limit})
            all.push_back({.tolerated = mask, .limit = limit});
    return all;
}

class comparison {
public:
    comparison() = default;
    comparison(const comparison &) = delete;
    comparison &operator=(const comparison &) = delete;
    ~comparison() { BOOST_TEST(compared_ != 0u); }

    // `before`, and each line end after it, at both edges of the memory, and in two pieces.
    void with_line_ends(std::string_view before, parse_options options) {
        reference_automaton automaton(options);
        for (const char c : before) automaton.feed(static_cast<unsigned char>(c));
        for (const auto after : line_ends) {
            auto whole = automaton;
            for (const char c : after) whole.feed(static_cast<unsigned char>(c));
            input_.assign(before).append(after);
            const auto at_end = memory_.at_end(input_);
            compare(whole, at_end, parse(at_end, options), options);
            for (const std::size_t left : {0u, 1u, 2u, 3u, 4u}) {
                if (left > 1 && before.size() > kibi) break; // what is read twice takes long
                const auto size = before.size() - std::min<std::size_t>(left, before.size());
                const auto first = parse(at_end.substr(0, size), options);
                compare(whole, at_end, resume(first, at_end, options), options);
            }
            const auto at_begin = memory_.at_begin(input_);
            compare(whole, at_begin, parse(at_begin, options), options);
        }
    }

    void compare(const reference_automaton &automaton, std::string_view octets, const parse_result &result,
                 parse_options options) {
        ++compared_;
        const auto expected = automaton.result(octets.data());
        if (same(expected, result)) return;
        const auto shown = octets.size() <= 300 ? spelled(octets) : std::to_string(octets.size()) + " octets";
        BOOST_ERROR("'" << shown << "' (" << spelled(options) << ")\n  expected " << spelled(expected).substr(0, 300)
                        << "\n  got      " << spelled(result).substr(0, 300));
    }

private:
    guarded_buffer memory_{longest};
    std::string input_;
    std::size_t compared_ = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(phrases_of_each_size_with_each_edge_under_limits_one_off) {
    comparison all;
    for (const auto size : sizes) {
        // Of the largest, which take long: the edges that are one octet.
        const bool is_large = size > kibi;
        for (const auto edge : edges)
            for (const bool at_front : {false, true}) {
                if (is_large && (edge.size() > 1 || at_front)) continue;
                const auto line = std::string(head) + phrase_of(size, edge, at_front);
                for (const auto options : options_around(line.size())) all.with_line_ends(line, options);
            }
    }
}

BOOST_AUTO_TEST_CASE(heads_of_each_size_under_limits_one_off) {
    comparison all;
    for (const auto line :
         {"SIP/2.0 433 "sv, "sip/2.0\t 433\t"sv, "\r\n\r\nSIP/2.0 433"sv, "SIP/2.0           433 x"sv})
        for (std::size_t size = 0; size <= line.size(); ++size)
            for (const auto options : options_around(size)) all.with_line_ends(line.substr(0, size), options);
}

BOOST_AUTO_TEST_CASE(leading_line_ends_and_separators_without_number) {
    comparison all;
    for (const std::size_t count : {1u, 15u, 16u, 17u, 255u, 256u, 257u, 70'000u}) {
        std::string crlfs;
        for (std::size_t n = 0; n < count; ++n) crlfs += "\r\n";
        for (const auto options : {parse_options{}, strict, parse_options{.limit = 14}}) {
            all.with_line_ends(crlfs + "SIP/2.0 200 OK", options);
            all.with_line_ends("SIP/2.0" + std::string(count, ' ') + "200 OK", options);
            all.with_line_ends("SIP/2.0 200" + std::string(count, '\t') + "OK", options);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_slice_of_memory_without_any_nul) {
    comparison all;
    constexpr std::size_t around = 64;
    const std::vector<std::string> lines = {"SIP/2.0 200 OK\r\n", "sip/2.0 486 Busy Here\n", "SIP/2.0 433\r\n",
                                            "\r\nSIP/2.0 480 %41\xE2\x82\xAC\r\n",
                                            std::string(head) + std::string(64, 'x') + "\r\n"};
    for (const auto filling :
         {"x"sv, "2"sv, "\r\n"sv, "\n"sv, " "sv, "\xFF"sv, "\x80"sv, "%4"sv, "SIP/2.0 200 OK\r\n"sv})
        for (const auto &line : lines)
            for (std::size_t size = 0; size <= line.size(); ++size) {
                std::string memory;
                while (memory.size() < around) memory += filling;
                const auto before = memory.size();
                memory.append(line, 0, size);
                while (memory.size() < before + size + around) memory += filling;
                // No octet after the string's own, so not the NUL of std::string either.
                const auto exact = std::make_unique<char[]>(memory.size());
                std::copy(memory.begin(), memory.end(), exact.get());
                const std::string_view slice(exact.get() + before, size);
                reference_automaton automaton;
                for (const char c : slice) automaton.feed(static_cast<unsigned char>(c));
                all.compare(automaton, slice, parse(slice), {});
            }
}

BOOST_AUTO_TEST_CASE(lines_of_each_size_are_written_where_they_just_fit) {
    const guarded_buffer memory(longest);
    for (const auto size : sizes) {
        const auto phrase = std::string(size, 'x');
        const auto line = std::string(head) + phrase + "\r\n";
        for (const bool fits : {true, false}) {
            const auto room = line.size() - (fits ? 0 : 1);
            static_cast<void>(memory.at_end(std::string(room, '#')));
            char *const first = memory.end() - room;
            const auto written = write(first, memory.end(), static_cast<status>(433), phrase);
            BOOST_TEST(bool(written) == fits, size);
            BOOST_TEST((std::string_view(first, room) == (fits ? line : std::string(room, '#'))), size);
        }
    }
}
