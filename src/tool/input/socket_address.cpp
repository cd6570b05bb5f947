#include "input/socket_address.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace sipstatus::tool {

std::optional<socket_address> read_socket_address(std::string_view place) {
    const auto colon = place.rfind(':');
    if (colon == place.npos) return std::nullopt;
    const auto digits = place.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;

    auto host = std::string(place.substr(0, colon));
    socket_address made;
    auto &ipv4 = reinterpret_cast<sockaddr_in &>(made.octets);
    auto &ipv6 = reinterpret_cast<sockaddr_in6 &>(made.octets);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
        if (inet_pton(AF_INET6, host.c_str(), &ipv6.sin6_addr) != 1) return std::nullopt;
        ipv6.sin6_family = AF_INET6;
        ipv6.sin6_port = htons(port);
        made.size = sizeof ipv6;
    } else {
        if (inet_pton(AF_INET, host.c_str(), &ipv4.sin_addr) != 1) return std::nullopt;
        ipv4.sin_family = AF_INET;
        ipv4.sin_port = htons(port);
        made.size = sizeof ipv4;
    }
    return made;
}

std::string name_of_socket(int descriptor) {
    socket_address at;
    std::array<char, INET6_ADDRSTRLEN> text{};
    getsockname(descriptor, reinterpret_cast<sockaddr *>(&at.octets), &at.size);
    if (at.octets.ss_family == AF_INET6) {
        const auto &ipv6 = reinterpret_cast<const sockaddr_in6 &>(at.octets);
        inet_ntop(AF_INET6, &ipv6.sin6_addr, text.data(), text.size());
        return fmt::format("[{}]:{}", text.data(), ntohs(ipv6.sin6_port));
    }
    const auto &ipv4 = reinterpret_cast<const sockaddr_in &>(at.octets);
    inet_ntop(AF_INET, &ipv4.sin_addr, text.data(), text.size());
    return fmt::format("{}:{}", text.data(), ntohs(ipv4.sin_port));
}

} // namespace sipstatus::tool
