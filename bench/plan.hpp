#ifndef SIPSTATUS_BENCH_PLAN_HPP
#define SIPSTATUS_BENCH_PLAN_HPP

// What is measured: every suite's inputs, laid out in memory.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::bench {

// What the parser sees of an item, and what surrounds it.
enum class layout : unsigned char {
    chained,  // all lines end to end in one buffer; each starts where the parser says that the last one ended
    exact,    // the buffer ends with the item
    followed, // 64 octets of the message follow the line
    cold,     // datagrams in shuffled order, evicted from all caches before each pass
    whole,    // a message with all its headers
    growing   // growing prefixes of a line, `step` octets more each time
};
inline constexpr const char *layout_names[] = {"chained", "exact", "followed", "cold", "whole", "growing"};

enum class content : unsigned char { line, message, invalid };

struct workload {
    std::string name; // suite/input/layout
    bench::layout layout;
    content holds;
    std::shared_ptr<const std::string> octets; // all items; several workloads may share them
    std::vector<std::string_view> items;
    std::size_t step = 0;
};

// Status lines, each with the message that it begins.
struct line_input {
    std::string name;
    std::string origin; // for the report
    std::vector<std::string> lines;
    std::vector<std::string> messages;
};

// A 50th of everything, to see whether it runs.
enum class extent : unsigned char { full, smoke };

inline constexpr std::size_t usual_lines = 10'000;
constexpr std::size_t scaled(std::size_t count, extent how_much) {
    return how_much == extent::full ? count : count / 50 + 1;
}

std::vector<line_input> generate_inputs(extent how_much);
// The status lines and responses of a file: a text or a capture.
line_input corpus_input(const std::string &path, extent how_much);

// The first input is also that of the suites `messages` and `streaming`.
std::vector<workload> make_plan(const std::vector<line_input> &inputs, extent how_much);

} // namespace sipstatus::bench

#endif
