#ifndef SIPSTATUS_BENCH_AGREEMENT_HPP
#define SIPSTATUS_BENCH_AGREEMENT_HPP

// Before anything is timed: whether all that is timed reads the same. A benchmark of parsers that read different codes
// compares nothing.

#include "suites.hpp"

#include <string>
#include <vector>

namespace sipstatus::bench {

struct agreement {
    std::vector<std::string> faults;      // sentences; none may be timed then
    std::vector<std::string> differences; // what a peer makes of a line with deviations: leniencies differ
    std::size_t compared = 0;             // readings by a subject
};

// Every kernel must give the whole result of the scalar one, on every input and each prefix of the streamed ones. Every
// peer must read the code that we read, on every line without deviation and in every whole message that we generated.
// Floors must find the line's end where we find it.
agreement check_agreement(const inputs &of, bool messages_are_ours);

} // namespace sipstatus::bench

#endif
