#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>

namespace sipstatus::bench {
namespace {

// The walks. Each result is used, the pointer is opaque.

pass run_chained(const workload &over, parser *with) {
    pass sum;
    const char *at = over.octets.data();
    const char *const last = at + over.octets.size();
    for (std::size_t left = over.items.size(); left != 0; --left) {
        const auto found = with(at, last);
        at += found.consumed;
        sum.codes += found.code;
    }
    sum.consumed = static_cast<std::size_t>(at - over.octets.data());
    return sum;
}

pass run_each(const workload &over, parser *with) {
    pass sum;
    for (const auto item : over.items) {
        const auto found = with(item.data(), item.data() + item.size());
        sum.consumed += found.consumed;
        sum.codes += found.code;
    }
    return sum;
}

pass run_growing(const workload &over, parser *with) {
    pass sum;
    for (const auto item : over.items) {
        verdict found{};
        for (std::size_t size = 0; size != item.size();) {
            size = std::min(size + over.step, item.size());
            found = with(item.data(), item.data() + size);
        }
        sum.consumed += found.consumed;
        sum.codes += found.code;
    }
    return sum;
}

template <class Pass> double time_of(Pass run_once) {
    const auto start = std::chrono::steady_clock::now();
    auto result = run_once();
    benchmark::DoNotOptimize(result);
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> of) {
    const auto middle = of.begin() + static_cast<std::ptrdiff_t>(of.size() / 2);
    std::nth_element(of.begin(), middle, of.end());
    if (of.size() % 2 != 0) return *middle;
    return (*middle + *std::max_element(of.begin(), middle)) / 2;
}

// What is timed beside the subject, and its times, turn by turn.
struct floor_times {
    std::string name;
    std::function<double()> time;
    std::vector<double> turns{};
};

void measure(benchmark::State &state, std::size_t items, const std::function<double()> &time,
             std::vector<floor_times> floors) {
    // One turn that does not count, to bring code and data in; of an input that stays out of the caches, none.
    constexpr std::size_t many = 100'000;
    if (items < many) {
        for (auto &floor : floors) floor.time();
        time();
    }

    // Another one goes first in each turn, so that none of them always finds the caches as its predecessor left them.
    std::vector<double> turns;
    const auto count_of_timed = floors.size() + 1;
    std::size_t first = 0;
    for ([[maybe_unused]] auto _ : state) {
        for (std::size_t n = 0; n < count_of_timed; ++n) {
            const auto which = (first + n) % count_of_timed;
            if (which < floors.size())
                floors[which].turns.push_back(floors[which].time());
            else
                turns.push_back(time());
        }
        ++first;
        state.SetIterationTime(turns.back() * 1e-9);
    }

    const auto count = static_cast<double>(items);
    state.counters["ns"] = median(turns) / count;
    for (const auto &floor : floors) {
        std::vector<double> ratios, differences;
        for (std::size_t turn = 0; turn < turns.size(); ++turn) {
            ratios.push_back(turns[turn] / floor.turns[turn]);
            differences.push_back((turns[turn] - floor.turns[turn]) / count);
        }
        const auto ratio = median(ratios), ratio_of_times = median(turns) / median(floor.turns);
        state.counters["x_" + floor.name] = ratio;
        state.counters["over_" + floor.name] = median(differences);
        constexpr std::size_t enough_turns = 5;
        constexpr double most_disagreement = 1.5;
        if (turns.size() >= enough_turns &&
            std::max(ratio, ratio_of_times) > most_disagreement * std::min(ratio, ratio_of_times))
            state.SkipWithError("the ratio and the times disagree: the machine is too unsteady to measure on");
    }
}

void note_acceptance(benchmark::State &state, const workload &over, parser *with) {
    const auto accepted = std::count_if(over.items.begin(), over.items.end(), [with](std::string_view item) {
        return with(item.data(), item.data() + item.size()).code != 0;
    });
    if (accepted == 0) return;
    const auto percent = 100 * static_cast<std::size_t>(accepted) / over.items.size();
    state.SetLabel(percent == 100 ? "accepts" : "accepts " + std::to_string(percent) + " %");
}

} // namespace

pass run(const workload &over, parser *with) {
    // The empty call does not say where the line ends.
    const bool can_chain = with != floor_empty().start_line;
    benchmark::DoNotOptimize(with);
    switch (over.how) {
    case walk::chained: return can_chain ? run_chained(over, with) : run_each(over, with);
    case walk::each: return run_each(over, with);
    case walk::growing: return run_growing(over, with);
    }
    return {};
}

workload_maker once(workload_maker make) {
    // The copies of the function share what was made.
    return [made = std::make_shared<shared_workload>(), make = std::move(make)] {
        if (!*made) *made = make();
        return *made;
    };
}

void register_row(const row &what) {
    const auto name =
        what.suite + '/' + what.input + '/' + what.who->name + (what.whole_message ? ", whole message" : "");
    benchmark::RegisterBenchmark(name.c_str(), [what](benchmark::State &state) {
        const auto over = what.workload_of();
        select_kernel(*what.who);
        parser *const with = what.whole_message ? what.who->message : what.who->start_line;
        std::vector<floor_times> floors;
        for (const auto *floor : what.floors)
            if (floor != what.who)
                floors.push_back(
                    {floor->name, [&over, floor] { return time_of([&] { return run(*over, floor->start_line); }); }});
        measure(
            state, over->items.size(), [&] { return time_of([&] { return run(*over, with); }); }, std::move(floors));
        if (what.expects_refusal && what.who->is != role::floor) note_acceptance(state, *over, with);
    })->UseManualTime();
}

namespace {

std::size_t look_nothing_up(status, std::string_view) noexcept {
    return 0;
}

using questions = std::vector<std::pair<status, std::string_view>>;

double time_lookups(const questions &items, lookup_function *with) {
    benchmark::DoNotOptimize(with);
    return time_of([&] {
        std::size_t sum = 0;
        for (const auto &[code, phrase] : items) sum += with(code, phrase);
        return sum;
    });
}

} // namespace

void register_lookup(const std::string &suite, const std::string &input, const lookup &what,
                     std::shared_ptr<const questions> items) {
    const auto name = suite + '/' + input + '/' + what.question + ": " + what.name;
    benchmark::RegisterBenchmark(name.c_str(), [items, with = what.function](benchmark::State &state) {
        std::vector<floor_times> floors;
        floors.push_back({floor_empty().name, [&] { return time_lookups(*items, look_nothing_up); }});
        measure(
            state, items->size(), [&] { return time_lookups(*items, with); }, std::move(floors));
    })->UseManualTime();
}

} // namespace sipstatus::bench
