#ifndef SIPSTATUS_FUZZ_HARNESS_HPP
#define SIPSTATUS_FUZZ_HARNESS_HPP

// What every harness uses: the entry point that libFuzzer and replay.cpp call, a way to fail, and the numbers that an
// input carries after its octets. The numbers stand last, so that an ordinary message is a valid input.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace fuzz {

// Ends the program with a signal if a promise does not hold: the input is a finding.
inline void require(bool holds, const char *promise) {
    if (holds) return;
    std::fprintf(stderr, "broken promise: %s\n", promise);
    std::abort();
}

class input {
public:
    input(const std::uint8_t *data, std::size_t size) : octets_(reinterpret_cast<const char *>(data), size) {}

    // Takes the last octet off, or the last two, most significant first. A missing octet counts as 0.
    unsigned take_octet() {
        if (octets_.empty()) return 0;
        const auto last = static_cast<unsigned char>(octets_.back());
        octets_.remove_suffix(1);
        return last;
    }
    unsigned take_number() {
        const unsigned low = take_octet();
        return low | take_octet() << 8;
    }

    // The octets that are left.
    std::string_view octets() const { return octets_; }

private:
    std::string_view octets_;
};

// Whether an input gets the costly checks. In a replay every input does. A fuzzing engine must see many inputs, so only
// one in `period` does there.
inline bool is_checked_thoroughly([[maybe_unused]] std::string_view octets, [[maybe_unused]] unsigned period) {
#ifdef SIPSTATUS_FUZZ_ENGINE
    unsigned sum = 0;
    for (const char c : octets) sum += static_cast<unsigned char>(c);
    return sum % period == 0;
#else
    return true;
#endif
}

// A cheap pseudo-random sequence from a seed.
class dice {
public:
    explicit dice(unsigned seed) : state_(seed * 2654435761u + 1) {}

    // 1 to `most`.
    std::size_t roll(std::size_t most) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 17;
        state_ ^= state_ << 5;
        return state_ % most + 1;
    }

private:
    std::uint32_t state_;
};

} // namespace fuzz

#endif
