// Boost.Beast, an HTTP parser. HTTP's status line differs in the version only; the copy of the line says HTTP/1.1.

#include "line_copy.hpp"
#include "subjects.hpp"

#include <boost/beast/http.hpp>

namespace sipstatus::bench {
namespace {

namespace http = boost::beast::http;

constexpr std::string_view sip_version = "SIP/2.0";
constexpr std::string_view http_version = "HTTP/1.1";

// Replaces the version of the line at scratch + 1 by HTTP's, which is an octet longer. Returns the new beginning.
const char *rendition(const char *first, const char *last) noexcept {
    const bool is_sip = static_cast<std::size_t>(last - first) >= sip_version.size() &&
                        std::memcmp(first, sip_version.data(), sip_version.size()) == 0;
    if (!is_sip) return scratch + 1;
    std::memcpy(scratch, http_version.data(), http_version.size());
    return scratch;
}

std::size_t code_of(const char *octets, std::size_t size) noexcept {
    http::response_parser<http::empty_body> reader;
    reader.header_limit(longest_input);
    boost::system::error_code failure;
    reader.put(boost::asio::buffer(octets, size), failure);
    return reader.is_header_done() ? reader.get().result_int() : 0;
}

verdict start_line(const char *first, const char *last) noexcept {
    const auto line = copy_line(first, last, 1, "\r\n");
    const char *const octets = rendition(first, last);
    return {line.size, code_of(octets, static_cast<std::size_t>(line.copy + line.full - octets))};
}

verdict message(const char *first, const char *last) noexcept {
    const auto size = static_cast<std::size_t>(last - first);
    if (size >= longest_input) return {0, 0};
    std::memcpy(scratch + 1, first, size);
    const char *const octets = rendition(first, last);
    return {size, code_of(octets, static_cast<std::size_t>(scratch + 1 + size - octets))};
}

const packaged_peer beast({.name = "Boost.Beast",
                           .is = role::decoder,
                           .start_line = start_line,
                           .runs = "http::response_parser on a copy of the line that says HTTP/1.1, and an empty line",
                           .message = message,
                           .reads_prefixes = true},
                          [](status code, std::string_view) noexcept -> std::size_t {
                              const auto phrase =
                                  http::obsolete_reason(http::int_to_status(static_cast<unsigned>(to_int(code))));
                              return phrase.empty() ? 0 : static_cast<unsigned char>(phrase.front());
                          });

} // namespace
} // namespace sipstatus::bench
