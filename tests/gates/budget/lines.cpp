// What callgrind counts: every input parsed by one kernel. Each input has a function of its own, after which callgrind
// writes out what it counted; it counts within sipstatus::parse alone, so nothing of this file.

#include "inputs.hpp"
#include "kernels/kernel.hpp"

#include <sipstatus/names.hpp>

#include <algorithm>
#include <cstdio>

namespace {

using sipstatus::parse;
using sipstatus::to_int;

// Prints how many parses there were, so that the instructions can be divided by it.
void parse_each(const char *input, const std::vector<std::string> &items) {
    std::size_t codes = 0;
    for (const auto &item : items) codes += static_cast<std::size_t>(to_int(parse(item).line.code));
    std::printf("%s %zu %zu\n", input, items.size(), codes);
}

// Each line is parsed with all that follows it in the buffer, as in a stream.
void parse_chained(const char *input, const std::string &octets) {
    std::size_t codes = 0, lines = 0;
    for (std::string_view left = octets; !left.empty(); ++lines) {
        const auto result = parse(left);
        if (!result) return;
        codes += static_cast<std::size_t>(to_int(result.line.code));
        left.remove_prefix(result.consumed);
    }
    std::printf("%s %zu %zu\n", input, lines, codes);
}

} // namespace

// By these names callgrind knows where an input ends.
extern "C" {
[[gnu::noinline]] void budget_of_mix(const std::string &octets) {
    parse_chained("mix", octets);
}
[[gnu::noinline]] void budget_of_canonical(const std::string &octets) {
    parse_chained("canonical", octets);
}
[[gnu::noinline]] void budget_of_local(const std::string &octets) {
    parse_chained("local", octets);
}
[[gnu::noinline]] void budget_of_long(const std::string &octets) {
    parse_chained("long", octets);
}
[[gnu::noinline]] void budget_of_rejects(const std::vector<std::string> &items) {
    parse_each("rejects", items);
}
}

int main(int count, char **words) {
    using sipstatus::kernel;
    namespace bench = sipstatus::bench;
    constexpr int cannot_force = 77;
    if (count != 2) return 2;
    for (const auto which : {kernel::scalar, kernel::ssse3, kernel::avx2, kernel::neon}) {
        if (sipstatus::name(which) != words[1]) continue;
        if (!sipstatus::kernels::force(which)) return cannot_force;
        budget_of_mix(bench::generate_mix(2000));
        budget_of_canonical(bench::generate_canonical(2000));
        budget_of_local(bench::generate_local(2000));
        budget_of_long(bench::generate_long(500));
        budget_of_rejects(bench::generate_rejects(200).back().items);
        return 0;
    }
    return 2;
}
