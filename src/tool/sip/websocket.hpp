#ifndef SIPSTATUS_TOOL_SIP_WEBSOCKET_HPP
#define SIPSTATUS_TOOL_SIP_WEBSOCKET_HPP

// The messages of one direction of a WebSocket (RFC 6455 section 5). Each holds one SIP message (RFC 7118 section 5).

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace sipstatus::tool {

// Whether the octets begin with a frame of text or octets whose payload begins like SIP.
bool begins_like_websocket_sip(std::string_view octets) noexcept;

class websocket_reader {
public:
    // What of a message is kept: its head is in it, and a body is not needed.
    static constexpr std::size_t most_octets = 65'536;

    // Takes the next octets of the stream, calls `to` with each message that ends in them. False where they are no
    // frames: the reader must not be used any more.
    using sink = std::function<void(std::string_view message)>;
    bool push(std::string_view octets, const sink &to);

    // Octets of the stream are missing; true if all of them were payload of a frame.
    bool pass_gap(std::uint64_t octets) noexcept;

    // What there is of a message that is not whole.
    std::string_view unfinished() const noexcept { return message_; }

private:
    bool take_header(std::string_view &octets);

    std::string header_; // of a frame, as far as it is there
    bool in_payload_ = false;
    bool is_final_ = false, is_control_ = false, is_masked_ = false;
    std::array<char, 4> mask_{};
    std::uint64_t payload_left_ = 0, payload_taken_ = 0;
    std::string message_;
};

} // namespace sipstatus::tool

#endif
