// Small spaces, every input of them: all triples of octets in the code's place; lines with every octet at every
// position, cut everywhere; all pairs of octets around each separator. What the parser says of them goes into a digest.
// A plain build compares each verdict with the reference automaton's, which makes the digests that stand here; a
// sanitized build, where the automaton would take minutes, has the digests alone.

#include "agreement.hpp"
#include "forced_kernel.hpp"
#include "small_spaces.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <string_view>

BOOST_TEST_GLOBAL_FIXTURE(forced_kernel);

using namespace std::literals;
using namespace sipstatus;

namespace {

// A number for all that results say, in the order they come.
class digest {
public:
    void add(const parse_result &result, const char *input) {
        const bool complete = result.outcome == outcome::ok;
        const auto &line = result.line;
        add(static_cast<std::uint64_t>(result.outcome) | result.offset << 8 | result.consumed << 24 |
            result.leading_crlfs << 40);
        add(static_cast<std::uint64_t>(to_int(line.code)) | static_cast<std::uint64_t>(line.kind) << 16 |
            std::uint64_t{line.deviations.bits()} << 24 |
            (result.outcome == outcome::not_tolerated ? static_cast<std::uint64_t>(result.refused) << 40 : 0));
        for (const auto view : {line.version, line.phrase}) {
            const bool placed = !view.empty() || complete;
            add((placed ? static_cast<std::uint64_t>(view.data() - input) : 0) << 24 | view.size());
        }
    }
    std::uint64_t value() const { return value_; }

private:
    void add(std::uint64_t number) {
        value_ = (value_ ^ number) * 0x9E3779B97F4A7C15;
        value_ ^= value_ >> 32;
    }

    std::uint64_t value_ = 0;
};

// One space: its inputs are changed in place before the unreadable page, and looked at one by one.
class space {
public:
    explicit space(const parse_options &options) : options_(options) {}

    // The octets to be changed and looked at.
    char *place(std::string_view line) {
        line_ = buffer_.at_end(line);
        return buffer_.end() - line.size();
    }

    void look() {
        ++inputs_;
        const auto result = parse(line_, options_);
        if (result) ++accepted_;
        digest_.add(result, line_.data());
        if constexpr (thinning == 1) {
            reference_automaton automaton(options_);
            for (const char c : line_) automaton.feed(static_cast<unsigned char>(c));
            const auto expected = automaton.result(line_.data());
            if (same(expected, result)) return;
            if (++failures_ > 10) BOOST_FAIL("more disagreements than are worth reporting");
            BOOST_ERROR("'" << spelled(line_) << "' (" << spelled(options_) << ")\n  expected " << spelled(expected)
                            << "\n  got      " << spelled(result));
        }
    }

    std::size_t inputs() const { return inputs_; }
    std::size_t accepted() const { return accepted_; }
    std::uint64_t verdicts() const { return digest_.value(); }

private:
    guarded_buffer buffer_{4096};
    parse_options options_;
    std::string_view line_;
    digest digest_;
    std::size_t inputs_ = 0;
    std::size_t accepted_ = 0;
    std::size_t failures_ = 0;
};

struct expectation {
    std::size_t inputs;
    std::size_t accepted;
    std::uint64_t verdicts;
};

template <class Function> void exhaust(const parse_options &options, const expectation &expected, Function walk) {
    space inputs(options);
    walk(inputs);
    BOOST_TEST(inputs.inputs() == expected.inputs, inputs.inputs() << " inputs");
    BOOST_TEST(inputs.accepted() == expected.accepted, inputs.accepted() << " of them accepted");
    BOOST_TEST(inputs.verdicts() == expected.verdicts,
               "the digest of the verdicts is 0x" << std::hex << inputs.verdicts());
}

} // namespace

BOOST_AUTO_TEST_CASE(all_triples_of_octets_in_the_place_of_the_code) {
    const auto walk = [](space &inputs) {
        char *const code = inputs.place("SIP/2.0 ... OK\r\n") + 8;
        for (unsigned a = 0; a < octets; ++a) {
            code[0] = octet(a);
            for (unsigned b = 0; b < octets; ++b) {
                code[1] = octet(b);
                for (unsigned c = 0; c < octets; ++c) {
                    code[2] = octet(c);
                    inputs.look();
                }
            }
        }
    };
    exhaust({}, {1u << 24, 600, 0x3F70457A6228C1C0}, walk);
    exhaust(strict, {1u << 24, 600, 0x19F8FF72E86DB91C}, walk);
}

BOOST_AUTO_TEST_CASE(every_octet_at_every_position_of_lines_cut_everywhere) {
    const auto walk = [](space &inputs) {
        auto lines = bases;
        lines.push_back(long_base);
        for (const auto &line : lines)
            for (std::size_t size = 0; size <= line.size(); ++size) {
                char *const first = inputs.place(std::string_view(line).substr(0, size));
                if (size == 0) inputs.look();
                for (std::size_t at = 0; at < size; ++at) {
                    for (unsigned value = 0; value < octets; ++value) {
                        first[at] = octet(value);
                        inputs.look();
                    }
                    first[at] = line[at];
                }
            }
    };
    exhaust({}, {2'356'239, 70'906, 0xE3A02C6EE37B49F1}, walk);
    exhaust(strict, {2'356'239, 20'320, 0xE606DACB4B1ABB27}, walk);
}

BOOST_AUTO_TEST_CASE(all_pairs_of_octets_around_each_separator) {
    // Where the first of the two octets stands: before and at, at and after, and around the SP or the line end.
    constexpr auto line = "SIP/2.0 200 OK\r\nVia"sv;
    struct pair {
        std::size_t first, second;
    };
    constexpr pair pairs[] = {{6, 7}, {7, 8}, {6, 8}, {10, 11}, {11, 12}, {10, 12}, {13, 14}, {14, 15}, {13, 15}};
    const auto walk = [&](space &inputs) {
        for (const auto &[one, other] : pairs)
            for (const auto size : {other + 1, other + 2, line.size()}) {
                char *const first = inputs.place(line.substr(0, size));
                for (unsigned a = 0; a < octets; ++a) {
                    first[one] = octet(a);
                    for (unsigned b = 0; b < octets; ++b) {
                        first[other] = octet(b);
                        inputs.look();
                    }
                }
            }
    };
    exhaust({}, {1'769'472, 138'061, 0xA8A2D3E8A3E9DF2C}, walk);
    exhaust(strict, {1'769'472, 1'357, 0x5890C7CC67BE7E62}, walk);
}
