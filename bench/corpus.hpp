#ifndef SIPSTATUS_BENCH_CORPUS_HPP
#define SIPSTATUS_BENCH_CORPUS_HPP

// A user's own input: a text with one status line a line or, if this build has the tool's readers, a capture.

#include <string>
#include <vector>

namespace sipstatus::bench {

struct corpus {
    std::vector<std::string> messages; // each begins with a status line that parse() accepts, as it came
    std::vector<std::string> lines;    // the status lines of the messages
    std::size_t left_out = 0;          // messages whose first line is refused, cut short, or after CRLFs
};

// Throws std::runtime_error with a sentence for the user.
corpus read_corpus(const std::string &path);

} // namespace sipstatus::bench

#endif
