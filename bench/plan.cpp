#include "plan.hpp"

#include "inputs.hpp"
#include "machine.hpp"

#include <algorithm>
#include <numeric>

namespace sipstatus::bench {
namespace {

std::vector<std::string> split(std::string_view octets) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < octets.size(); at += lines.back().size())
        lines.emplace_back(octets.substr(at, octets.find('\n', at) + 1 - at));
    return lines;
}

line_input generated(std::string name, std::string_view octets) {
    line_input input{std::move(name), "generated", split(octets), {}};
    for (const auto &line : input.lines) input.messages.push_back(generate_message(line, input.messages.size()));
    return input;
}

std::string name_of(const std::string &suite, const std::string &input, layout how) {
    return suite + '/' + input + '/' + layout_names[static_cast<std::size_t>(how)];
}

// One arena for all inputs: each datagram has a place in it, and the places are dealt out in shuffled order. A place is
// an odd number of cache lines, so that the datagrams fall into all sets of a cache. Longer messages are cut.
void lay_out_cold(std::vector<workload> &plan, const std::vector<line_input> &inputs, extent how_much) {
    constexpr std::size_t place = std::size_t{11} * 64;
    const auto count = scaled(25'000, how_much);
    std::vector<std::size_t> order(count * inputs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    dice random(order.size());
    for (std::size_t n = order.size(); n > 1; --n) std::swap(order[n - 1], order[random.below(n)]);

    const auto arena = std::make_shared<std::string>(order.size() * place, '\0');
    auto next = order.begin();
    for (const auto &from : inputs) {
        plan.push_back({name_of("lines", from.name, layout::cold), layout::cold, content::line, arena, {}});
        for (std::size_t n = 0; n < count; ++n) {
            char *const at = arena->data() + *next++ * place;
            const auto &message = from.messages[random.below(from.messages.size())];
            plan.back().items.emplace_back(at, message.copy(at, place));
        }
    }
}

} // namespace

std::vector<line_input> generate_inputs(extent how_much) {
    const auto lines = scaled(usual_lines, how_much);
    return {generated("mix", generate_mix(lines)), generated("canon", generate_canonical(lines)),
            generated("local", generate_local(lines)), generated("long", generate_long(lines / 5))};
}

std::vector<workload> make_plan(const std::vector<line_input> &inputs, extent how_much) {
    std::vector<workload> plan;
    // The items end to end in one buffer.
    const auto add = [&](const std::string &suite, const std::string &input, layout how, content holds,
                         const std::vector<std::string> &items, std::size_t step = 0) {
        const auto octets = std::make_shared<std::string>();
        for (const auto &item : items) *octets += item;
        plan.push_back({name_of(suite, input, how), how, holds, octets, {}, step});
        std::string_view left = *octets;
        for (const auto &item : items) {
            plan.back().items.push_back(left.substr(0, item.size()));
            left.remove_prefix(item.size());
        }
    };
    const auto first = [](std::vector<std::string> items, std::size_t count) {
        items.resize(std::min(count, items.size()));
        return items;
    };

    for (const auto &input : inputs) {
        constexpr std::size_t following = 64;
        auto followed = input.messages;
        for (std::size_t n = 0; n < followed.size(); ++n) followed[n].resize(input.lines[n].size() + following, ' ');
        for (const auto how : {layout::chained, layout::exact})
            add("lines", input.name, how, content::line, input.lines);
        add("lines", input.name, layout::followed, content::line, followed);
    }
    if (can_evict) lay_out_cold(plan, inputs, how_much);

    const auto &main_input = inputs.front();
    add("messages", main_input.name, layout::whole, content::message,
        first(main_input.messages, scaled(2000, how_much)));

    struct {
        const char *name;
        std::size_t wide_in;
    } constexpr scripts[] = {{"ascii", 0}, {"mixed", 8}, {"utf8", 1}};
    for (const auto &script : scripts)
        for (std::size_t size = 16; size <= 4096; size *= 4)
            for (const auto how : {layout::chained, layout::exact})
                add("phrases", script.name + (' ' + std::to_string(size)), how, content::line,
                    split(generate_phrases(scaled(256 * 1024 / (size + 112), how_much), size, script.wide_in)));

    for (const auto &kind : generate_rejects(scaled(5000, how_much)))
        add("rejects", kind.name, layout::whole, content::invalid, kind.items);
    for (const auto &kind : generate_hostile()) add("hostile", kind.name, layout::exact, content::invalid, kind.items);

    const auto streamed = scaled(500, how_much);
    const auto grow = [&](const std::string &input, const std::vector<std::string> &lines, std::size_t step) {
        add("streaming", input, layout::growing, content::line, lines, step);
    };
    grow(main_input.name + " by octet", first(main_input.lines, streamed), 1);
    grow("180 octets by octet", split(generate_phrases(streamed / 10, 180, 8)), 1);
    grow("8000 octets by 1460", split(generate_phrases(8, 8000, 8)), 1460);
    return plan;
}

} // namespace sipstatus::bench
