#ifndef SIPSTATUS_BENCH_PARSER_HPP
#define SIPSTATUS_BENCH_PARSER_HPP

// The one shape in which everything here is called: our parser under each kernel, the floors, the peers.

#include <sipstatus/status_line.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::bench {

// What a parser says, in two registers.
struct verdict {
    std::size_t consumed; // octets up to and with the line end; 0 where it found none, or does not look for one
    std::size_t code;     // what it takes for the status code; 0 where it refused the input or wants more of it
};

// Reads the start line, or the message, at `first`. Called through a pointer that the optimiser cannot see through, so
// that no call is inlined, moved out of a loop or dropped, the empty one included.
using parser = verdict(const char *first, const char *last) noexcept;

enum class role : unsigned char { floor, ours, peer };

struct subject {
    std::string name;
    role is;
    parser *start_line;             // reads nothing behind the line's end
    parser *message = nullptr;      // reads the whole message; null where there is no such entry
    std::optional<kernel> forced{}; // of ours, the kernel
    bool reads_prefixes = false;    // takes the beginning of a line for what it is and asks for more
    bool only_prefixes = false;     // is measured with growing prefixes only
    std::string runs{};             // what a call does, in a sentence
};

// Everything that is measured: the floors first, then ours by kernel, then the peers that this build found.
const std::vector<subject> &roster();

// The peers that this build did not find, by name.
std::vector<std::string> missing_peers();

const subject &floor_memchr();
const subject &floor_sum();
const subject &floor_empty();
const subject &floor_copy();

// Lets the library scan by the kernel that the subject stands for; by the best one for any other subject.
void select_kernel(const subject &of);

} // namespace sipstatus::bench

#endif
