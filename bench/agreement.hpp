#ifndef SIPSTATUS_BENCH_AGREEMENT_HPP
#define SIPSTATUS_BENCH_AGREEMENT_HPP

// Before anything is timed: whether all subjects read the same. Parsers that read different codes cannot be compared.

#include "plan.hpp"

namespace sipstatus::bench {

struct agreement {
    std::vector<std::string> faults;      // sentences; if there is one, nothing may be timed
    std::vector<std::string> differences; // peers' readings of lines with deviations
    std::size_t readings = 0;
};

// Every kernel must give the whole result of the scalar one, on every item and on each prefix of a growing one. Every
// peer must read our code on every line without deviation and, if `peers_read_messages`, in every message. Every
// subject that finds the line's end must find ours.
agreement check_agreement(const std::vector<workload> &plan, bool peers_read_messages);

} // namespace sipstatus::bench

#endif
