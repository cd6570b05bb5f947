#ifndef SIPSTATUS_BENCH_INPUTS_HPP
#define SIPSTATUS_BENCH_INPUTS_HPP

// Generated inputs, from fixed seeds, distribution.def and the registry. They are the same octets on every machine and
// with every standard library.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::bench {

// Random numbers that do not depend on the standard library's distributions: SplitMix64.
class dice {
public:
    explicit dice(std::uint64_t seed) noexcept : state_(seed) {}
    std::uint64_t roll() noexcept;
    std::size_t below(std::size_t bound) noexcept { return static_cast<std::size_t>(roll() % bound); }

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

// Local phrases of exactly `size` octets. One character in `wide_in` has two to four octets; none if that is 0.
std::string generate_phrases(std::size_t lines, std::size_t size, std::size_t wide_in);

// A whole response of about 415 octets that begins with the line and has no body; `number` makes it distinct.
std::string generate_message(std::string_view line, std::uint64_t number);

// Datagrams that do not begin with a status line, by kind.
struct reject_input {
    std::string name;
    std::vector<std::string> items;
};
std::vector<reject_input> generate_rejects(std::size_t items);

// Octets that are slow to read: 8 KiB of a kind, most after a good beginning, some without a line end.
std::vector<reject_input> generate_hostile();

} // namespace sipstatus::bench

#endif
