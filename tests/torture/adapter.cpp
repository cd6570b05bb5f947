// An adapter for tests/torture/run: octets on standard input, one line on standard output. It is our parser's, and an
// example for others.

#include <sipstatus/names.hpp>

#include <cstdlib>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>

using namespace sipstatus;

namespace {

constexpr deviation all_deviations[] = {
#define SIPSTATUS_DEVIATION(name, section, expected) deviation::name,
#include <sipstatus/status_line.def>
};

// Of the environment: the names of TORTURE_TOLERATED stand between commas.
parse_options options_of_the_row() {
    parse_options options;
    if (const char *const names = std::getenv("TORTURE_TOLERATED")) {
        options.tolerated = deviations::none();
        std::istringstream list{std::string(names)};
        for (std::string one; std::getline(list, one, ',');)
            for (const auto which : all_deviations)
                if (one == name(which)) options.tolerated |= which;
    }
    if (const char *const limit = std::getenv("TORTURE_LIMIT")) {
        char *end = nullptr;
        options.limit = std::strtoul(limit, &end, 10);
        options.whole_input = std::string_view(end) == ",whole";
    }
    return options;
}

} // namespace

int main() {
    const std::string octets(std::istreambuf_iterator<char>(std::cin), {});
    const auto result = parse(octets, options_of_the_row());

    std::cout << name(result.outcome);
    if (result.outcome == outcome::not_tolerated) std::cout << " refused=" << name(result.refused);
    if (is_error(result.outcome)) std::cout << " offset=" << result.offset;
    if (to_int(result.line.code) != 0) std::cout << " code=" << to_int(result.line.code);
    if (result) std::cout << " kind=" << name(result.line.kind);
    const char *separator = " deviations=";
    for (const auto which : all_deviations) {
        if (!result.line.deviations.contains(which)) continue;
        std::cout << separator << name(which) << '@' << deviation_offset(result, which);
        separator = ",";
    }
    std::cout << '\n';
}
