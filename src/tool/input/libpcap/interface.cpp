#include "input/interruption.hpp"
#include "input/libpcap/handle.hpp"
#include "input/live.hpp"

#include <fmt/format.h>

#include <poll.h>

#include <ctime>
#include <optional>
#include <tuple>

namespace sipstatus::tool {

namespace {

// Where packets wait for the reader: 10,000 of a usual size, more than 0.1 s of 100,000 packets/s.
constexpr int buffer_octets = 8 << 20;
// The kernel hands packets over in blocks, a block after this long even if it is not full.
constexpr int block_milliseconds = 100;

std::string names_of_interfaces() {
    std::string names;
    pcap_if_t *all = nullptr;
    char why[PCAP_ERRBUF_SIZE] = "";
    if (pcap_findalldevs(&all, why) != 0) return names;
    for (const auto *one = all; one && names.size() < 200; one = one->next)
        names += fmt::format("{}{}", names.empty() ? "" : ", ", one->name);
    pcap_freealldevs(all);
    return names;
}

[[noreturn]] void fail_to_open(pcap_t *handle, int verdict) {
    switch (verdict) {
    case PCAP_ERROR_NO_SUCH_DEVICE: {
        const auto names = names_of_interfaces();
        throw input_error(names.empty() ? "no such interface" : fmt::format("no such interface: there are {}", names));
    }
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
        throw input_error("no permission to capture: run as root, or give the program cap_net_raw (setcap(8))");
    case PCAP_ERROR_IFACE_NOT_UP: throw input_error("the interface is not up");
    default:
        const std::string why = pcap_geterr(handle);
        throw input_error(why.empty() || verdict != PCAP_ERROR ? pcap_statustostr(verdict) : why);
    }
}

pcap_pointer open_handle(const std::string &name) {
    char why[PCAP_ERRBUF_SIZE] = "";
    pcap_pointer handle(pcap_create(name.c_str(), why));
    if (!handle) throw input_error(why);
    pcap_set_snaplen(handle.get(), static_cast<int>(longest_packet));
    pcap_set_promisc(handle.get(), 1);
    pcap_set_timeout(handle.get(), block_milliseconds);
    pcap_set_buffer_size(handle.get(), buffer_octets);
    pcap_set_tstamp_precision(handle.get(), PCAP_TSTAMP_PRECISION_NANO);
    if (const int verdict = pcap_activate(handle.get()); verdict < 0) fail_to_open(handle.get(), verdict);
    return handle;
}

void set_filter(pcap_t *handle, const std::string &filter) {
    if (filter.empty()) return;
    bpf_program compiled{};
    constexpr int optimized = 1;
    if (pcap_compile(handle, &compiled, filter.c_str(), optimized, PCAP_NETMASK_UNKNOWN) != 0)
        throw input_error(fmt::format("--filter: {}", pcap_geterr(handle)));
    const int verdict = pcap_setfilter(handle, &compiled);
    pcap_freecode(&compiled);
    if (verdict != 0) throw input_error(fmt::format("--filter: {}", pcap_geterr(handle)));
}

class interface_reader final : public live_reader {
public:
    interface_reader(const std::string &name, const std::string &filter, std::function<void()> before_waiting)
        : name_(name), flush_(std::move(before_waiting)), handle_(open_handle(name)) {
        set_filter(handle_.get(), filter);
        char why[PCAP_ERRBUF_SIZE] = "";
        if (pcap_setnonblock(handle_.get(), 1, why) != 0) throw input_error(why);
        nanoseconds_per_unit_ = pcap_get_tstamp_precision(handle_.get()) == PCAP_TSTAMP_PRECISION_NANO ? 1u : 1000u;
        // DLT_ values: on every system those of the layers that are read are LINKTYPE_ values, too.
        link_type_ = static_cast<unsigned>(pcap_datalink(handle_.get()));
    }

    std::string title() const override {
        const char *const link = pcap_datalink_val_to_description(static_cast<int>(link_type_));
        return fmt::format("{}, {}", name_, link ? link : fmt::format("link type {}", link_type_));
    }

    std::uint64_t dropped() const override {
        pcap_stat counts{};
        return pcap_stats(handle_.get(), &counts) == 0 ? counts.ps_drop : 0;
    }

    bool next(packet &to) override {
        for (;;) {
            if (is_interrupted() && !end_) end_ = now();
            pcap_pkthdr *header = nullptr;
            const u_char *octets = nullptr;
            switch (pcap_next_ex(handle_.get(), &header, &octets)) {
            case 1: return give(to, *header, octets);
            case 0:
                if (last_wait_) return false;
                wait();
                break;
            default: throw input_error(pcap_geterr(handle_.get()));
            }
        }
    }

private:
    static timestamp now() {
        timespec time{};
        clock_gettime(CLOCK_REALTIME, &time);
        return {time.tv_sec, static_cast<std::uint32_t>(time.tv_nsec)};
    }

    bool give(packet &to, const pcap_pkthdr &header, const u_char *octets) {
        const timestamp time{header.ts.tv_sec, static_cast<std::uint32_t>(header.ts.tv_usec) * nanoseconds_per_unit_};
        // What came before the interruption is still read.
        if (end_ && std::tie(end_->seconds, end_->nanoseconds) < std::tie(time.seconds, time.nanoseconds)) return false;
        flush_.after_packet(time);
        to = {};
        to.frame = ++frame_;
        to.time = time;
        to.link_type = link_type_;
        to.octets = {reinterpret_cast<const char *>(octets), header.caplen};
        to.original_length = header.len;
        to.snapped = header.caplen < header.len;
        return true;
    }

    void wait() {
        flush_.before_waiting();
        pollfd ready{pcap_get_selectable_fd(handle_.get()), POLLIN, 0};
        // After an interruption, the packets of the last block are waited for.
        if (end_) last_wait_ = true;
        poll(&ready, ready.fd < 0 ? 0 : 1, end_ ? 2 * block_milliseconds : static_cast<int>(live_delay.count()));
    }

    std::string name_;
    flushing flush_;
    pcap_pointer handle_;
    unsigned link_type_ = 0;
    std::uint32_t nanoseconds_per_unit_ = 1;
    std::uint64_t frame_ = 0;
    std::optional<timestamp> end_; // when the user interrupted
    bool last_wait_ = false;
};

} // namespace

std::unique_ptr<live_reader> open_interface(const std::string &name, const std::string &filter,
                                            std::function<void()> before_waiting) {
    return std::make_unique<interface_reader>(name, filter, std::move(before_waiting));
}

} // namespace sipstatus::tool
