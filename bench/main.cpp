// The benchmarks' command: makes or reads the inputs, checks that all subjects agree on them, measures.

#include "machine.hpp"
#include "measure.hpp"

#include <sipstatus/names.hpp>

#include <benchmark/benchmark.h>

#include <cstdio>
#include <stdexcept>

namespace sipstatus::bench {
namespace {

void print_usage() {
    std::fputs(R"(usage: sipstatus_bench [--corpus FILE] [--smoke] [--benchmark_...]

  --corpus FILE  measure on your own input: a text with one status line a line, or a capture
  --smoke        every suite for a moment: whether it runs and all agree, not how fast

Options that begin with --benchmark_ are Google Benchmark's, such as --benchmark_filter=^lines/mix/exact/.
bench/run calls this and writes the report.
)",
               stderr);
}

void add_context(const std::vector<line_input> &inputs, const agreement &found) {
    using benchmark::AddCustomContext;
    static constexpr const char *roles[] = {"floor", "ours", "peer", "decoder"};
    AddCustomContext("processor", processor());
    AddCustomContext("memchr", memchr_variant());
    AddCustomContext("compiler", compiler());
    AddCustomContext("kernel chosen", std::string(sipstatus::name(kernel_in_use())));
    AddCustomContext("cold", can_evict ? "measured" : "not measured: no instruction here evicts a cache line");
    AddCustomContext("peers not found", *SIPSTATUS_BENCH_MISSING ? SIPSTATUS_BENCH_MISSING : "none");
    AddCustomContext("agreement", "all agree in " + std::to_string(found.readings) + " readings; on lines with " +
                                      "deviations " + std::to_string(found.differences) + " readings by peers differ" +
                                      (found.differences == 0 ? "" : ", such as " + found.difference));
    for (const auto &input : inputs)
        AddCustomContext("input: " + input.name, input.origin + ", " + std::to_string(input.lines.size()) + " lines");
    for (const auto &who : roster()) {
        AddCustomContext("role: " + who.name, roles[static_cast<std::size_t>(who.is)]);
        AddCustomContext("runs: " + who.name, who.runs);
    }
}

int measure_all(const std::string &corpus, extent how_much) {
    const auto inputs =
        corpus.empty() ? generate_inputs(how_much) : std::vector<line_input>{corpus_input(corpus, how_much)};
    const auto plan = make_plan(inputs, how_much);
    const auto found = check_agreement(plan, corpus.empty());
    if (found.faults != 0) return 1;
    select_kernel(memchr_floor());
    add_context(inputs, found);
    const double least_time = how_much == extent::full ? 0.005 : 0.0005;
    register_rows(plan, least_time);
    register_lookups(inputs, least_time);
    return benchmark::RunSpecifiedBenchmarks() == 0 ? 1 : 0;
}

} // namespace
} // namespace sipstatus::bench

int main(int count, char **words) {
    using namespace sipstatus::bench;
    benchmark::Initialize(&count, words, print_usage); // takes out its own options
    std::string corpus;
    auto how_much = extent::full;
    for (int at = 1; at < count; ++at) {
        const std::string_view word = words[at];
        if (word == "--smoke") {
            how_much = extent::smoke;
        } else if (word == "--corpus" && at + 1 < count) {
            corpus = words[++at];
        } else {
            print_usage();
            return 2;
        }
    }
    try {
        return measure_all(corpus, how_much);
    } catch (const std::exception &failure) {
        std::fprintf(stderr, "bench: %s%s%s\n", corpus.c_str(), corpus.empty() ? "" : ": ", failure.what());
        return 1;
    }
}
