#ifndef SIPSTATUS_TOOL_LOG_ORIGIN_HPP
#define SIPSTATUS_TOOL_LOG_ORIGIN_HPP

// What a line of a log says of where a message came from and where it went.

#include "net/segment.hpp"

#include <optional>
#include <string_view>

namespace sipstatus::tool {

struct origin {
    std::optional<timestamp> time;
    tool::transport transport = transport::none; // TLS is over TCP
    std::optional<endpoint> source;              // its port is 0 where the log has none
    std::optional<endpoint> destination;

    bool has_peer() const noexcept { return source || destination; }
};

// An address with a port, or without one, as the text begins with it: "192.0.2.1:5060", "[2001:db8::1]:5060",
// "192.0.2.1.5060". `size` is how many octets it takes.
struct spelled_endpoint {
    endpoint at;
    std::size_t size;
};
std::optional<spelled_endpoint> endpoint_at(std::string_view text);

// Adds what the words of the text say and `to` does not know: a transport; an address after "from" or "src", or before
// an arrow, as the source, one after "to" or "dst" or an arrow as the destination; one without such a word by whether
// the text says that something was received or sent. Looks at the first octets of a long text.
void read_peers(std::string_view text, origin &to);

// The same with the time.
void read_origin(std::string_view text, origin &to);

} // namespace sipstatus::tool

#endif
