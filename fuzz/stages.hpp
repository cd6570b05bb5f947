#ifndef SIPSTATUS_FUZZ_STAGES_HPP
#define SIPSTATUS_FUZZ_STAGES_HPP

// The tool's stages, from the octets of an input to the rows of both reports. In: octets, at once or in pieces. Out: a
// transcript of the results. Each message is checked on the way: its findings name rules and lie in its line, its rows
// are text that is safe to show, and JSON.

#include "harness.hpp"

#include "log/recognition.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

// One entry for each message, for the error that ended the reading, and for each kind of frame that was left out.
struct entry {
    enum class of { message, error, left_out } kind;
    std::uint64_t frame = 0;  // of a message; the first that was left out
    std::uint64_t column = 0; // of a message in a log
    std::string octets;       // of a message
    std::string text;         // everything else there is to say of it, in one string

    friend bool operator==(const entry &, const entry &) = default;
};
using transcript = std::vector<entry>;

// How a text is read.
using sipstatus::tool::text_form;

// Reads a file that has all octets.
transcript read_at_once(std::string_view octets, text_form form = text_form::unknown);

// Reads a pipe into which the octets come in pieces.
transcript read_in_pieces(std::string_view octets, dice sizes, text_form form = text_form::unknown);

// Whether the octets are decompressed or recoded before they are read.
bool is_recoded(std::string_view octets);

// The most memory that came into use while the stages read `head` and then `body` again and again, the source's buffer
// aside. They read twice as many octets as they may use.
std::size_t memory_growth(std::string_view head, std::string_view body, text_form form = text_form::unknown);

// The most that this may be: the longest line or packet, what a capture says once about its interfaces, the octets of
// streams that repetitions are compared with, and what is read ahead.
constexpr std::size_t most_memory_growth(std::string_view input) {
    // A packet of 60 octets can begin a stream, which costs some two thousand, up to the most that are followed.
    return (std::size_t{3} << 17) + (std::size_t{1} << 20) + (std::size_t{1} << 19) + 34 * input.size();
}

} // namespace fuzz

#endif
