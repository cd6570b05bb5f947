#include "suites.hpp"

#include <numeric>

namespace sipstatus::bench {
namespace {

const std::vector<const subject *> end_floors() {
    return {&floor_memchr(), &floor_sum(), &floor_empty(), &floor_copy()};
}

std::vector<const subject *> those_who(bool (*are)(const subject &)) {
    std::vector<const subject *> some;
    for (const auto &who : roster())
        if (are(who)) some.push_back(&who);
    return some;
}

std::vector<const subject *> everyone() {
    return those_who([](const subject &who) { return !who.only_prefixes; });
}

std::vector<const subject *> who_reads_prefixes() {
    return those_who([](const subject &who) { return who.reads_prefixes; });
}

shared_workload chain(const line_input &from) {
    return std::make_shared<workload>(workload{walk::chained, from.lines, from.octets});
}

shared_workload each(const std::vector<std::string> &from) {
    return std::make_shared<workload>(workload{walk::each, {from.begin(), from.end()}});
}

// A million messages cannot all lie in the caches: each has a place of its own, `stride` octets from the next, and they
// are taken in shuffled order. A longer message is cut.
shared_workload spread(const std::vector<std::string> &messages, const extent &how_much) {
    struct arena : workload {
        std::vector<char> octets;
    };
    const auto made = std::make_shared<arena>();
    made->how = walk::each;
    made->octets.resize(how_much.datagrams * how_much.datagram_stride);
    dice random(how_much.datagrams);
    for (std::size_t n = 0; n < how_much.datagrams; ++n) {
        const auto &message = messages[random.below(messages.size())];
        char *const place = made->octets.data() + n * how_much.datagram_stride;
        made->items.emplace_back(place, message.copy(place, how_much.datagram_stride));
    }
    for (std::size_t n = made->items.size(); n > 1; --n) std::swap(made->items[n - 1], made->items[random.below(n)]);
    return made;
}

} // namespace

void register_chained(const inputs &from) {
    for (const auto &input : from.lines)
        for (const auto *who : everyone())
            register_row({.suite = "chained",
                          .input = input.name,
                          .who = who,
                          .workload_of = once([&input] { return chain(input); }),
                          .floors = end_floors()});
}

void register_datagrams(const inputs &from, const extent &how_much) {
    const auto workload_of = once([&from, how_much] { return spread(from.messages, how_much); });
    for (const auto *who : everyone())
        register_row({.suite = "datagrams",
                      .input = "shuffled",
                      .who = who,
                      .workload_of = workload_of,
                      .floors = {&floor_memchr(), &floor_empty(), &floor_copy()}});
}

void register_messages(const inputs &from) {
    const auto workload_of = once([&from] { return each(from.messages); });
    for (const auto *who : everyone()) {
        row one{
            .suite = "messages", .input = "responses", .who = who, .workload_of = workload_of, .floors = end_floors()};
        register_row(one);
        one.whole_message = true;
        if (who->message) register_row(one);
    }
}

void register_phrases(const inputs &from) {
    for (const auto &input : from.phrases)
        for (const auto *who : everyone())
            register_row({.suite = "phrases",
                          .input = input.name,
                          .who = who,
                          .workload_of = once([&input] { return chain(input); }),
                          .floors = {&floor_memchr()}});
}

void register_rejects(const inputs &from) {
    for (const auto &kind : from.rejects)
        for (const auto *who : everyone())
            register_row({.suite = "rejects",
                          .input = kind.name,
                          .who = who,
                          .expects_refusal = true,
                          .workload_of = once([&kind] { return each(kind.items); }),
                          .floors = {&floor_empty(), &floor_memchr(), &floor_copy()}});
    for (const auto &kind : from.hostile)
        for (const auto *who : everyone())
            register_row({.suite = "hostile",
                          .input = kind.name,
                          .who = who,
                          .workload_of = once([&kind] { return each(kind.items); }),
                          .floors = {&floor_memchr()}});
}

void register_streaming(const inputs &from) {
    const auto grow = [](const line_input &input, const std::string &name, std::size_t step) {
        const auto workload_of = once([&input, step] {
            return std::make_shared<workload>(workload{walk::growing, input.lines, {}, step});
        });
        for (const auto *who : who_reads_prefixes())
            register_row({.suite = "streaming",
                          .input = name,
                          .who = who,
                          .workload_of = workload_of,
                          .floors = {&floor_memchr(), &floor_empty()}});
    };
    for (const auto &input : from.streams) grow(input, input.name + " by octet", 1);
    for (const auto &input : from.segments) grow(input, input.name + " by 1460 octets", 1460);
}

} // namespace sipstatus::bench
