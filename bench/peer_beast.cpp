// Boost.Beast, an HTTP parser. HTTP's status line differs in the version only, so the parser is given HTTP/1.1, the
// line without its version and an empty line. It joins the pieces itself: that is its copy.

#include "peer.hpp"

#include <boost/beast/http.hpp>

#include <array>

namespace sipstatus::bench {
namespace {

namespace http = boost::beast::http;

std::size_t code_of(std::string_view octets, std::string_view tail) noexcept {
    constexpr std::string_view sip_version = "SIP/2.0";
    const bool is_sip = octets.starts_with(sip_version);
    if (is_sip) octets.remove_prefix(sip_version.size());
    const auto buffer = [](std::string_view piece) { return boost::asio::buffer(piece.data(), piece.size()); };
    const std::array pieces = {buffer(is_sip ? "HTTP/1.1" : ""), buffer(octets), buffer(tail)};

    http::response_parser<http::empty_body> reader;
    reader.header_limit(longest_input);
    boost::system::error_code failure;
    reader.put(pieces, failure);
    return reader.is_header_done() ? reader.get().result_int() : 0;
}

verdict start_line(const char *first, const char *last) noexcept {
    const auto size = static_cast<std::size_t>(last - first);
    const auto *const line_feed = static_cast<const char *>(std::memchr(first, '\n', size));
    if (!line_feed) return {0, code_of({first, size}, {})};
    const std::string_view line(first, line_feed + 1);
    return {line.size(), code_of(line, "\r\n")};
}

std::size_t message_code(const char *octets, std::size_t size) noexcept {
    return code_of({octets, size}, {});
}

const packaged_peer beast({.name = "Boost.Beast",
                           .is = role::decoder,
                           .start_line = start_line,
                           .runs = "http::response_parser on the line with the version HTTP/1.1, and an empty line",
                           .message = parse_message<message_code>,
                           .reads_prefixes = true},
                          [](status code, std::string_view) noexcept {
                              const auto number = static_cast<unsigned>(to_int(code));
                              return first_octet(http::obsolete_reason(http::int_to_status(number)).data());
                          });

} // namespace
} // namespace sipstatus::bench
