#ifndef SIPSTATUS_TOOL_SIP_FIELD_TEXT_HPP
#define SIPSTATUS_TOOL_SIP_FIELD_TEXT_HPP

// What the readers of header fields share.

#include "octets.hpp"

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace sipstatus::tool {

inline bool is_blank_or_line_end(char c) noexcept {
    return octets::is_blank(c) || c == '\r' || c == '\n';
}

inline std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank_or_line_end(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank_or_line_end(text.back())) text.remove_suffix(1);
    return text;
}

// Reads the number that the text begins with; returns what follows it, absent where there is none.
template <class Number> std::optional<std::string_view> read_number(std::string_view text, Number &to) noexcept {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), to);
    if (error != std::errc{}) return std::nullopt;
    return text.substr(static_cast<std::size_t>(end - text.data()));
}

} // namespace sipstatus::tool

#endif
