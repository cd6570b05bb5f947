#ifndef SIPSTATUS_TOOL_LOG_WORDS_HPP
#define SIPSTATUS_TOOL_LOG_WORDS_HPP

// Octets of a log as words: what every reader of log lines uses.

#include "octets.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace sipstatus::tool {

using octets::is_blank;
using octets::is_letter;

// Some octets, for look-ups that are faster than a search.
class octet_set {
public:
    explicit constexpr octet_set(std::string_view octets) noexcept {
        for (const char c : octets) has_[static_cast<unsigned char>(c)] = true;
    }
    constexpr bool has(char c) const noexcept { return has_[static_cast<unsigned char>(c)]; }

private:
    std::array<bool, 256> has_{};
};

// A letter, a digit or an underscore.
inline constexpr octet_set word_octets("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

constexpr bool is_word_octet(char c) noexcept {
    return word_octets.has(c);
}

// Of a token, as a field name is one (RFC 3261 section 25.1).
inline constexpr octet_set token_octets("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.!%*+`'~");

constexpr bool is_token_octet(char c) noexcept {
    return token_octets.has(c);
}

constexpr std::string_view without_blanks_before(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    return text;
}

constexpr std::string_view without_blanks_after(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

bool begins_with(std::string_view text, std::string_view word) noexcept; // ASCII letters in any case
bool ends_with(std::string_view text, std::string_view word) noexcept;   // the same

// Without what a mail or a table puts before a line: blanks, ">", "|".
std::string_view without_quote_marks(std::string_view line);

// Where `word` first stands in the text, in any case; npos where it does not.
std::size_t find_word(std::string_view text, std::string_view word) noexcept;

// What a line looks like: some parts, which "*" separates, in this order.
class line_pattern {
public:
    constexpr line_pattern(const char *pattern) noexcept { // NOLINT(google-explicit-constructor): rows of a table
        for (std::string_view left = pattern; !left.empty();) {
            std::size_t size = 0;
            while (size < left.size() && left[size] != '*') ++size;
            if (size != 0) parts_[count_++] = left.substr(0, size);
            left.remove_prefix(size == left.size() ? size : size + 1);
        }
    }

    // Where the first part stands in the text, if all stand there in this order; else npos.
    std::size_t find_in(std::string_view text) const noexcept;

private:
    std::array<std::string_view, 6> parts_{};
    std::size_t count_ = 0;
};

} // namespace sipstatus::tool

#endif
