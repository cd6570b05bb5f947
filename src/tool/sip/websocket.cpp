#include "sip/websocket.hpp"

#include "input/byte_order.hpp"
#include "start_line.hpp"

#include <algorithm>

namespace sipstatus::tool {

namespace {

enum opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };
constexpr unsigned final_bit = 0x80, reserved_bits = 0x70, mask_bit = 0x80;

// The size of a frame's header, which its first two octets tell.
std::size_t header_size(std::string_view octets) noexcept {
    const unsigned second = octet_at(octets, 1), length = second & 0x7f;
    return 2u + (length == 126 ? 2u : length == 127 ? 8u : 0u) + ((second & mask_bit) != 0 ? 4u : 0u);
}

bool is_known(unsigned code) noexcept {
    return code <= binary || (code >= close && code <= pong);
}

} // namespace

bool begins_like_websocket_sip(std::string_view octets) noexcept {
    if (octets.size() < 2) return false;
    const unsigned first = octet_at(octets, 0) & ~final_bit;
    if (first != text && first != binary) return false;
    const auto header = header_size(octets);
    if (octets.size() <= header) return false;
    std::array<char, 64> start{};
    const auto payload = octets.substr(header, start.size());
    const bool is_masked = (octet_at(octets, 1) & mask_bit) != 0;
    for (std::size_t i = 0; i < payload.size(); ++i)
        start[i] = static_cast<char>(payload[i] ^ (is_masked ? octets[header - 4 + i % 4] : 0));
    return begins_like_sip({start.data(), payload.size()});
}

bool websocket_reader::push(std::string_view octets, const sink &to) {
    while (!octets.empty() || (in_payload_ && payload_left_ == 0)) {
        if (!in_payload_) {
            if (!take_header(octets)) return false;
            if (!in_payload_) return true; // the header goes on in the next octets
        }
        const auto part =
            octets.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(payload_left_, octets.size())));
        octets.remove_prefix(part.size());
        payload_left_ -= part.size();
        if (!is_control_) {
            const auto room = std::min(most_octets - message_.size(), part.size());
            const auto before = message_.size();
            message_.append(part.substr(0, room));
            for (std::size_t i = 0; is_masked_ && i < room; ++i)
                message_[before + i] = static_cast<char>(message_[before + i] ^ mask_[(payload_taken_ + i) % 4]);
        }
        payload_taken_ += part.size();
        if (payload_left_ != 0) return true;
        in_payload_ = false;
        if (is_control_ || !is_final_) continue;
        to(message_);
        message_.clear();
    }
    return true;
}

// Takes the header of a frame off the octets; false where they do not begin with one.
bool websocket_reader::take_header(std::string_view &octets) {
    const auto take_up_to = [&](std::size_t size) {
        const auto part = octets.substr(0, size - std::min(size, header_.size()));
        header_ += part;
        octets.remove_prefix(part.size());
        return header_.size() >= size;
    };
    if (!take_up_to(2)) return true;
    const unsigned first = octet_at(header_, 0);
    if ((first & reserved_bits) != 0 || !is_known(first & 0x0f)) return false;
    if (!take_up_to(header_size(header_))) return true;
    const std::string_view header = header_;
    const unsigned second = octet_at(header, 1), length = second & 0x7f;
    payload_left_ = length == 126   ? big_16(header, 2)
                    : length == 127 ? std::uint64_t{big_32(header, 2)} << 32 | big_32(header, 6)
                                    : length;
    is_final_ = (first & final_bit) != 0;
    is_control_ = (first & 0x0f) >= close;
    is_masked_ = (second & mask_bit) != 0;
    if (is_masked_) std::copy_n(header.end() - 4, 4, mask_.begin());
    payload_taken_ = 0;
    in_payload_ = true;
    header_.clear();
    return true;
}

bool websocket_reader::pass_gap(std::uint64_t octets) noexcept {
    if (!in_payload_ || octets > payload_left_) return false;
    payload_left_ -= octets;
    payload_taken_ += octets;
    return true;
}

} // namespace sipstatus::tool
