#ifndef SIPSTATUS_BENCH_MEASURE_HPP
#define SIPSTATUS_BENCH_MEASURE_HPP

// How a parser is timed, and beside what.
//
// Time is taken of passes: one pass takes the whole input once. In every turn of a benchmark one pass of each floor is
// timed and then one of the parser, so that a floor and what is measured against it never lie further apart than a
// pass. A repetition gives the median time of a pass and the median of the turns' ratios; the report takes the median
// over the repetitions, which Google Benchmark mixes at random.

#include "lookups.hpp"
#include "parser.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::bench {

// How a pass goes over an input.
enum class walk : unsigned char {
    chained, // each line starts where the parser says that the last one ended
    each,    // every item by itself
    growing  // every item in growing prefixes, `step` octets more each time, until it is whole
};

struct workload {
    walk how;
    std::vector<std::string_view> items;
    std::string_view octets{}; // of a chained walk, the items end to end
    std::size_t step = 1;
};

// Made when a benchmark first needs it.
using shared_workload = std::shared_ptr<const workload>;
using workload_maker = std::function<shared_workload()>;

// The same workload every time, made once.
workload_maker once(workload_maker make);

struct pass {
    std::size_t consumed = 0;
    std::size_t codes = 0; // their sum
};

// One pass over the workload.
pass run(const workload &over, parser *with);

struct row {
    std::string suite;
    std::string input;
    const subject *who;
    bool whole_message = false;
    bool expects_refusal = false; // the benchmark's label says when the subject accepts some of it
    workload_maker workload_of;
    std::vector<const subject *> floors; // what the figures are held against
};

// Registers "suite/input/subject" with Google Benchmark. Its counters are ns (per item), and for each floor that is
// not the subject itself x_FLOOR (the ratio) and over_FLOOR (the difference in ns per item).
void register_row(const row &what);

// The same for a look-up, held against an empty one; named "suite/input/question: name".
void register_lookup(const std::string &suite, const std::string &input, const lookup &what,
                     std::shared_ptr<const std::vector<std::pair<status, std::string_view>>> items);

} // namespace sipstatus::bench

#endif
