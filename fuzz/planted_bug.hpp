#ifndef SIPSTATUS_FUZZ_PLANTED_BUG_HPP
#define SIPSTATUS_FUZZ_PLANTED_BUG_HPP

// A parser that is wrong on purpose, compiled only into fuzz_planted_bug and sweep_planted_bug. A phrase of 23 octets
// beside the code 606 loses its last octet, as if a block's mask were off by one. The fuzzer and the sweep must find
// it: otherwise they would find no such bug.

#include "kernels/kernel.hpp"

namespace fuzz {

sipstatus::kernels::function parse_with_planted_bug;

} // namespace fuzz

#endif
