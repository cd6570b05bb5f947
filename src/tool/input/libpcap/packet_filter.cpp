#include "input/packet_filter.hpp"

#include "input/libpcap/handle.hpp"
#include "input/octet_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

namespace sipstatus::tool {

namespace {

constexpr unread_kind filtered{"filtered", "frame", "that --filter does not match"};
constexpr unread_kind unfit{"filter-link-type", "frame", "of link type {}, which --filter does not fit"};

// libpcap opens a file without packets of that link type. It knows then which of its own numbers (DLT_ values, which
// differ from system to system) the type has.
pcap_pointer open_without_packets(unsigned link_type) {
    struct {
        std::uint32_t magic = 0xa1b2c3d4;
        std::uint16_t major = 2, minor = 4;
        std::uint32_t zone = 0, accuracy = 0, snapshot_length = longest_packet, link_type = 0;
    } header;
    static_assert(sizeof header == 24);
    header.link_type = link_type;
    std::FILE *const file = fmemopen(&header, sizeof header, "rb");
    if (!file) throw input_error(std::strerror(errno));
    char why[PCAP_ERRBUF_SIZE] = "";
    pcap_pointer handle(pcap_fopen_offline(file, why)); // reads the header, owns the file
    if (handle) return handle;
    std::fclose(file);
    throw input_error(why);
}

class program {
public:
    // Throws input_error.
    program(const std::string &expression, unsigned link_type) : link_type_(link_type) {
        const auto handle = open_without_packets(link_type);
        constexpr int optimized = 1;
        constexpr bpf_u_int32 netmask = 0; // as tcpdump has it for files
        if (pcap_compile(handle.get(), &compiled_, expression.c_str(), optimized, netmask) != 0)
            throw input_error(pcap_geterr(handle.get()));
    }
    ~program() { pcap_freecode(&compiled_); }
    program(const program &) = delete;
    program &operator=(const program &) = delete;

    unsigned link_type() const noexcept { return link_type_; }

    bool admits(const packet &item) const noexcept {
        pcap_pkthdr header{};
        header.caplen = static_cast<bpf_u_int32>(item.octets.size());
        header.len = item.original_length;
        return pcap_offline_filter(&compiled_, &header, reinterpret_cast<const u_char *>(item.octets.data())) != 0;
    }

private:
    unsigned link_type_;
    bpf_program compiled_{};
};

class packet_filter final : public stage<packet> {
public:
    packet_filter(std::string expression, stage<packet> &next, account &left_out)
        : expression_(std::move(expression)), next_(next), left_out_(left_out) {}

    void push(const packet &item) override {
        const auto *const compiled = program_for(item.link_type);
        if (!compiled)
            left_out_.leave_out(unfit, item.link_type, item.frame, account::suspicion::unknown);
        else if (!compiled->admits(item))
            left_out_.leave_out(filtered, 0, item.frame, account::suspicion::none);
        else
            next_.push(item);
    }
    void finish() override { next_.finish(); }

private:
    // Null for a link type that the expression does not fit.
    const program *program_for(unsigned link_type) {
        if (last_ && last_->link_type() == link_type) return last_;
        const auto known = std::find_if(programs_.begin(), programs_.end(),
                                        [&](const auto &one) { return one->link_type() == link_type; });
        if (known != programs_.end()) return last_ = known->get();
        if (std::find(unfit_.begin(), unfit_.end(), link_type) != unfit_.end()) return nullptr;
        try {
            programs_.push_back(std::make_unique<program>(expression_, link_type));
            return last_ = programs_.back().get();
        } catch (const input_error &) {
            unfit_.push_back(link_type);
            return nullptr;
        }
    }

    std::string expression_;
    stage<packet> &next_;
    account &left_out_;
    std::vector<std::unique_ptr<program>> programs_; // at most one for each of 65,536 link types
    std::vector<unsigned> unfit_;
    const program *last_ = nullptr;
};

} // namespace

void check_filter(const std::string &expression) {
    // An expression may fit some link types only: "wlan type mgt". The first of these is tried first, and its error is
    // the one that is told.
    constexpr unsigned ethernet = 1, linux_cooked = 113, raw_ip = 101, ieee_802_11 = 105, null = 0, ppp = 9, mtp2 = 140;
    std::string why;
    for (const auto link_type : {ethernet, linux_cooked, raw_ip, ieee_802_11, null, ppp, mtp2}) try {
            const program compiled(expression, link_type);
            return;
        } catch (const input_error &error) {
            if (why.empty()) why = error.what();
        }
    throw input_error(why);
}

std::unique_ptr<stage<packet>> make_packet_filter(const std::string &expression, stage<packet> &next,
                                                  account &left_out) {
    return std::make_unique<packet_filter>(expression, next, left_out);
}

} // namespace sipstatus::tool
