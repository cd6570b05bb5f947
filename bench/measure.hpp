#ifndef SIPSTATUS_BENCH_MEASURE_HPP
#define SIPSTATUS_BENCH_MEASURE_HPP

// How a parser is timed.
//
// A pass takes every item of a workload once. Each iteration of a benchmark times a pass of the floor and a pass of the
// subject, in alternating order, so what is compared is always a pass apart. The time is that of the processor, so
// other processes do not count. Google Benchmark does the rest: iterations, repetitions, random order, medians.

#include "plan.hpp"
#include "subjects.hpp"

namespace sipstatus::bench {

// Registers "suite/input/layout/subject" for every subject that takes part. The counters are `ns` and `floor_ns`, of an
// item, `ratio` of the two, and `peak_MiB`, of the process.
void register_rows(const std::vector<workload> &plan);

// The same for the look-ups, "lookups/input/values/question: name"; the floor is the empty one.
void register_lookups(const std::vector<line_input> &inputs);

} // namespace sipstatus::bench

#endif
