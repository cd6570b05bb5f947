// Lines by the million, without a fuzzing engine and without sanitizers. Some are drawn from the grammar, some are
// lines of the registry or of the given files, changed here and there. Every kernel of the machine, the reference
// automaton and the plain grammar must agree on each.
//
//     sweep INPUTS [SEED [FILE...]]      FILE: a status line a line, up to a tab, without CRLF
//
// Prints the count of each verdict to standard output, and each disagreement to standard error. The exit status is 1
// after a disagreement. The same INPUTS, SEED and FILEs on as many cores give the same inputs.

#include "kernels_at_hand.hpp"

#include "guarded_buffer.hpp"
#include "plain_grammar.hpp"
#include "reference_automaton.hpp"
#include "results.hpp"

#include <sipstatus/sipstatus.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace std::literals;
using namespace sipstatus;

namespace {

constexpr std::size_t longest_input = 4096;
constexpr std::size_t outcome_count = static_cast<std::size_t>(outcome::not_tolerated) + 1;

class lines {
public:
    lines(const std::vector<std::string> &starts, std::uint64_t seed) : starts_(starts), random_(seed) {}

    // The next input, valid until the next call.
    std::string_view next() {
        line_.clear();
        if (one_in(3))
            draw();
        else
            line_ = starts_[below(starts_.size())];
        if (!one_in(8))
            for (auto changes = 1 + below(4); changes != 0; --changes) change();
        if (one_in(8)) line_ += headers.substr(0, below(headers.size()));
        if (one_in(8)) line_.resize(below(line_.size() + 1));
        return std::string_view(line_).substr(0, longest_input);
    }

    parse_options options() {
        parse_options drawn;
        if (one_in(2)) drawn.tolerated = deviations::from_bits(static_cast<unsigned>(random_() | random_()));
        if (one_in(4)) drawn.limit = below(line_.size() + 4);
        drawn.whole_input = one_in(4);
        return drawn;
    }

private:
    static constexpr auto headers = "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n\r\n"sv;

    std::size_t below(std::size_t bound) { return static_cast<std::size_t>((random_() >> 16) % bound); }
    bool one_in(std::size_t count) { return below(count) == 0; }
    char octet() {
        static constexpr auto telling =
            "\r\n\t %SIPsip/2.0169a\"<\x01\x7F\0\x80\xA0\xC0\xC3\xE0\xE2\xED\xF0\xF4\xF8\xFC\xFF"sv;
        return one_in(2) ? telling[below(telling.size())] : static_cast<char>(below(256));
    }

    // Draws a line by the ABNF, and at times by the table of deviations.
    void draw() {
        if (one_in(16)) line_ += "\r\n";
        line_ += one_in(16) ? "sIp/2.0" : "SIP/2.0";
        line_ += one_in(16) ? "\t " : " ";
        line_ += static_cast<char>('1' + below(6));
        line_ += static_cast<char>('0' + below(10));
        line_ += static_cast<char>('0' + below(10));
        if (!one_in(32)) line_ += one_in(16) ? '\t' : ' ';
        for (auto left = one_in(4) ? below(300) : below(40); left != 0; --left) draw_part_of_phrase();
        line_ += one_in(16) ? "\n" : "\r\n";
    }

    void draw_part_of_phrase() {
        static constexpr auto plain = "abcxyzABCXYZ0189-_.!~*'();/?:@&=+$, \t"sv;
        static constexpr auto hex = "0123456789abcdefABCDEF"sv;
        if (!one_in(16)) {
            line_ += plain[below(plain.size())];
        } else if (one_in(3)) {
            line_ += {'%', hex[below(hex.size())], hex[below(hex.size())]};
        } else {
            // A lead octet, then as many continuations as it wants, or one fewer.
            const auto lead = 0xC0 + below(0x3E);
            const auto wanted = lead < 0xE0 ? 1u : lead < 0xF0 ? 2u : lead < 0xF8 ? 3u : lead < 0xFC ? 4u : 5u;
            line_ += static_cast<char>(lead);
            for (auto left = wanted - (one_in(8) ? 1 : 0); left != 0; --left)
                line_ += static_cast<char>(0x80 + below(0x40));
        }
    }

    void change() {
        if (line_.empty()) line_ = octet();
        const auto at = below(line_.size());
        switch (below(7)) {
        case 0:
        case 1: line_[at] = octet(); break;
        case 2: line_.insert(at, 1, octet()); break;
        case 3: line_.insert(at, 1 + below(40), octet()); break;
        case 4: line_.insert(at, std::string(line_, below(line_.size()), 1 + below(12))); break;
        case 5: line_.erase(at, 1 + below(3)); break;
        case 6: line_[at] = static_cast<char>(line_[at] ^ 0x20); break;
        }
    }

    const std::vector<std::string> &starts_;
    std::mt19937_64 random_;
    std::string line_;
};

// The threads share this: the counts, and the lock for output.
class tally {
public:
    void add(const std::array<std::uint64_t, outcome_count> &outcomes, std::uint64_t grammatical_lines) {
        const std::lock_guard lock(mutex_);
        for (std::size_t n = 0; n < outcome_count; ++n) outcomes_[n] += outcomes[n];
        grammatical_ += grammatical_lines;
    }

    void disagree(const char *with, std::string_view input, parse_options options, const std::string &expected,
                  const std::string &actual) {
        const std::lock_guard lock(mutex_);
        if (++disagreements_ > 10) return;
        std::fprintf(stderr, "%s disagrees on '%s' (%s)\n  expected %s\n  got      %s\n", with, spelled(input).c_str(),
                     spelled(options).c_str(), expected.c_str(), actual.c_str());
    }

    bool has_disagreement() const { return disagreements_ != 0; }

    // Whether there was no disagreement.
    bool report(double seconds) const {
        std::uint64_t inputs = 0;
        for (std::size_t n = 0; n < outcome_count; ++n) {
            std::printf("%12llu %s\n", static_cast<unsigned long long>(outcomes_[n]),
                        std::string(name(static_cast<outcome>(n))).c_str());
            inputs += outcomes_[n];
        }
        std::printf("%llu inputs, %llu of them grammatical lines, %zu disagreements, %.0f s\n",
                    static_cast<unsigned long long>(inputs), static_cast<unsigned long long>(grammatical_),
                    disagreements_.load(), seconds);
        return disagreements_ == 0;
    }

private:
    std::mutex mutex_;
    std::array<std::uint64_t, outcome_count> outcomes_{};
    std::uint64_t grammatical_ = 0;
    std::atomic<std::size_t> disagreements_ = 0;
};

class comparison {
public:
    comparison(const fuzz::kernels_at_hand &kernels, tally &all) : kernels_(kernels), all_(all) {}
    ~comparison() { all_.add(outcomes_, grammatical_); }
    comparison(const comparison &) = delete;
    comparison &operator=(const comparison &) = delete;

    void compare(std::string_view drawn, parse_options options) {
        const auto input = memory_.at_end(drawn);
        const auto result = by_every_kernel(input, options);
        ++outcomes_[static_cast<std::size_t>(result.outcome)];
        const auto tolerant =
            options.tolerated == deviations::all() && options.limit == parse_options{}.limit && !options.whole_input
                ? result
                : by_every_kernel(input, {});
        with_plain_grammar(input, tolerant);
    }

private:
    parse_result by_every_kernel(std::string_view input, parse_options options) {
        reference_automaton automaton(options);
        for (const char c : input) {
            if (automaton.decided()) break;
            automaton.feed(static_cast<unsigned char>(c));
        }
        automaton.end();
        const auto expected = automaton.result(input.data());
        for (std::size_t n = 0; n < kernels_.size(); ++n) {
            parse_result result;
            kernels_[n](result, input, options);
            if (!same(result, expected)) all_.disagree("a kernel", input, options, spelled(expected), spelled(result));
        }
        return expected;
    }

    // The grammar accepts the octets from the leading CRLFs to the first LF exactly when they are a grammatical line.
    void with_plain_grammar(std::string_view input, const parse_result &result) {
        while (input.starts_with("\r\n")) input.remove_prefix(2);
        const auto line = input.substr(0, std::min(input.find('\n'), input.size() - 1) + 1);
        const bool accepted = result && grammatical(result.line.deviations);
        grammatical_ += accepted ? 1 : 0;
        if (plain_grammar::is_status_line(line) != accepted)
            all_.disagree("the plain grammar", line, {}, accepted ? "invalid" : "valid", spelled(result));
    }

    const fuzz::kernels_at_hand &kernels_;
    tally &all_;
    guarded_buffer memory_{longest_input};
    std::array<std::uint64_t, outcome_count> outcomes_{};
    std::uint64_t grammatical_ = 0;
};

std::vector<std::string> starts_of(char **files, char **last) {
    std::vector<std::string> starts;
    const auto add = [&](status code, std::string_view phrase) {
        starts.push_back("SIP/2.0 " + std::to_string(to_int(code)) + " " + std::string(phrase) + "\r\n");
    };
    for (const auto &row : registry()) add(row.code, row.phrase);
    for (const auto &variant : phrase_variants()) add(variant.code, variant.phrase);
    for (; files != last; ++files) {
        std::ifstream in(*files, std::ios::binary);
        if (!in) {
            std::perror(*files);
            std::exit(2);
        }
        std::size_t count = 0;
        for (std::string line; std::getline(in, line);)
            if (line = line.substr(0, line.find('\t')); line.starts_with("SIP/")) {
                starts.push_back(line + "\r\n");
                ++count;
            }
        if (count == 0) {
            std::fprintf(stderr, "sweep: no status line in %s\n", *files);
            std::exit(2);
        }
    }
    return starts;
}

bool read_number(std::string_view text, std::uint64_t &number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

} // namespace

int main(int argc, char **argv) {
    std::uint64_t inputs = 0, seed = 20'260'107;
    if (argc < 2 || !read_number(argv[1], inputs) || inputs == 0 || (argc > 2 && !read_number(argv[2], seed))) {
        std::fprintf(stderr, "usage: sweep INPUTS [SEED [FILE...]]\n");
        return 2;
    }
    const auto starts = starts_of(argv + std::min(argc, 3), argv + argc);
    const fuzz::kernels_at_hand kernels;
    const auto begin = std::chrono::steady_clock::now();

    tally all;
    const std::uint64_t jobs = std::max(1u, std::thread::hardware_concurrency());
    std::vector<std::thread> threads;
    for (std::uint64_t job = 0; job < jobs; ++job)
        threads.emplace_back([&, job] {
            lines drawn(starts, seed + job);
            comparison each(kernels, all);
            for (auto left = inputs / jobs + (job < inputs % jobs ? 1 : 0); left != 0; --left) {
                if (all.has_disagreement() && left % 1024 == 0) break;
                const auto line = drawn.next();
                each.compare(line, drawn.options());
            }
        });
    for (auto &thread : threads) thread.join();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    return all.report(taken.count()) ? 0 : 1;
}
