#include "plan.hpp"

#include "corpus.hpp"
#include "inputs.hpp"
#include "machine.hpp"

#include <algorithm>
#include <filesystem>
#include <numeric>

namespace sipstatus::bench {
namespace {

constexpr std::size_t usual_lines = 10'000;

std::size_t scaled(std::size_t count, extent how_much) {
    return how_much == extent::full ? count : count / 50 + 1;
}

std::vector<std::string> split(std::string_view octets) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < octets.size(); at += lines.back().size())
        lines.emplace_back(octets.substr(at, octets.find('\n', at) + 1 - at));
    return lines;
}

std::vector<std::string> messages_around(const std::vector<std::string> &lines) {
    std::vector<std::string> messages;
    for (const auto &line : lines) messages.push_back(generate_message(line, messages.size()));
    return messages;
}

line_input generated(std::string name, std::string_view octets) {
    auto lines = split(octets);
    auto messages = messages_around(lines);
    return {std::move(name), "generated", std::move(lines), std::move(messages)};
}

// The items end to end in one buffer.
workload lay_out(std::string suite, std::string input, layout how, content holds, const std::vector<std::string> &items,
                 std::size_t step = 0) {
    const auto octets = std::make_shared<std::string>();
    for (const auto &item : items) *octets += item;
    workload made{std::move(suite), std::move(input), how, holds, octets, {}, step};
    const char *at = octets->data();
    for (const auto &item : items) {
        made.items.emplace_back(at, item.size());
        at += item.size();
    }
    return made;
}

workload lay_out_followed(const line_input &from) {
    constexpr std::size_t following = 64;
    std::vector<std::string> items;
    for (std::size_t n = 0; n < from.lines.size(); ++n)
        items.push_back(from.messages[n].substr(0, from.lines[n].size() + following));
    return lay_out("lines", from.name, layout::followed, content::line, items);
}

// One arena for all inputs: each datagram has a place in it, and the places are dealt out in shuffled order. A place is
// an odd number of cache lines, so that the datagrams fall into all sets of a cache. Longer messages are cut.
std::vector<workload> lay_out_cold(const std::vector<line_input> &inputs, extent how_much) {
    constexpr std::size_t place = std::size_t{11} * 64;
    const auto count = scaled(25'000, how_much);
    std::vector<std::size_t> order(count * inputs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    dice random(order.size());
    for (std::size_t n = order.size(); n > 1; --n) std::swap(order[n - 1], order[random.below(n)]);

    const auto arena = std::make_shared<std::string>(order.size() * place, '\0');
    std::vector<workload> made;
    auto next = order.begin();
    for (const auto &from : inputs) {
        made.push_back({"lines", from.name, layout::cold, content::line, arena, {}});
        for (std::size_t n = 0; n < count; ++n) {
            char *const at = arena->data() + *next++ * place;
            const auto &message = from.messages[random.below(from.messages.size())];
            made.back().items.emplace_back(at, message.copy(at, place));
        }
    }
    return made;
}

} // namespace

std::string_view name(layout which) noexcept {
    switch (which) {
    case layout::chained: return "chained";
    case layout::exact: return "exact";
    case layout::followed: return "followed";
    case layout::cold: return "cold";
    case layout::whole: return "whole";
    case layout::growing: return "growing";
    }
    return {};
}

std::vector<line_input> generate_inputs(extent how_much) {
    const auto lines = scaled(usual_lines, how_much);
    return {generated("mix", generate_mix(lines)), generated("canon", generate_canonical(lines)),
            generated("local", generate_local(lines)), generated("long", generate_long(lines / 5))};
}

// A small corpus is repeated, so that a pass takes long enough to be timed.
line_input corpus_input(const std::string &path, extent how_much) {
    auto corpus = read_corpus(path);
    const auto count = corpus.lines.size();
    const auto origin = std::to_string(count) + " status lines of " + std::filesystem::path(path).filename().string() +
                        ", repeated if they are few; left out: " + std::to_string(corpus.left_out) +
                        " that are refused, cut short or after CRLFs";
    corpus.lines.reserve(usual_lines);
    corpus.messages.reserve(usual_lines);
    for (std::size_t n = count; n < scaled(usual_lines, how_much); ++n) {
        corpus.lines.push_back(corpus.lines[n - count]);
        corpus.messages.push_back(corpus.messages[n - count]);
    }
    // A text has lines only.
    const bool has_messages = std::any_of(corpus.messages.begin(), corpus.messages.end(),
                                          [](const auto &message) { return message.find("\r\n\r\n") != message.npos; });
    if (!has_messages) corpus.messages = messages_around(corpus.lines);
    return {"corpus", origin, std::move(corpus.lines), std::move(corpus.messages)};
}

std::vector<workload> make_plan(const std::vector<line_input> &inputs, extent how_much) {
    std::vector<workload> plan;
    const auto chained_and_exact = [&](const std::string &suite, const std::string &input, const auto &lines) {
        plan.push_back(lay_out(suite, input, layout::chained, content::line, lines));
        auto exact = plan.back();
        exact.layout = layout::exact;
        plan.push_back(std::move(exact));
    };
    for (const auto &input : inputs) {
        chained_and_exact("lines", input.name, input.lines);
        plan.push_back(lay_out_followed(input));
    }
    if (can_evict)
        for (auto &cold : lay_out_cold(inputs, how_much)) plan.push_back(std::move(cold));

    const auto first = [](std::vector<std::string> items, std::size_t count) {
        items.resize(std::min(count, items.size()));
        return items;
    };
    const auto &main_input = inputs.front();
    plan.push_back(lay_out("messages", main_input.name, layout::whole, content::message,
                           first(main_input.messages, scaled(2000, how_much))));
    for (const auto of : {script::ascii, script::mixed, script::utf8})
        for (std::size_t size = 16; size <= 4096; size *= 4)
            chained_and_exact("phrases", std::string(name(of)) + ' ' + std::to_string(size),
                              split(generate_phrases(scaled(256 * 1024 / (size + 112), how_much), size, of)));
    for (const auto &kind : generate_rejects(scaled(5000, how_much)))
        plan.push_back(lay_out("rejects", kind.name, layout::whole, content::invalid, kind.items));
    for (const auto &kind : generate_hostile())
        plan.push_back(lay_out("hostile", kind.name, layout::exact, content::invalid, kind.items));

    const auto streamed = scaled(500, how_much);
    const auto grow = [&](const std::string &input, const std::vector<std::string> &lines, std::size_t step) {
        plan.push_back(lay_out("streaming", input, layout::growing, content::line, lines, step));
    };
    grow(main_input.name + " by octet", first(main_input.lines, streamed), 1);
    grow("180 octets by octet", split(generate_phrases(streamed / 10, 180, script::mixed)), 1);
    grow("8000 octets by 1460", split(generate_phrases(8, 8000, script::mixed)), 1460);
    return plan;
}

} // namespace sipstatus::bench
