#ifndef SIPSTATUS_FUZZ_JSON_HPP
#define SIPSTATUS_FUZZ_JSON_HPP

// Whether octets are UTF-8 (RFC 3629), and whether they are one JSON value (RFC 8259). These are oracles for what the
// tool prints, so they follow the RFCs' grammars and share nothing with it, on purpose.

#include <cstddef>
#include <string_view>

namespace fuzz {

inline bool is_utf8(std::string_view octets) {
    while (!octets.empty()) {
        const auto at = [&](std::size_t n) {
            return n < octets.size() ? static_cast<unsigned>(static_cast<unsigned char>(octets[n])) : 0u;
        };
        const auto continues = [&](std::size_t n) { return at(n) >> 6 == 2; };
        const unsigned lead = at(0);
        std::size_t size = 1;
        char32_t value = lead;
        if (lead >= 0x80) {
            size = lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
            if (size == 0) return false;
            value = lead & (0x7Fu >> size);
            for (std::size_t n = 1; n < size; ++n) {
                if (!continues(n)) return false;
                value = value << 6 | (at(n) & 0x3Fu);
            }
            constexpr char32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};
            if (value < lowest[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return false;
        }
        octets.remove_prefix(size);
    }
    return true;
}

class json_text {
public:
    static bool is_value(std::string_view octets) {
        json_text all(octets);
        return all.value(0) && all.left_.empty();
    }

private:
    explicit json_text(std::string_view octets) : left_(octets) {}

    static constexpr int deepest = 64;

    bool take(std::string_view token) {
        if (!left_.starts_with(token)) return false;
        left_.remove_prefix(token.size());
        return true;
    }
    bool take_digits() {
        const auto size = left_.substr(0, left_.find_first_not_of("0123456789")).size();
        left_.remove_prefix(size);
        return size != 0;
    }

    bool value(int depth) {
        if (depth > deepest || left_.empty()) return false;
        switch (left_.front()) {
        case '{': return members(depth);
        case '[': return elements(depth);
        case '"': return string();
        case 't': return take("true");
        case 'f': return take("false");
        case 'n': return take("null");
        default: return number();
        }
    }
    bool members(int depth) {
        take("{");
        if (take("}")) return true;
        do
            if (!string() || !take(":") || !value(depth + 1)) return false;
        while (take(","));
        return take("}");
    }
    bool elements(int depth) {
        take("[");
        if (take("]")) return true;
        do
            if (!value(depth + 1)) return false;
        while (take(","));
        return take("]");
    }
    bool number() {
        take("-");
        if (!take("0") && !take_digits()) return false;
        return !take(".") || take_digits();
    }
    bool string() {
        if (!take("\"")) return false;
        while (!left_.empty() && static_cast<unsigned char>(left_.front()) >= 0x20) {
            if (take("\"")) return true;
            if (!take("\\")) {
                left_.remove_prefix(1);
            } else if (take("u")) {
                if (left_.substr(0, 4).find_first_not_of("0123456789abcdefABCDEF") != left_.npos || left_.size() < 4)
                    return false;
                left_.remove_prefix(4);
            } else {
                if (left_.empty() || std::string_view("\"\\/bfnrt").find(left_.front()) == std::string_view::npos)
                    return false;
                left_.remove_prefix(1);
            }
        }
        return false;
    }

    std::string_view left_;
};

} // namespace fuzz

#endif
