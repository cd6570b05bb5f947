// The benchmarks' command: makes or reads the inputs, checks that all subjects agree on them, measures.

#include "agreement.hpp"
#include "machine.hpp"
#include "measure.hpp"

#include <sipstatus/names.hpp>

#include <benchmark/benchmark.h>

#include <cstdio>
#include <optional>
#include <stdexcept>

namespace sipstatus::bench {
namespace {

constexpr const char *usage = R"(usage: sipstatus_bench [--corpus FILE] [--smoke] [--benchmark_...]

  --corpus FILE  measure on your own input: a text with one status line a line, or a capture
  --smoke        every suite for a moment: whether it runs and all agree, not how fast

Options that begin with --benchmark_ are Google Benchmark's, such as --benchmark_filter=^lines/mix/exact/.
bench/run calls this and writes the report.
)";

struct arguments {
    std::optional<std::string> corpus;
    extent how_much = extent::full;
    std::vector<char *> others; // Google Benchmark's
};

std::optional<arguments> read_arguments(int count, char **words) {
    static char usual_time[] = "--benchmark_min_time=0.005", shortest_time[] = "--benchmark_min_time=0.0005";
    arguments given;
    given.others = {words[0], usual_time};
    for (int at = 1; at < count; ++at) {
        const std::string_view word = words[at];
        if (word == "--smoke") {
            given.how_much = extent::smoke;
            given.others[1] = shortest_time;
        } else if (word == "--corpus" && at + 1 < count) {
            given.corpus = words[++at];
        } else if (word.starts_with("--benchmark_")) {
            given.others.push_back(words[at]);
        } else {
            return std::nullopt;
        }
    }
    return given;
}

bool agree(const std::vector<workload> &plan, bool peers_read_messages) {
    const auto result = check_agreement(plan, peers_read_messages);
    for (const auto &text : result.faults) std::fprintf(stderr, "bench: no agreement: %s\n", text.c_str());
    if (!result.faults.empty()) return false;
    std::string text = "all agree in " + std::to_string(result.readings) + " readings";
    if (!result.differences.empty())
        text += "; on lines with deviations " + std::to_string(result.differences.size()) +
                " readings by peers differ, such as " + result.differences.front();
    std::fprintf(stderr, "bench: %s\n", text.c_str());
    benchmark::AddCustomContext("agreement", text);
    return true;
}

void add_context(const std::vector<line_input> &inputs) {
    using benchmark::AddCustomContext;
    static constexpr const char *roles[] = {"floor", "ours", "peer", "decoder"};
    AddCustomContext("processor", processor());
    AddCustomContext("memchr", memchr_variant());
    AddCustomContext("compiler", compiler());
    AddCustomContext("kernel chosen", std::string(sipstatus::name(kernel_in_use())));
    AddCustomContext("cold", can_evict ? "measured" : "not measured: no instruction here evicts a cache line");
    AddCustomContext("peers not found", *SIPSTATUS_BENCH_MISSING ? SIPSTATUS_BENCH_MISSING : "none");
    for (const auto &input : inputs)
        AddCustomContext("input: " + input.name, input.origin + ", " + std::to_string(input.lines.size()) + " lines");
    for (const auto &who : roster()) {
        AddCustomContext("role: " + who.name, roles[static_cast<std::size_t>(who.is)]);
        AddCustomContext("runs: " + who.name, who.runs);
    }
}

int measure_all(arguments given) {
    const auto inputs =
        given.corpus ? std::vector{corpus_input(*given.corpus, given.how_much)} : generate_inputs(given.how_much);
    const auto plan = make_plan(inputs, given.how_much);
    if (!agree(plan, !given.corpus)) return 1;
    select_kernel(memchr_floor());
    add_context(inputs);
    register_rows(plan);
    register_lookups(inputs);

    int count = static_cast<int>(given.others.size());
    benchmark::Initialize(&count, given.others.data());
    if (benchmark::ReportUnrecognizedArguments(count, given.others.data())) return 2;
    return benchmark::RunSpecifiedBenchmarks() == 0 ? 1 : 0;
}

} // namespace
} // namespace sipstatus::bench

int main(int count, char **words) {
    const auto given = sipstatus::bench::read_arguments(count, words);
    if (!given) {
        std::fputs(sipstatus::bench::usage, stderr);
        return 2;
    }
    try {
        return sipstatus::bench::measure_all(*given);
    } catch (const std::exception &failure) {
        std::fprintf(stderr, "bench: %s\n", failure.what());
        return 1;
    }
}
