#include "measure.hpp"

#include "machine.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>

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

// The time of a second pass.
template <class Pass, class Before> double time_of(Pass run_once, Before before) {
    benchmark::DoNotOptimize(run_once());
    before();
    const auto start = processor_time();
    benchmark::DoNotOptimize(run_once());
    return processor_time() - start;
}

double time_pass(const workload &over, const subject &who, parser *with) {
    select_kernel(who);
    benchmark::DoNotOptimize(with);
    const auto run = over.layout == layout::growing                    ? run_growing
                     : over.layout == layout::chained && who.finds_end ? run_chained
                                                                       : run_each;
    return time_of([&] { return run(over, with); },
                   [&] {
                       if (over.layout == layout::cold)
                           for (const auto item : over.items) evict(item);
                   });
}

template <class Floor, class Subject>
void measure(benchmark::State &state, std::size_t items, Floor time_floor, Subject time_subject) {
    double floor_ns = 0, ns = 0;
    bool floor_first = false;
    for ([[maybe_unused]] auto _ : state) {
        floor_first = !floor_first;
        if (floor_first) floor_ns += time_floor();
        const double pass_ns = time_subject();
        if (!floor_first) floor_ns += time_floor();
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

template <class Benchmark> void add(const std::string &row, double least_time, Benchmark run) {
    benchmark::RegisterBenchmark(row.c_str(), run)->UseManualTime()->MinTime(least_time);
}

} // namespace

void register_rows(const std::vector<workload> &plan, double least_time) {
    const auto add_row = [&](const workload &over, const subject &who, const std::string &name, parser *with) {
        add(over.name + '/' + name, least_time, [&over, &who, with](benchmark::State &state) {
            const auto &floor = memchr_floor();
            measure(
                state, over.items.size(), [&] { return time_pass(over, floor, floor.start_line); },
                [&] { return time_pass(over, who, with); });
            if (over.holds == content::invalid && who.is != role::floor) note_acceptance(state, over, with);
        });
    };
    for (const auto &over : plan)
        for (const auto &who : roster()) {
            const bool takes_part = over.layout == layout::growing ? who.reads_prefixes : !who.only_prefixes;
            if (takes_part) add_row(over, who, who.name, who.start_line);
            if (over.holds == content::message && who.message)
                add_row(over, who, who.name + ", whole message", who.message);
        }
}

void register_lookups(const std::vector<line_input> &inputs, double least_time) {
    for (const auto &input : inputs) {
        std::vector<std::pair<status, std::string_view>> questions;
        for (const auto &line : input.lines) {
            const auto result = parse(line);
            questions.emplace_back(result.line.code, result.line.phrase);
        }
        const auto time_lookups = [questions](lookup_function *with) {
            benchmark::DoNotOptimize(with);
            const auto run = [&] {
                std::size_t sum = 0;
                for (const auto &[code, phrase] : questions) sum += with(code, phrase);
                return sum;
            };
            return time_of(run, [] {});
        };
        for (const auto &one : lookups())
            add("lookups/" + input.name + "/values/" + one.name, least_time, [=](benchmark::State &state) {
                measure(
                    state, questions.size(), [&] { return time_lookups(lookups().front().function); },
                    [&] { return time_lookups(one.function); });
            });
    }
}

} // namespace sipstatus::bench
