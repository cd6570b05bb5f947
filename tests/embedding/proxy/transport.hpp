#ifndef SIPSTATUS_PROXY_TRANSPORT_HPP
#define SIPSTATUS_PROXY_TRANSPORT_HPP

// Datagrams and connections in, messages out, and back. One thread runs all of it.

#include "stream.hpp"

#include <utility> // Asio of Boost 1.74 needs it and does not include it

#include <boost/asio.hpp>

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace proxy {

namespace asio = boost::asio;

class connection;

// Where a message came from, or goes to. A reply to a message of a connection goes back on it while it is open.
struct peer {
    asio::ip::udp::endpoint endpoint;
    bool is_stream = false;
    std::weak_ptr<connection> via{};
};

// What is to be told when a message could not be sent: the sender's own numbers. 0 for nothing.
struct receipt {
    std::uint64_t transaction = 0;
    std::size_t branch = 0;
};

// What the transport tells. `line` is what parse() says of the octets.
struct receiver {
    std::function<void(const peer &, std::string_view octets, const sipstatus::parse_result &line)> message;
    std::function<void(receipt)> failure;
    std::function<void(sipstatus::outcome)> broken_stream;
};

class transport {
public:
    transport(asio::io_context &io, std::uint16_t port, receiver to);
    ~transport();

    void send(const peer &to, std::string octets, receipt about = {});

    std::uint64_t datagrams_not_sent() const noexcept { return not_sent_; }

private:
    friend class connection;

    void receive();
    void accept();
    void fail_later(receipt about);

    asio::io_context &io_;
    receiver to_;
    asio::ip::udp::socket datagrams_;
    asio::ip::tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    asio::ip::udp::endpoint source_;
    std::array<char, 65'536> buffer_{};
    std::map<asio::ip::udp::endpoint, std::weak_ptr<connection>> connected_;
    std::uint64_t not_sent_ = 0;
};

} // namespace proxy

#endif
