// A proxy's read loop on a stream. Octets come in pieces that end anywhere. parse() looks at what is there; while it
// says incomplete, resume() goes on from where it ended, so no octet is read twice, however small the pieces are.
//
// A connection keeps one buffer and one result. Nothing is copied but what recv() writes, and a line's views point into
// the buffer until the message is taken out of it. The example reads from a string instead of a socket.

#include <sipstatus/sipstatus.hpp>

#include <cstdio>
#include <cstring>
#include <string_view>

namespace {

// What is wrong with a connection: close it.
enum class reading { goes_on, failed };

class connection {
public:
    // Where recv() may write, and how much.
    char *room() noexcept { return buffer_ + size_; }
    std::size_t room_size() const noexcept { return sizeof buffer_ - size_; }

    // After recv() has written `count` octets. Handles every message that is complete.
    template <class Handler> reading on_octets(std::size_t count, Handler handle) noexcept {
        size_ += count;
        for (;;) {
            const std::string_view octets(buffer_, size_);
            if (!line_) {
                // The line is limited, so a peer that never ends it cannot fill the buffer.
                const sipstatus::parse_options options{.limit = 512};
                line_ = is_begun_ ? sipstatus::resume(line_, octets, options) : sipstatus::parse(octets, options);
                is_begun_ = true;
                if (line_.outcome == sipstatus::outcome::incomplete) return wait_for_more();
                if (!line_) {
                    std::printf("octet %zu: %s\n", line_.offset, message(line_.outcome).expected.data());
                    return reading::failed; // after an error a stream has no next message
                }
            }
            // The header ends with an empty line; on a stream Content-Length says how long the body is (RFC 3261
            // section 18.3). A proxy's own header parser stands here.
            const auto head_end = octets.find("\r\n\r\n", line_.consumed - 2);
            if (head_end == octets.npos) return wait_for_more();
            const auto length = content_length(octets.substr(0, head_end + 2));
            const auto whole = head_end + 4 + length;
            if (length > sizeof buffer_ - head_end - 4) return reading::failed; // larger than this connection takes
            if (size_ < whole) return wait_for_more();
            handle(line_.line, octets.substr(line_.consumed, whole - line_.consumed));
            drop(whole);
        }
    }

private:
    reading wait_for_more() const noexcept { return room_size() == 0 ? reading::failed : reading::goes_on; }

    void drop(std::size_t count) noexcept {
        size_ -= count;
        std::memmove(buffer_, buffer_ + count, size_);
        line_ = {};
        is_begun_ = false;
    }

    static std::size_t content_length(std::string_view head) noexcept {
        const auto at = head.find("\r\nContent-Length: ");
        if (at == head.npos) return 0;
        std::size_t length = 0;
        for (auto n = at + sizeof "\r\nContent-Length: " - 1; head[n] >= '0' && head[n] <= '9' && length < 1'000'000;
             ++n)
            length = 10 * length + static_cast<std::size_t>(head[n] - '0');
        return length;
    }

    char buffer_[8192];
    std::size_t size_ = 0;
    sipstatus::parse_result line_{}; // of the message at the start of the buffer; incomplete until its line is read
    bool is_begun_ = false;          // whether line_ is of octets that are in the buffer
};

// Two keep-alive CRLFs (RFC 5626), two messages, one with a body.
constexpr std::string_view stream = "\r\n\r\n"
                                    "SIP/2.0 180 Ringing\r\nContent-Length: 0\r\n\r\n"
                                    "SIP/2.0 200 Fine\r\nContent-Length: 5\r\n\r\nv=0\r\n"
                                    "SIP/2.0 48";

// Feeds the stream in pieces of one size; whether both messages came out of it.
bool feeds(std::size_t piece) {
    connection peer;
    int seen = 0;
    for (std::size_t at = 0; at < stream.size();) {
        auto count = piece < stream.size() - at ? piece : stream.size() - at;
        if (count > peer.room_size()) count = peer.room_size();
        std::memcpy(peer.room(), stream.data() + at, count); // recv(socket, peer.room(), peer.room_size(), 0)
        at += count;
        const auto state = peer.on_octets(count, [&](const sipstatus::status_line &line, std::string_view rest) {
            const bool expected = seen == 0
                                      ? to_int(line.code) == 180 && line.kind == sipstatus::reason_kind::canonical
                                      : to_int(line.code) == 200 && is_local(line.kind) && rest.ends_with("v=0\r\n");
            seen += expected ? 1 : 100;
        });
        if (state == reading::failed) return false;
    }
    return seen == 2;
}

} // namespace

int main() {
    for (std::size_t piece = 1; piece <= stream.size(); ++piece)
        if (!feeds(piece)) {
            std::printf("pieces of %zu octets: not read as expected\n", piece);
            return 1;
        }
    connection hostile;
    constexpr std::string_view request = "INVITE sip:a@b SIP/2.0\r\n";
    std::memcpy(hostile.room(), request.data(), request.size());
    const auto state = hostile.on_octets(request.size(), [](const auto &, std::string_view) {});
    return state == reading::failed ? 0 : 1;
}
