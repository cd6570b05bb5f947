// Who is measured.

#include "floors.hpp"
#include "peers.hpp"

#include "kernels/kernel.hpp"

#include <sipstatus/names.hpp>

namespace sipstatus::bench {
namespace {

verdict parse_ours(const char *first, const char *last) noexcept {
    const auto result = parse({first, static_cast<std::size_t>(last - first)});
    return {result.consumed, static_cast<std::size_t>(to_int(result.line.code))};
}

// What a proxy does with a stream: goes on where the last call ended, if it is the same line that has grown.
verdict resume_ours(const char *first, const char *last) noexcept {
    static parse_result previous;
    static const char *line = nullptr;
    static std::size_t read = 0;
    const auto size = static_cast<std::size_t>(last - first);
    previous = first == line && size > read ? resume(previous, {first, size}) : parse({first, size});
    line = first;
    read = size;
    return {previous.consumed, static_cast<std::size_t>(to_int(previous.line.code))};
}

// The one that the library chose for this machine.
kernel best() {
    static const kernel chosen = kernel_in_use();
    return chosen;
}

std::vector<subject> floors() {
    return {
        {.name = "memchr",
         .is = role::floor,
         .start_line = find_line_feed,
         .reads_prefixes = true,
         .runs = "memchr for the LF: finds the end of the line, nothing else"},
        {.name = "octet sum",
         .is = role::floor,
         .start_line = sum_octets,
         .reads_prefixes = true,
         .runs = "a plain loop that adds up the octets to the LF"},
        {.name = "empty call", .is = role::floor, .start_line = do_nothing, .reads_prefixes = true, .runs = "returns"},
        {.name = "line copy",
         .is = role::floor,
         .start_line = copy_the_line,
         .runs = "memchr for the LF and a copy of the line: what every peer's call here begins with"},
        {.name = "memchr + 60 nops",
         .is = role::floor,
         .start_line = find_and_idle,
         .reads_prefixes = true,
         .runs = "memchr for the LF and 60 instructions that do nothing: where memory decides, as with datagrams, they "
                 "cost what they keep out of the processor's window"},
    };
}

std::vector<subject> make_roster() {
    auto all = floors();
    best();
    for (const auto which : {kernel::scalar, kernel::ssse3, kernel::avx2, kernel::neon}) {
        if (!kernels::force(which)) continue;
        all.push_back({.name = "sipstatus " + std::string(name(which)),
                       .is = role::ours,
                       .start_line = parse_ours,
                       .forced = which,
                       .reads_prefixes = true,
                       .runs = "sipstatus::parse: validated, classified, the phrase looked up"});
    }
    kernels::force(best());
    all.push_back({.name = "sipstatus resume",
                   .is = role::ours,
                   .start_line = resume_ours,
                   .forced = best(),
                   .reads_prefixes = true,
                   .only_prefixes = true,
                   .runs = "sipstatus::resume, from the result for the prefix before"});
    for (const auto &peer : packaged_peers())
        if (peer.add) peer.add(all);
    return all;
}

} // namespace

const std::vector<subject> &roster() {
    static const auto all = make_roster();
    return all;
}

std::vector<std::string> missing_peers() {
    std::vector<std::string> missing;
    for (const auto &peer : packaged_peers())
        if (!peer.add) missing.emplace_back(peer.name);
    return missing;
}

const subject &floor_memchr() {
    return roster()[0];
}
const subject &floor_sum() {
    return roster()[1];
}
const subject &floor_empty() {
    return roster()[2];
}
const subject &floor_copy() {
    return roster()[3];
}

void select_kernel(const subject &of) {
    kernels::force(of.forced.value_or(best()));
}

} // namespace sipstatus::bench
