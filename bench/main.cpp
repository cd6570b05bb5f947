// The benchmarks' command: makes or reads the inputs, checks that everybody agrees on them, measures.

#include "agreement.hpp"
#include "machine.hpp"

#include <sipstatus/names.hpp>

#include <benchmark/benchmark.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace sipstatus::bench {
namespace {

constexpr const char *usage = R"(usage: sipstatus_bench [--corpus FILE] [--inputs DIRECTORY] [--smoke] [--benchmark_...]

  --corpus FILE       measure on this input of yours: a text with one status line a line, or a capture
  --inputs DIRECTORY  take mix.txt, canon.txt, local.txt, long.txt from there instead of generating them
  --smoke             every suite for a moment: whether it runs and everybody agrees, not how fast

What stands behind --benchmark_ is Google Benchmark's; --benchmark_filter=^chained/mix/ for instance.
bench/run calls this and writes the report.
)";

struct arguments {
    std::optional<std::string> corpus;
    std::optional<std::string> inputs;
    bool smoke = false;
    std::vector<char *> others; // Google Benchmark's
};

// Nothing where they are not understood.
std::optional<arguments> read_arguments(int count, char **words) {
    arguments found;
    found.others.push_back(words[0]);
    for (int at = 1; at < count; ++at) {
        const std::string_view word = words[at];
        if (word == "--smoke") {
            found.smoke = true;
        } else if ((word == "--corpus" || word == "--inputs") && at + 1 < count) {
            (word == "--corpus" ? found.corpus : found.inputs) = words[++at];
        } else if (word.starts_with("--benchmark_") || word.starts_with("--v=")) {
            found.others.push_back(words[at]);
        } else {
            return std::nullopt;
        }
    }
    return found;
}

extent extent_of(const arguments &given) {
    if (given.smoke)
        return {.datagrams = 2000,
                .datagram_stride = 576,
                .messages = 200,
                .corpus_lines = 200,
                .rejects = 50,
                .streamed_lines = 20};
    extent how_much{.datagrams = 1'000'000,
                    .datagram_stride = 576,
                    .messages = 2000,
                    .corpus_lines = usual_lines,
                    .rejects = 1000,
                    .streamed_lines = 500};
    // Twice the last-level cache, each datagram at an odd number of cache lines from the next: with a power of two
    // they would all fall into the same few sets.
    constexpr std::size_t cache_line = 64;
    const auto wanted = (2 * last_level_cache() / how_much.datagrams + cache_line) / cache_line | 1;
    how_much.datagram_stride = std::max(wanted * cache_line, how_much.datagram_stride);
    how_much.datagrams = std::min(how_much.datagrams, free_memory() / 2 / how_much.datagram_stride);
    return how_much;
}

std::string contents(const std::filesystem::path &path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void add_lines(inputs &to, const arguments &given, const std::string &name, std::string (*generate)(std::size_t),
               std::size_t lines) {
    if (given.inputs) {
        const auto path = std::filesystem::path(*given.inputs) / (name + ".txt");
        if (auto octets = contents(path); !octets.empty()) {
            to.lines.emplace_back(name, path.filename().string() + " of --inputs", std::move(octets));
            return;
        }
    }
    to.lines.emplace_back(name, "generated", generate(lines));
}

// A small corpus is repeated, so that a pass takes long enough to be timed.
void add_corpus(inputs &to, const std::string &path, const extent &how_much) {
    const auto found = read_corpus(path);
    const auto count = found.lines.size();
    std::string octets;
    for (std::size_t n = 0; n < std::max(count, how_much.corpus_lines); ++n) octets += found.lines[n % count];
    const auto name = std::filesystem::path(path).filename().string();
    std::ostringstream origin;
    origin << count << " status lines of " << name << ", repeated where they are few; " << found.left_out
           << " left out that are refused, cut short or behind CRLFs";
    to.lines.emplace_back("corpus", origin.str(), std::move(octets));
    for (std::size_t n = 0; n < std::max(count, how_much.messages); ++n)
        to.messages.push_back(found.messages[n % count]);
}

inputs make_inputs(const arguments &given, const extent &how_much) {
    const auto few = [&](std::size_t lines) { return given.smoke ? lines / 50 : lines; };
    const auto streamed = how_much.streamed_lines;
    inputs made;
    if (given.corpus) {
        add_corpus(made, *given.corpus, how_much);
    } else {
        add_lines(made, given, "mix", generate_mix, few(usual_lines));
        add_lines(made, given, "canon", generate_canonical, few(usual_lines));
        add_lines(made, given, "local", generate_local, few(usual_lines));
        add_lines(made, given, "long", generate_long, few(usual_lines / 5));
    }
    // Of a text there are lines only: the messages are made around them.
    const auto &lines = made.lines.front().lines;
    const bool has_messages = std::any_of(made.messages.begin(), made.messages.end(), [](const std::string &message) {
        return message.find("\r\n\r\n") != message.npos;
    });
    if (!has_messages) {
        made.messages.clear();
        for (std::size_t n = 0; n < how_much.messages; ++n)
            made.messages.push_back(generate_message(lines[n % lines.size()], n));
    }
    made.rejects = generate_rejects(how_much.rejects);
    made.hostile = generate_hostile();
    for (const auto of : {script::ascii, script::mixed, script::utf8})
        for (std::size_t size = 16; size <= 4096; size *= 4)
            made.phrases.emplace_back(std::string(name(of)) + ' ' + std::to_string(size), "generated",
                                      generate_phrases(few(256 * 1024 / (size + 112)) + 2, size, of));
    std::string some;
    for (std::size_t n = 0; n < std::min(streamed, lines.size()); ++n) some += lines[n];
    made.streams.emplace_back(made.lines.front().name, made.lines.front().origin, std::move(some));
    made.segments.emplace_back("8000 octets", "generated", generate_phrases(8, 8000, script::mixed));
    made.streams.emplace_back("180 octets", "generated", generate_phrases(streamed / 10, 180, script::mixed));
    return made;
}

bool agree(const inputs &made, bool messages_are_ours) {
    const auto found = check_agreement(made, messages_are_ours);
    for (const auto &text : found.faults) std::fprintf(stderr, "bench: no agreement: %s\n", text.c_str());
    if (!found.faults.empty()) return false;
    std::string text = "all agree (" + std::to_string(found.compared) + " readings)";
    if (!found.differences.empty())
        text += ", but on lines with deviations " + std::to_string(found.differences.size()) +
                " readings differ, for instance: " + found.differences.front();
    std::fprintf(stderr, "bench: %s\n", text.c_str());
    benchmark::AddCustomContext("agreement", text);
    return true;
}

void say_context(const inputs &made, const extent &how_much) {
    using benchmark::AddCustomContext;
    AddCustomContext("processor", processor());
    AddCustomContext("last-level cache", std::to_string(last_level_cache() / 1024) + " KiB");
    AddCustomContext("C library", c_library());
    AddCustomContext("memchr", memchr_in_use());
    AddCustomContext("compiler", compiler());
    AddCustomContext("kernel chosen", std::string(sipstatus::name(kernel_in_use())));
    AddCustomContext("datagrams", std::to_string(how_much.datagrams) + " of them, " +
                                      std::to_string(how_much.datagram_stride) + " octets apart, " +
                                      std::to_string(how_much.datagrams * how_much.datagram_stride >> 20) + " MiB");
    for (const auto &input : made.lines)
        AddCustomContext("input: " + input.name, input.origin + ", " + std::to_string(input.lines.size()) + " lines, " +
                                                     std::to_string(input.octets.size()) + " octets");
    for (const auto &who : roster()) AddCustomContext("runs: " + who.name, who.runs);
    std::string missing;
    for (const auto &peer : missing_peers()) missing += (missing.empty() ? "" : ", ") + peer;
    AddCustomContext("peers not found", missing.empty() ? "none" : missing);
    for (const auto &who : roster())
        if (who.is != role::peer) AddCustomContext("role: " + who.name, who.is == role::floor ? "floor" : "ours");
}

// One line a benchmark: the median of its repetitions.
class table : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context &) override {
        std::printf("%-66s %12s %10s\n", "suite/input/subject", "ns per item", "x memchr");
        return true;
    }

    void ReportRuns(const std::vector<Run> &runs) override {
        for (const auto &run : runs) {
            if (run.error_occurred)
                std::printf("%-66s %s\n", run.run_name.function_name.c_str(), run.error_message.c_str());
            const bool wanted =
                run.repetitions > 1 ? run.aggregate_name == "median" : run.run_type == Run::RT_Iteration;
            const auto ns = run.counters.find("ns");
            if (!wanted || ns == run.counters.end()) continue;
            std::printf("%-66s %12.2f", run.run_name.function_name.c_str(), ns->second.value);
            if (const auto ratio = run.counters.find("x_memchr"); ratio != run.counters.end())
                std::printf(" %10.3f", ratio->second.value);
            std::printf("%s%s\n", run.report_label.empty() ? "" : "  ", run.report_label.c_str());
        }
        std::fflush(stdout);
    }
};

int measure_all(arguments given) {
    const auto how_much = extent_of(given);
    const auto made = make_inputs(given, how_much);
    if (!agree(made, !given.corpus)) return 1;
    say_context(made, how_much);

    register_chained(made);
    register_datagrams(made, how_much);
    register_messages(made);
    register_phrases(made);
    register_rejects(made);
    register_streaming(made);
    register_lookups(made);

    static char shortest[] = "--benchmark_min_time=0.0005";
    static char usual[] = "--benchmark_min_time=0.005";
    given.others.insert(given.others.begin() + 1, given.smoke ? shortest : usual);
    int count = static_cast<int>(given.others.size());
    benchmark::Initialize(&count, given.others.data());
    if (benchmark::ReportUnrecognizedArguments(count, given.others.data())) return 2;
    table shown;
    return benchmark::RunSpecifiedBenchmarks(&shown) == 0 ? 1 : 0;
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
    } catch (const std::exception &why) {
        std::fprintf(stderr, "bench: %s\n", why.what());
        return 1;
    }
}
