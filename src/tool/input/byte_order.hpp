#ifndef SIPSTATUS_TOOL_INPUT_BYTE_ORDER_HPP
#define SIPSTATUS_TOOL_INPUT_BYTE_ORDER_HPP

// Numbers out of octets, whatever the machine's own order and alignment. The caller sees to the bounds.

#include <cstdint>
#include <string_view>

namespace sipstatus::tool {

constexpr std::uint8_t octet_at(std::string_view octets, std::size_t at) noexcept {
    return static_cast<std::uint8_t>(octets[at]);
}

// Network byte order.
constexpr std::uint16_t big_16(std::string_view octets, std::size_t at) noexcept {
    return static_cast<std::uint16_t>(octet_at(octets, at) << 8 | octet_at(octets, at + 1));
}
constexpr std::uint32_t big_32(std::string_view octets, std::size_t at) noexcept {
    return std::uint32_t{big_16(octets, at)} << 16 | big_16(octets, at + 2);
}

// The order of a file that says itself which one it has.
struct byte_order {
    bool big = false;

    constexpr std::uint16_t u16(std::string_view octets, std::size_t at) const noexcept {
        const auto value = big_16(octets, at);
        return big ? value : static_cast<std::uint16_t>(value << 8 | value >> 8);
    }
    constexpr std::uint32_t u32(std::string_view octets, std::size_t at) const noexcept {
        return big ? big_32(octets, at) : std::uint32_t{u16(octets, at + 2)} << 16 | u16(octets, at);
    }
    constexpr std::uint64_t u64(std::string_view octets, std::size_t at) const noexcept {
        const std::uint64_t first = u32(octets, at), second = u32(octets, at + 4);
        return big ? first << 32 | second : second << 32 | first;
    }
};

} // namespace sipstatus::tool

#endif
