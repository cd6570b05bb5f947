#ifndef SIPSTATUS_BENCH_FLOORS_HPP
#define SIPSTATUS_BENCH_FLOORS_HPP

#include "parser.hpp"

namespace sipstatus::bench {

parser find_line_feed; // memchr of the C library, for LF
parser sum_octets;     // adds up the octets to the LF, in a plain loop
parser do_nothing;     // returns
parser find_and_idle;  // memchr, and 60 instructions that do nothing: what of a figure is the room that they take
parser copy_the_line;  // finds the LF and copies the line: what the adapters of most peers carry

} // namespace sipstatus::bench

#endif
