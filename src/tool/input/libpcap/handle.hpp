#ifndef SIPSTATUS_TOOL_INPUT_LIBPCAP_HANDLE_HPP
#define SIPSTATUS_TOOL_INPUT_LIBPCAP_HANDLE_HPP

#include <pcap/pcap.h>

#include <memory>

namespace sipstatus::tool {

struct close_pcap {
    void operator()(pcap_t *handle) const noexcept { pcap_close(handle); }
};
using pcap_pointer = std::unique_ptr<pcap_t, close_pcap>;

} // namespace sipstatus::tool

#endif
