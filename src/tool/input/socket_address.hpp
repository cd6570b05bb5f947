#ifndef SIPSTATUS_TOOL_INPUT_SOCKET_ADDRESS_HPP
#define SIPSTATUS_TOOL_INPUT_SOCKET_ADDRESS_HPP

// Where a socket listens, as a user writes it: "127.0.0.1:9060", "[::1]:9060".

#include <optional>
#include <string>
#include <string_view>

#include <sys/socket.h>

namespace sipstatus::tool {

struct socket_address {
    sockaddr_storage octets{};
    socklen_t size = sizeof(sockaddr_storage);
};

// Absent for anything else.
std::optional<socket_address> read_socket_address(std::string_view place);

// Of an open socket, with the port that the system chose.
std::string name_of_socket(int descriptor);

} // namespace sipstatus::tool

#endif
