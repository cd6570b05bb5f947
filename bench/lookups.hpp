#ifndef SIPSTATUS_BENCH_LOOKUPS_HPP
#define SIPSTATUS_BENCH_LOOKUPS_HPP

// The shape in which look-ups in the registry are called, ours and the peers'.

#include <sipstatus/status.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::bench {

// Takes a code and a phrase, uses what it needs of them; what it returns depends on what it found.
using lookup_function = std::size_t(status code, std::string_view phrase) noexcept;

struct lookup {
    std::string question; // what is looked up: rows that ask the same stand beside each other
    std::string name;
    lookup_function *function;
};

} // namespace sipstatus::bench

#endif
