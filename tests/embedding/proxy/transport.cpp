#include "transport.hpp"

namespace proxy {

using asio::ip::tcp;
using asio::ip::udp;
using boost::system::error_code;

// A connection, accepted or made. It lives as long as an operation on it is pending.
class connection : public std::enable_shared_from_this<connection> {
public:
    connection(transport &owner, tcp::socket socket, udp::endpoint remote)
        : owner_(owner), socket_(std::move(socket)), remote_(std::move(remote)) {}

    void start() {
        is_open_ = true;
        read();
        write();
    }

    void connect() {
        socket_.async_connect(tcp::endpoint(remote_.address(), remote_.port()),
                              [self = shared_from_this()](error_code error) { error ? self->close() : self->start(); });
    }

    void send(std::string octets, receipt about) {
        if (is_closed_ || queued_octets_ + octets.size() > queue_limit) {
            owner_.fail_later(about);
            return;
        }
        queued_octets_ += octets.size();
        queue_.emplace_back(std::move(octets), about);
        if (is_open_ && queue_.size() == 1) write();
    }

    bool is_closed() const noexcept { return is_closed_; }

private:
    static constexpr std::size_t queue_limit = 4u << 20; // octets that a slow peer may leave unread

    void read() {
        socket_.async_read_some(asio::buffer(buffer_),
                                [self = shared_from_this()](error_code error, std::size_t count) {
                                    if (error) return self->close();
                                    self->stream_.feed({self->buffer_.data(), count});
                                    if (self->take_messages()) self->read();
                                });
    }

    bool take_messages() {
        const peer from{remote_, true, weak_from_this()};
        for (;;) switch (stream_.next()) {
            case stream::state::incomplete: return true;
            case stream::state::message:
                owner_.to_.message(from, stream_.octets(), stream_.line());
                if (is_closed_) return false;
                break;
            case stream::state::broken:
                owner_.to_.broken_stream(stream_.line().outcome);
                close();
                return false;
            }
    }

    void write() {
        if (queue_.empty()) return;
        asio::async_write(socket_, asio::buffer(queue_.front().first),
                          [self = shared_from_this()](error_code error, std::size_t) {
                              if (error) return self->close();
                              if (self->queue_.empty()) return;
                              self->queued_octets_ -= self->queue_.front().first.size();
                              self->queue_.pop_front();
                              self->write();
                          });
    }

    // What was not written has failed.
    void close() {
        if (is_closed_) return;
        is_closed_ = true;
        error_code ignored;
        socket_.close(ignored);
        const auto at = owner_.connected_.find(remote_);
        if (at != owner_.connected_.end() && at->second.lock().get() == this) owner_.connected_.erase(at);
        for (const auto &unsent : std::exchange(queue_, {})) owner_.to_.failure(unsent.second);
    }

    transport &owner_;
    tcp::socket socket_;
    udp::endpoint remote_;
    stream stream_;
    std::array<char, 16'384> buffer_{};
    std::deque<std::pair<std::string, receipt>> queue_;
    std::size_t queued_octets_ = 0;
    bool is_open_ = false, is_closed_ = false;
};

transport::transport(asio::io_context &io, std::uint16_t port, receiver to)
    : io_(io), to_(std::move(to)), datagrams_(io, udp::endpoint(asio::ip::address_v4::loopback(), port)),
      acceptor_(io, tcp::endpoint(asio::ip::address_v4::loopback(), port)), pause_(io) {
    datagrams_.non_blocking(true);
    for (const int size : {1 << 20, 1 << 22}) { // the kernel grants what it may
        error_code ignored;
        datagrams_.set_option(udp::socket::receive_buffer_size(size), ignored);
        datagrams_.set_option(udp::socket::send_buffer_size(size), ignored);
    }
    receive();
    accept();
}

transport::~transport() = default;

// Not within send(), whose caller is at work on what failed.
void transport::fail_later(receipt about) {
    asio::post(io_, [this, about] { to_.failure(about); });
}

void transport::receive() {
    datagrams_.async_wait(udp::socket::wait_read, [this](error_code error) {
        if (error == asio::error::operation_aborted) return;
        for (int n = 0; n < 64; ++n) {
            error_code done;
            const auto count = datagrams_.receive_from(asio::buffer(buffer_), source_, 0, done);
            if (done) break;
            const std::string_view octets(buffer_.data(), count);
            to_.message(peer{source_}, octets, sipstatus::parse(octets));
        }
        receive();
    });
}

void transport::accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
        if (error == asio::error::operation_aborted) return;
        error_code gone;
        const auto remote = error ? tcp::endpoint() : socket.remote_endpoint(gone);
        if (!error && !gone)
            std::make_shared<connection>(*this, std::move(socket), udp::endpoint(remote.address(), remote.port()))
                ->start();
        if (!error) return accept();
        // No descriptor is left: connections that end give some back.
        pause_.expires_after(std::chrono::milliseconds(100));
        pause_.async_wait([this](error_code stopped) {
            if (!stopped) accept();
        });
    });
}

void transport::send(const peer &to, std::string octets, receipt about) {
    if (!to.is_stream) {
        error_code error;
        datagrams_.send_to(asio::buffer(octets), to.endpoint, 0, error);
        // A full buffer is a datagram lost on the way; anything else will not work the next time either.
        if (!error) return;
        ++not_sent_;
        if (error != asio::error::would_block && error != asio::error::connection_refused) fail_later(about);
        return;
    }
    auto via = to.via.lock();
    if (!via || via->is_closed()) {
        const auto known = connected_.find(to.endpoint);
        via = known == connected_.end() ? nullptr : known->second.lock();
        if (!via) {
            via = std::make_shared<connection>(*this, tcp::socket(io_), to.endpoint);
            connected_[to.endpoint] = via;
            via->connect();
        }
    }
    via->send(std::move(octets), about);
}

} // namespace proxy
