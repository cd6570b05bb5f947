// Which peers this build found; CMake defines a name for each.

#include "peers.hpp"

namespace sipstatus::bench {

const std::vector<packaged_peer> &packaged_peers() {
    static const std::vector<packaged_peer> all = {
#ifdef SIPSTATUS_BENCH_SOFIA
        {"Sofia-SIP", add_sofia, add_sofia_lookups},
#else
        {"Sofia-SIP", nullptr, nullptr},
#endif
#ifdef SIPSTATUS_BENCH_BEAST
        {"Boost.Beast", add_beast, add_beast_lookups},
#else
        {"Boost.Beast", nullptr, nullptr},
#endif
#ifdef SIPSTATUS_BENCH_OSIP2
        {"osip2", add_osip2, add_osip2_lookups},
#else
        {"osip2", nullptr, nullptr},
#endif
#ifdef SIPSTATUS_BENCH_RE
        {"re", add_re, nullptr},
#else
        {"re", nullptr, nullptr},
#endif
    };
    return all;
}

} // namespace sipstatus::bench
