#ifndef SIPSTATUS_BENCH_MEASURE_HPP
#define SIPSTATUS_BENCH_MEASURE_HPP

// How parsers are compared and timed.
//
// A pass takes every item of a workload once. Each iteration of a benchmark times a pass of the floor and a pass of the
// subject, in alternating order, so what is compared is always a pass apart. A pass that is not timed goes before each,
// so that neither pays for what the other left in the caches. The time is that of the processor, so other processes do
// not count. Google Benchmark does the rest: iterations, repetitions, random order, medians.

#include "plan.hpp"
#include "subjects.hpp"

namespace sipstatus::bench {

struct agreement {
    std::size_t readings = 0;
    std::size_t faults = 0;      // if there is one, nothing may be timed
    std::size_t differences = 0; // peers' readings of lines with deviations that differ from ours
    std::string difference;      // the first of them
};

// Whether all subjects read the same; the faults are named on standard error. Every kernel must give the whole result
// of the scalar one, on every item and on each prefix of a growing one. Every peer must read our code on every line
// without deviation and, if `peers_read_messages`, in every message. Who finds the line's end must find ours.
agreement check_agreement(const std::vector<workload> &plan, bool peers_read_messages);

// Registers "suite/input/layout/subject" for every subject that takes part. The counters are `ns` and `floor_ns`, of an
// item, `ratio` of the two, and `peak_MiB`, of the process. A repetition takes `least_time` seconds or longer.
void register_rows(const std::vector<workload> &plan, double least_time);

// The same for the look-ups, "lookups/input/values/question: name"; the floor is the empty one.
void register_lookups(const std::vector<line_input> &inputs, double least_time);

} // namespace sipstatus::bench

#endif
