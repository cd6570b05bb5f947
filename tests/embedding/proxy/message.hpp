#ifndef SIPSTATUS_PROXY_MESSAGE_HPP
#define SIPSTATUS_PROXY_MESSAGE_HPP

// A message as views of its octets, as far as a proxy needs it: RFC 3261 sections 7.3 and 18.3.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace proxy {

struct header_field {
    std::string_view name;  // as it was sent, a compact form too
    std::string_view value; // without blanks around it
    std::string_view line;  // with its line end, and the lines that continue it
};

struct message {
    std::string_view start_line; // with its line end
    std::vector<header_field> fields;
    std::string_view body; // with the empty line before it

    // The first field of a name, given in full; null if there is none.
    const header_field *find(std::string_view name) const noexcept;
    std::string_view value(std::string_view name) const noexcept;
};

// Reads what follows the start line, of which `start` octets are given. Nothing, if a line is not a header field or the
// empty line is missing. `message` views `octets`.
std::optional<message> read_message(std::string_view octets, std::size_t start);

// Whether a header field has a name, compared without case; the compact form counts.
bool is_named(const header_field &field, std::string_view name) noexcept;

// The Content-Length: 0 if there is none, nothing if it is not a number of up to seven digits.
std::optional<std::size_t> content_length(const message &m) noexcept;

// The first of the values of a field that are separated by commas, and a parameter of such a value.
std::string_view first_value(std::string_view values) noexcept;
std::string_view parameter(std::string_view value, std::string_view name) noexcept;

// METHOD SP Request-URI SP SIP/2.0 CRLF.
struct request_line {
    std::string_view method, uri;
};
std::optional<request_line> read_request_line(std::string_view octets) noexcept;

// The host and port of a SIP URI, IPv4 and ports only; and its transport.
struct address {
    std::string host;
    std::uint16_t port = 5060;
    bool is_stream = false;
};
std::optional<address> address_of(std::string_view uri);
std::string_view user_of(std::string_view uri) noexcept;

} // namespace proxy

#endif
