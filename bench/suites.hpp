#ifndef SIPSTATUS_BENCH_SUITES_HPP
#define SIPSTATUS_BENCH_SUITES_HPP

// What is measured on which input. Every suite registers its rows with Google Benchmark under its own name.

#include "corpus.hpp"
#include "inputs.hpp"
#include "measure.hpp"

#include <deque>
#include <optional>

namespace sipstatus::bench {

// How much there is to do.
struct extent {
    std::size_t datagrams;
    std::size_t datagram_stride; // octets from one to the next
    std::size_t messages;
    std::size_t corpus_lines; // at least, of a user's corpus
    std::size_t rejects;
    std::size_t streamed_lines;
};

struct inputs {
    std::deque<line_input> lines;      // of the chained suite; the first is the mix, or the user's corpus
    std::vector<std::string> messages; // whole responses
    std::vector<reject_input> rejects;
    std::vector<reject_input> hostile;
    std::deque<line_input> phrases;  // named "ascii 16" and so on
    std::deque<line_input> streams;  // for octet-wise streaming
    std::deque<line_input> segments; // for streaming by TCP segments
};

void register_chained(const inputs &from);                           // a: lines end to end in one buffer
void register_datagrams(const inputs &from, const extent &how_much); // b: far apart, shuffled, cold
void register_messages(const inputs &from);                          // c: whole responses
void register_phrases(const inputs &from);                           // d: local and UTF-8 phrases, 16 to 4096 octets
void register_rejects(const inputs &from);   // e: what is no status line; what is made to be slow
void register_streaming(const inputs &from); // f: growing prefixes
void register_lookups(const inputs &from);   // g: classification and registry alone

} // namespace sipstatus::bench

#endif
