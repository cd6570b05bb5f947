#ifndef SIPSTATUS_PROXY_STREAM_HPP
#define SIPSTATUS_PROXY_STREAM_HPP

// Octets of a connection in, messages out (RFC 3261 section 18.3). A status line that arrives in pieces is read on by
// resume(); headers are searched once.

#include <sipstatus/status_line.hpp>

#include <string>
#include <string_view>

namespace proxy {

class stream {
public:
    static constexpr std::size_t limit = 65'535; // octets of a message

    enum class state { incomplete, message, broken };

    void feed(std::string_view octets) { buffer_.append(octets); }

    // The next message, if it is there. After `broken` nothing follows: where the next message begins is not known.
    state next();

    // Of `message`, valid until the next call: its octets, and what parse() says of them. Of `broken`, the line's
    // verdict.
    std::string_view octets() const noexcept { return message_; }
    const sipstatus::parse_result &line() const noexcept { return line_; }

private:
    std::string_view rest() const noexcept { return std::string_view(buffer_).substr(begin_); }
    void drop(std::size_t count);

    std::string buffer_;
    std::size_t begin_ = 0;   // of the message at hand
    std::size_t taken_ = 0;   // octets of the message given last
    std::size_t scanned_ = 0; // octets in which the end of the headers is not
    bool is_line_read_ = false;
    std::string_view message_;
    sipstatus::parse_result line_{};
};

} // namespace proxy

#endif
