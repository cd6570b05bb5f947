#ifndef SIPSTATUS_BENCH_INPUTS_HPP
#define SIPSTATUS_BENCH_INPUTS_HPP

// What is parsed. Made by a generator with a fixed seed from distribution.def and the registry, the same octets on
// every machine and with every standard library; or read from files.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::bench {

// Lines one after another, as text files have them.
struct line_input {
    std::string name;
    std::string origin;                  // in words, for the report
    std::string octets;                  // status lines, each with its line end, nothing between them
    std::vector<std::string_view> lines; // the same, one by one

    line_input(std::string known_as, std::string from, std::string text);
    line_input(line_input &&) = default;
    line_input(const line_input &) = delete;
};

inline constexpr std::size_t usual_lines = 10'000;

// Random numbers that do not depend on the standard library's distributions.
class dice {
public:
    explicit dice(std::uint64_t seed) noexcept : state_(seed) {}
    std::uint64_t roll() noexcept;
    // 0 to below - 1.
    std::size_t below(std::size_t bound) noexcept;

private:
    std::uint64_t state_;
};

// By the distribution of distribution.def: mostly canonical phrases, 23 octets on average.
std::string generate_mix(std::size_t lines);
// Every code of the registry with its canonical phrase, an even draw.
std::string generate_canonical(std::size_t lines);
// The phrases of distribution.def that are not canonical, some of them UTF-8, an even draw.
std::string generate_local(std::size_t lines);
// Phrases of about 180 octets with scattered UTF-8.
std::string generate_long(std::size_t lines);

// What the phrases of generate_phrases() are made of.
enum class script : unsigned char {
    ascii, // one octet a character
    mixed, // every eighth character, on average, of two to four
    utf8   // every character of two to four
};
std::string_view name(script which) noexcept;

// Local phrases of exactly `size` octets.
std::string generate_phrases(std::size_t lines, std::size_t size, script of);

// A whole response of about 415 octets, without a body, that begins with the line; `number` makes it distinct.
std::string generate_message(std::string_view line, std::uint64_t number);

// What is no status line, by kind; each item a datagram of its own.
struct reject_input {
    std::string name;
    std::vector<std::string> items;
};
std::vector<reject_input> generate_rejects(std::size_t items);

// Octets that are made to be slow to read: 8 KiB of a kind behind a good beginning, most without a line end.
std::vector<reject_input> generate_hostile();

} // namespace sipstatus::bench

#endif
