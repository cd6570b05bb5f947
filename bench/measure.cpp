#include "measure.hpp"

#include "machine.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <functional>

namespace sipstatus::bench {
namespace {

// The loops. Each result is used, and `with` is opaque.

std::size_t run_chained(const workload &over, parser *with) {
    const char *at = over.octets->data();
    const char *const last = at + over.octets->size();
    std::size_t codes = 0;
    for (std::size_t left = over.items.size(); left != 0; --left) {
        const auto line = with(at, last);
        at += line.consumed;
        codes += line.code;
    }
    return codes + static_cast<std::size_t>(last - at);
}

std::size_t run_each(const workload &over, parser *with) {
    std::size_t sum = 0;
    for (const auto item : over.items) {
        const auto line = with(item.data(), item.data() + item.size());
        sum += line.consumed + line.code;
    }
    return sum;
}

std::size_t run_growing(const workload &over, parser *with) {
    std::size_t sum = 0;
    for (const auto item : over.items) {
        verdict line{};
        for (std::size_t size = 0; size != item.size();) {
            size = std::min(size + over.step, item.size());
            line = with(item.data(), item.data() + size);
        }
        sum += line.consumed + line.code;
    }
    return sum;
}

template <class Pass> double time_of(Pass run_once) {
    const auto start = processor_time();
    auto result = run_once();
    benchmark::DoNotOptimize(result);
    return processor_time() - start;
}

double time_pass(const workload &over, const subject &who, parser *with) {
    select_kernel(who);
    benchmark::DoNotOptimize(with);
    if (over.layout == layout::cold)
        for (const auto item : over.items) evict(item);
    return time_of([&] {
        if (over.layout == layout::growing) return run_growing(over, with);
        return over.layout == layout::chained && who.finds_end ? run_chained(over, with) : run_each(over, with);
    });
}

using timed_pass = std::function<double()>;

void measure(benchmark::State &state, std::size_t items, const timed_pass &floor, const timed_pass &subject) {
    // These two warm code and data; they do not count.
    floor();
    subject();
    double floor_ns = 0, ns = 0;
    bool floor_first = false;
    for ([[maybe_unused]] auto _ : state) {
        floor_first = !floor_first;
        if (floor_first) floor_ns += floor();
        const auto pass_ns = subject();
        if (!floor_first) floor_ns += floor();
        ns += pass_ns;
        state.SetIterationTime(pass_ns * 1e-9);
    }
    const auto count = static_cast<double>(items) * static_cast<double>(state.iterations());
    state.counters["ns"] = ns / count;
    state.counters["floor_ns"] = floor_ns / count;
    state.counters["ratio"] = ns / floor_ns;
    state.counters["peak_MiB"] = peak_memory_mib();
}

void note_acceptance(benchmark::State &state, const workload &over, parser *with) {
    const auto accepted = std::count_if(over.items.begin(), over.items.end(), [with](std::string_view item) {
        return with(item.data(), item.data() + item.size()).code != 0;
    });
    const auto percent = 100 * static_cast<std::size_t>(accepted) / over.items.size();
    if (percent != 0) state.SetLabel("accepts " + std::to_string(percent) + " %");
}

void register_row(const workload &over, const subject &who, parser *with, const std::string &entry = {}) {
    const auto row = over.suite + '/' + over.input + '/' + std::string(name(over.layout)) + '/' + who.name + entry;
    benchmark::RegisterBenchmark(row.c_str(), [&over, &who, with](benchmark::State &state) {
        const auto &floor = memchr_floor();
        measure(
            state, over.items.size(), [&] { return time_pass(over, floor, floor.start_line); },
            [&] { return time_pass(over, who, with); });
        if (over.holds == content::invalid && who.is != role::floor) note_acceptance(state, over, with);
    })->UseManualTime();
}

} // namespace

void register_rows(const std::vector<workload> &plan) {
    for (const auto &over : plan)
        for (const auto &who : roster()) {
            const bool takes_part = over.layout == layout::growing ? who.reads_prefixes : !who.only_prefixes;
            if (takes_part) register_row(over, who, who.start_line);
            if (over.holds == content::message && who.message) register_row(over, who, who.message, ", whole message");
        }
}

void register_lookups(const std::vector<line_input> &inputs) {
    for (const auto &input : inputs) {
        const auto questions = std::make_shared<std::vector<std::pair<status, std::string_view>>>();
        for (const auto &line : input.lines) {
            const auto result = parse(line);
            questions->emplace_back(result.line.code, result.line.phrase);
        }
        const auto time_lookups = [questions](lookup_function *with) {
            benchmark::DoNotOptimize(with);
            return time_of([&] {
                std::size_t sum = 0;
                for (const auto &[code, phrase] : *questions) sum += with(code, phrase);
                return sum;
            });
        };
        for (const auto &one : lookups())
            benchmark::RegisterBenchmark(("lookups/" + input.name + "/values/" + one.name).c_str(),
                                         [=, with = one.function](benchmark::State &state) {
                                             measure(
                                                 state, questions->size(),
                                                 [&] { return time_lookups(lookups().front().function); },
                                                 [&] { return time_lookups(with); });
                                         })
                ->UseManualTime();
    }
}

} // namespace sipstatus::bench
