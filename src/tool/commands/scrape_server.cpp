#include "commands/scrape_server.hpp"

#include "input/octet_stream.hpp"
#include "input/socket_address.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace sipstatus::tool {

namespace {

// How long a client may take to ask, or to read; and how soon the end is seen.
constexpr int client_milliseconds = 2000, end_milliseconds = 100;
constexpr std::size_t longest_request = 8192;

socket_address address_of(const std::string &place) {
    const auto made = read_socket_address(place);
    if (!made) throw input_error("expected ADDRESS:PORT, as in 127.0.0.1:9100 or [::1]:9100");
    return *made;
}

int open_listener(const socket_address &at) {
    const int descriptor = socket(at.octets.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) throw input_error(std::strerror(errno));
    const int on = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(descriptor, reinterpret_cast<const sockaddr *>(&at.octets), at.size) != 0 || listen(descriptor, 8) != 0) {
        const std::string why = std::strerror(errno);
        close(descriptor);
        throw input_error(why);
    }
    return descriptor;
}

bool wait_for(int descriptor, short what, int milliseconds) {
    pollfd ready{descriptor, what, 0};
    return poll(&ready, 1, milliseconds) > 0;
}

void send_all(int client, std::string_view octets) {
    while (!octets.empty() && wait_for(client, POLLOUT, client_milliseconds)) {
        const auto sent = send(client, octets.data(), octets.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        octets.remove_prefix(static_cast<std::size_t>(sent));
    }
}

} // namespace

void check_listening_place(const std::string &place) {
    address_of(place);
}

scrape_server::scrape_server(const std::string &place, std::function<std::string()> metrics)
    : metrics_(std::move(metrics)), listener_(open_listener(address_of(place))), thread_([this] { serve(); }) {}

scrape_server::~scrape_server() {
    is_over_ = true;
    thread_.join();
    close(listener_);
}

std::string scrape_server::name() const {
    return name_of_socket(listener_);
}

void scrape_server::serve() {
    while (!is_over_) {
        if (!wait_for(listener_, POLLIN, end_milliseconds)) continue;
        const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        answer(client);
        close(client);
    }
}

void scrape_server::answer(int client) const {
    std::string request;
    char octets[1024];
    while (request.find("\r\n\r\n") == request.npos && request.size() < longest_request) {
        if (!wait_for(client, POLLIN, client_milliseconds)) return;
        const auto received = recv(client, octets, sizeof octets, 0);
        if (received <= 0) return;
        request.append(octets, static_cast<std::size_t>(received));
    }
    const bool is_head = request.substr(0, 5) == "HEAD ";
    const bool is_known = request.substr(0, 13) == "GET /metrics " || request.substr(0, 14) == "HEAD /metrics ";
    const auto body = is_known ? metrics_() : std::string("There is /metrics.\n");
    auto reply =
        fmt::format("HTTP/1.1 {}\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: {}\r\n"
                    "Connection: close\r\n\r\n",
                    is_known ? "200 OK" : "404 Not Found", body.size());
    if (!is_head) reply += body;
    send_all(client, reply);
    shutdown(client, SHUT_WR);
}

} // namespace sipstatus::tool
