#include "input/interruption.hpp"
#include "input/live.hpp"
#include "input/socket_address.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

namespace {

constexpr std::size_t longest_datagram = 65'535;
// What one system call reads at most.
constexpr std::size_t batch = 16;
// Where datagrams wait for the reader: 10,000 of a usual size.
constexpr int socket_octets = 8 << 20;

[[noreturn]] void fail_to_read() {
    throw input_error("expected udp:ADDRESS:PORT, as in udp:127.0.0.1:9060 or udp:[::1]:9060");
}

// Throws input_error.
socket_address address_of(std::string_view place) {
    constexpr std::string_view scheme = "udp:";
    if (place.substr(0, scheme.size()) != scheme) fail_to_read();
    const auto made = read_socket_address(place.substr(scheme.size()));
    if (!made) fail_to_read();
    return *made;
}

class open_socket {
public:
    // Bound to the address, and not blocking. Throws input_error.
    explicit open_socket(const socket_address &at)
        : descriptor_(socket(at.octets.ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
        if (descriptor_ < 0) throw input_error(std::strerror(errno));
        if (bind(descriptor_, reinterpret_cast<const sockaddr *>(&at.octets), at.size) != 0) {
            const std::string why = std::strerror(errno);
            close(descriptor_);
            throw input_error(why);
        }
        // More than the system's limit only for root.
        if (!set(SO_RCVBUFFORCE, socket_octets)) set(SO_RCVBUF, socket_octets);
        set(SO_TIMESTAMPNS, 1);
        set(SO_RXQ_OVFL, 1);
    }
    ~open_socket() { close(descriptor_); }
    open_socket(const open_socket &) = delete;
    open_socket &operator=(const open_socket &) = delete;

    int descriptor() const noexcept { return descriptor_; }

    // "127.0.0.1:9060", with the port that the system chose.
    std::string name() const { return name_of_socket(descriptor_); }

private:
    bool set(int option, int value) const {
        return setsockopt(descriptor_, SOL_SOCKET, option, &value, sizeof value) == 0;
    }

    int descriptor_;
};

class hep_server final : public live_reader {
public:
    hep_server(const std::string &place, std::function<void()> before_waiting)
        : flush_(std::move(before_waiting)), socket_(address_of(place)), octets_(batch * longest_datagram) {
        for (std::size_t i = 0; i < batch; ++i) {
            pieces_[i] = {octets_.data() + i * longest_datagram, longest_datagram};
            headers_[i].msg_hdr.msg_iov = &pieces_[i];
            headers_[i].msg_hdr.msg_iovlen = 1;
        }
    }

    std::string title() const override { return fmt::format("udp:{}, HEP", socket_.name()); }
    std::uint64_t dropped() const override { return dropped_; }

    bool next(packet &to) override {
        if (at_ == count_ && !receive()) return false;
        const auto &header = headers_[at_];
        to = {};
        to.frame = ++frame_;
        to.link_type = link_type_hep;
        to.octets = {octets_.data() + at_ * longest_datagram, header.msg_len};
        to.original_length = header.msg_len;
        read_notes(header.msg_hdr, to);
        if (to.time) flush_.after_packet(*to.time);
        ++at_;
        return true;
    }

private:
    using notes = std::array<char, CMSG_SPACE(sizeof(timespec)) + CMSG_SPACE(sizeof(std::uint32_t))>;

    // False after an interruption, once what had come before it is read.
    bool receive() {
        for (;;) {
            const bool was_interrupted = is_interrupted();
            for (std::size_t i = 0; i < batch; ++i) {
                headers_[i].msg_hdr.msg_control = notes_[i].data();
                headers_[i].msg_hdr.msg_controllen = notes_[i].size();
            }
            const int count = recvmmsg(socket_.descriptor(), headers_.data(), batch, MSG_DONTWAIT, nullptr);
            if (count > 0) {
                at_ = 0;
                count_ = static_cast<std::size_t>(count);
                // Those who go on sending do not keep it from ending.
                return !was_interrupted || (batches_left_ != 0 && --batches_left_ != 0);
            }
            if (count < 0 && errno != EAGAIN && errno != EINTR) throw input_error(std::strerror(errno));
            if (was_interrupted) return false;
            flush_.before_waiting();
            pollfd ready{socket_.descriptor(), POLLIN, 0};
            poll(&ready, 1, static_cast<int>(live_delay.count()));
        }
    }

    // When the datagram arrived, and how many did not.
    void read_notes(msghdr header, packet &to) {
        for (auto *note = CMSG_FIRSTHDR(&header); note; note = CMSG_NXTHDR(&header, note)) {
            if (note->cmsg_level != SOL_SOCKET) continue;
            if (note->cmsg_type == SO_TIMESTAMPNS) {
                timespec time{};
                std::memcpy(&time, CMSG_DATA(note), sizeof time);
                to.time = timestamp{time.tv_sec, static_cast<std::uint32_t>(time.tv_nsec)};
            } else if (note->cmsg_type == SO_RXQ_OVFL) {
                std::uint32_t count = 0; // of the socket's whole life; it wraps
                std::memcpy(&count, CMSG_DATA(note), sizeof count);
                dropped_ += static_cast<std::uint32_t>(count - last_dropped_);
                last_dropped_ = count;
            }
        }
    }

    flushing flush_;
    open_socket socket_;
    std::vector<char> octets_;
    std::array<iovec, batch> pieces_{};
    std::array<mmsghdr, batch> headers_{};
    std::array<notes, batch> notes_{};
    std::size_t at_ = 0, count_ = 0;
    std::uint64_t frame_ = 0;
    std::uint64_t dropped_ = 0;
    std::uint32_t last_dropped_ = 0;
    std::size_t batches_left_ = socket_octets / longest_datagram;
};

} // namespace

void check_hep_place(const std::string &place) {
    address_of(place);
}

std::unique_ptr<live_reader> open_hep_server(const std::string &place, std::function<void()> before_waiting) {
    return std::make_unique<hep_server>(place, std::move(before_waiting));
}

} // namespace sipstatus::tool
