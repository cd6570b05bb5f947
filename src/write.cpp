// From a code and a phrase to the octets of a status line.

#include <sipstatus/status_line.hpp>

#include <cstring>

namespace sipstatus::inline SIPSTATUS_ABI {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view version = "SIP/2.0 ";
constexpr std::size_t code_and_separator = 4;
constexpr std::string_view line_end = "\r\n";

constexpr bool is_safe(std::string_view phrase) noexcept {
    return phrase.find_first_of("\r\n\0"sv) == std::string_view::npos;
}

char *append(char *at, std::string_view octets) noexcept {
    std::memcpy(at, octets.data(), octets.size());
    return at + octets.size();
}

} // namespace

write_result write(char *first, char *last, status code, std::string_view phrase) noexcept {
    if (!to_status(to_int(code))) return {first, write_error::invalid_status};
    if (!is_safe(phrase)) return {first, write_error::unsafe_phrase};
    const auto room = static_cast<std::size_t>(last - first);
    constexpr auto frame = version.size() + code_and_separator + line_end.size();
    if (room < frame || room - frame < phrase.size()) return {first, write_error::too_small};

    const auto number = static_cast<unsigned>(to_int(code));
    const char digits[code_and_separator] = {static_cast<char>('0' + number / 100),
                                             static_cast<char>('0' + number / 10 % 10),
                                             static_cast<char>('0' + number % 10), ' '};
    char *at = append(first, version);
    at = append(at, {digits, sizeof digits});
    if (!phrase.empty()) at = append(at, phrase);
    return {append(at, line_end), write_error::none};
}

write_result write(char *first, char *last, status code) noexcept {
    return write(first, last, code, canonical_phrase(code));
}

} // namespace sipstatus::inline SIPSTATUS_ABI
