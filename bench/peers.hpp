#ifndef SIPSTATUS_BENCH_PEERS_HPP
#define SIPSTATUS_BENCH_PEERS_HPP

// The peers that Debian packages, each in a file of its own that is compiled only where its headers and library were
// found. Every one is called by the narrowest entry that its public headers offer.

#include "lookups.hpp"
#include "parser.hpp"

namespace sipstatus::bench {

struct packaged_peer {
    std::string_view name;
    void (*add)(std::vector<subject> &to);        // null where this build did not find the peer
    void (*add_lookups)(std::vector<lookup> &to); // its own table of phrases
};

const std::vector<packaged_peer> &packaged_peers();

void add_osip2(std::vector<subject> &to);
void add_sofia(std::vector<subject> &to);
void add_re(std::vector<subject> &to);
void add_beast(std::vector<subject> &to);

void add_osip2_lookups(std::vector<lookup> &to);
void add_sofia_lookups(std::vector<lookup> &to);
void add_beast_lookups(std::vector<lookup> &to);

} // namespace sipstatus::bench

#endif
