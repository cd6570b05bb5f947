// Changes an input of the parse harness, every other time: the line at its front gets another code, or a phrase of
// another length. Random octets rarely make another valid line, and a kernel's mistakes depend on lengths and on the
// code's row in its tables. The other inputs get libFuzzer's own mutations. Another engine uses only its own.

#include "harness.hpp"

#include <sipstatus/status.hpp>

#include <algorithm>
#include <random>
#include <string>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t most) __attribute__((weak));
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size, std::size_t most, unsigned seed);

namespace {

constexpr std::size_t code_at = 8;
constexpr std::size_t phrase_at = 12;
constexpr unsigned longest_phrase = 70;

std::size_t mutate_plainly(std::uint8_t *data, std::size_t size, std::size_t most) {
    return LLVMFuzzerMutate ? LLVMFuzzerMutate(data, size, most) : size;
}

} // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size, std::size_t most, unsigned seed) {
    std::minstd_rand random(seed);
    const auto below = [&random](unsigned bound) { return static_cast<unsigned>(random()) / 16 % bound; };
    std::string octets(reinterpret_cast<const char *>(data), size);
    const auto end = octets.find_first_of("\r\n");
    if (below(2) != 0 || end == octets.npos || end < phrase_at) return mutate_plainly(data, size, most);

    if (below(2) == 0) {
        const auto &codes = sipstatus::registry();
        const auto known = to_int(codes[below(static_cast<unsigned>(codes.size()))].code);
        octets.replace(code_at, 3, below(2) == 0 ? std::to_string(known) : std::to_string(100 + below(600)));
    } else {
        auto phrase = octets.substr(phrase_at, end - phrase_at);
        if (phrase.empty()) phrase = "x";
        const auto length = below(longest_phrase);
        while (phrase.size() < length) phrase += phrase;
        octets.replace(phrase_at, end - phrase_at, phrase.substr(0, length));
    }
    if (octets.size() > most) return mutate_plainly(data, size, most);
    std::copy(octets.begin(), octets.end(), data);
    return octets.size();
}
