#ifndef SIPSTATUS_TOOL_INPUT_PACKET_FILTER_HPP
#define SIPSTATUS_TOOL_INPUT_PACKET_FILTER_HPP

// Which packets a user wants, in the language of libpcap (pcap-filter(7)): packets in, the ones that match out.
//
// Where the tool is built without libpcap, both functions throw input_error and say so.

#include "account.hpp"
#include "input/packet.hpp"
#include "stage.hpp"

#include <memory>
#include <string>

namespace sipstatus::tool {

// Throws input_error for an expression that fits no link type: what() is libpcap's word on it.
void check_filter(const std::string &expression);

// A stage that hands on the packets that the expression matches, as tcpdump does. It compiles the expression once for
// each link type. The packets that it keeps go into the account. `next` and `left_out` must outlive it.
std::unique_ptr<stage<packet>> make_packet_filter(const std::string &expression, stage<packet> &next,
                                                  account &left_out);

} // namespace sipstatus::tool

#endif
