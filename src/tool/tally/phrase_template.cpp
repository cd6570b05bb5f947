#include "tally/phrase_template.hpp"

#include <algorithm>
#include <cstddef>

namespace sipstatus::tool {

namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool is_hex(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

template <class Predicate> std::size_t size_of_run(std::string_view text, Predicate is_part) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_part);
    return static_cast<std::size_t>(end - text.begin());
}

std::size_t size_of_number(std::string_view text) noexcept {
    return size_of_run(text, is_digit);
}

// Four numbers with dots between them.
std::size_t size_of_ipv4(std::string_view text) noexcept {
    std::size_t size = 0;
    for (int part = 0; part < 4; ++part) {
        if (part != 0) {
            if (size == text.size() || text[size] != '.') return 0;
            ++size;
        }
        const auto digits = size_of_number(text.substr(size));
        if (digits == 0 || digits > 3) return 0;
        size += digits;
    }
    return size;
}

// Groups of up to four hexadecimal digits, with two colons at least.
std::size_t size_of_ipv6(std::string_view text) noexcept {
    const auto size = size_of_run(text, [](char c) { return is_hex(c) || c == ':'; });
    const auto word = text.substr(0, size);
    if (std::count(word.begin(), word.end(), ':') < 2 || std::none_of(word.begin(), word.end(), is_digit)) return 0;
    std::size_t digits = 0;
    for (const char c : word) {
        digits = c == ':' ? 0 : digits + 1;
        if (digits > 4) return 0;
    }
    return size;
}

std::size_t size_of_port(std::string_view text) noexcept {
    if (text.empty() || text.front() != ':') return 0;
    const auto digits = size_of_number(text.substr(1));
    return digits == 0 ? 0 : digits + 1;
}

std::size_t size_of_id(std::string_view text) noexcept {
    const auto size = size_of_run(text, [](char c) { return is_hex(c) || c == '-'; });
    const auto word = text.substr(0, size);
    const bool ends = size == text.size() || !is_letter(text[size]);
    const auto digits = std::count_if(word.begin(), word.end(), is_digit);
    const auto letters = std::count_if(word.begin(), word.end(), is_letter);
    return ends && size >= 8 && digits != 0 && letters != 0 ? size : 0;
}

// Digits, with points and commas between them.
std::size_t size_of_digits(std::string_view text) noexcept {
    std::size_t size = size_of_number(text);
    while (size != 0 && size + 1 < text.size() && (text[size] == '.' || text[size] == ',') && is_digit(text[size + 1]))
        size += 1 + size_of_number(text.substr(size + 1));
    return size;
}

} // namespace

std::string template_of(std::string_view phrase) {
    std::string made;
    bool at_word = true; // the octet before is not part of a word
    while (!phrase.empty() && made.size() <= longest_template) {
        std::size_t size = 0;
        std::string_view name;
        const auto begins = [&](std::size_t of, std::string_view called) {
            if (size == 0 && of != 0) {
                size = of;
                name = called;
            }
        };
        if (is_hex(phrase.front()) || (phrase.front() == ':' && at_word)) {
            if (at_word) {
                if (const auto address = size_of_ipv4(phrase))
                    begins(address + size_of_port(phrase.substr(address)), "<address>");
                begins(size_of_ipv6(phrase), "<address>");
                begins(size_of_id(phrase), "<id>");
            }
            begins(size_of_digits(phrase), "<n>");
        } else if (phrase.front() == '+' && at_word) {
            if (const auto digits = size_of_number(phrase.substr(1))) begins(digits + 1, "<n>");
        }
        if (size != 0) {
            made += name;
            at_word = false;
        } else {
            size = 1;
            made += phrase.front();
            at_word = !is_letter(phrase.front()) && !is_digit(phrase.front());
        }
        phrase.remove_prefix(size);
    }
    if (made.size() > longest_template) {
        // Not within a character of UTF-8.
        auto end = longest_template - 3;
        while (end > longest_template - 8 && (made[end] & 0xc0) == 0x80) --end;
        made.resize(end);
        made += "...";
    }
    return made;
}

} // namespace sipstatus::tool
