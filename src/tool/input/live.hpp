#ifndef SIPSTATUS_TOOL_INPUT_LIVE_HPP
#define SIPSTATUS_TOOL_INPUT_LIVE_HPP

// Packets as they arrive, from an interface or from those that send HEP. They end when the user interrupts.

#include "input/octet_stream.hpp"
#include "input/packet.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace sipstatus::tool {

class live_reader : public packet_reader {
public:
    // What is listened to: "lo, Ethernet".
    virtual std::string title() const = 0;
    // How many packets were lost because nobody read them in time.
    virtual std::uint64_t dropped() const = 0;
};

// How long a packet may stay unreported while others arrive, and how long a reader waits before it looks for an
// interruption.
inline constexpr std::chrono::milliseconds live_delay{200};

// Calls a function before each wait, and every live_delay where there is none.
class flushing {
public:
    explicit flushing(std::function<void()> flush) : flush_(std::move(flush)) {}

    void before_waiting() { flush_(); }
    void after_packet(const timestamp &time) {
        const auto now = std::chrono::seconds(time.seconds) + std::chrono::nanoseconds(time.nanoseconds);
        if (now - last_ < live_delay) return;
        last_ = now;
        flush_();
    }

private:
    std::function<void()> flush_;
    std::chrono::nanoseconds last_{};
};

// Each throws input_error where it cannot be opened, and later where it breaks off.

// The packets of an interface, "any" for all, that match the filter (see input/packet_filter.hpp), through libpcap.
std::unique_ptr<live_reader> open_interface(const std::string &name, const std::string &filter,
                                            std::function<void()> before_waiting);

// Throws input_error for what is not "udp:ADDRESS:PORT".
void check_hep_place(const std::string &place);
// The datagrams that are sent to "udp:ADDRESS:PORT", as packets of link_type_hep. Port 0 is a free one.
std::unique_ptr<live_reader> open_hep_server(const std::string &place, std::function<void()> before_waiting);

} // namespace sipstatus::tool

#endif
