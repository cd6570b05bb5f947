#ifndef SIPSTATUS_BENCH_SUBJECTS_HPP
#define SIPSTATUS_BENCH_SUBJECTS_HPP

// Who is measured: the floors, our parser under each kernel, the peers. All are called in one shape.

#include <sipstatus/status_line.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::bench {

// No input is longer, in octets.
inline constexpr std::size_t longest_input = 128 * 1024;

// What a parser says, in two registers.
struct verdict {
    std::size_t consumed; // octets up to and with the line end; 0 if there is none, or if the parser does not look
    std::size_t code;     // the status code; 0 if the parser refuses the input or wants more of it
};

// Reads the start line, or the message, at `first`. The pointer is opaque to the optimiser, so every call is made.
using parser = verdict(const char *first, const char *last) noexcept;

enum class role : unsigned char {
    floor,
    ours,
    peer,   // parses a start line
    decoder // has no public entry for less than a message; it is given one around the line
};

struct subject {
    std::string name;
    role is;
    parser *start_line;
    std::string runs;                      // what a call does, for the report
    parser *message = nullptr;             // reads the whole message; null if there is no such entry
    std::optional<kernel> forced_kernel{}; // of ours only
    bool finds_end = true;
    bool reads_prefixes = false; // accepts the beginning of a line and asks for more
    bool only_prefixes = false;  // is measured with growing prefixes only
};

// The floors first, then ours by kernel, then the peers of this build.
const std::vector<subject> &roster();
const std::vector<subject> &floors();
inline const subject &memchr_floor() {
    return floors().front();
}

// Selects the kernel of `who`, or the best one of this machine.
void select_kernel(const subject &who);

// A look-up in a registry. Its result depends on what it found, so that it is not optimised away.
using lookup_function = std::size_t(status code, std::string_view phrase) noexcept;
struct lookup {
    std::string name;
    lookup_function *function;
};

// The first one returns at once. Peers answer with the first octet of the canonical phrase.
const std::vector<lookup> &lookups();

} // namespace sipstatus::bench

#endif
