// Stands for the files beside it in a build without libpcap.

#include "input/live.hpp"
#include "input/packet_filter.hpp"

namespace sipstatus::tool {

namespace {

[[noreturn]] void fail() {
    throw input_error("this sipstatus was built without libpcap");
}

} // namespace

void check_filter(const std::string &) {
    fail();
}

std::unique_ptr<stage<packet>> make_packet_filter(const std::string &, stage<packet> &, account &) {
    fail();
}

std::unique_ptr<live_reader> open_interface(const std::string &, const std::string &, std::function<void()>) {
    fail();
}

} // namespace sipstatus::tool
