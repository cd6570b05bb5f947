// UTF-16 text as UTF-8, as Windows writes it. A surrogate without its other half becomes U+FFFD; an octet left over at
// the end is dropped.

#include "input/formats.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <utility>

namespace sipstatus::tool {

namespace {

enum class byte_order_of_text { little, big };

constexpr std::uint32_t replacement = 0xfffd;

bool is_first_surrogate(std::uint32_t unit) {
    return unit >= 0xd800 && unit < 0xdc00;
}

bool is_second_surrogate(std::uint32_t unit) {
    return unit >= 0xdc00 && unit < 0xe000;
}

class utf16_stream final : public octet_stream {
public:
    utf16_stream(std::unique_ptr<octet_stream> from, byte_order_of_text order)
        : from_(std::move(from)), order_(order) {}

    std::size_t read(char *to, std::size_t room) override {
        std::size_t count = 0;
        while (count == 0) {
            // What was made before, and had no room.
            while (made_at_ < made_.size() && count < room) to[count++] = made_[made_at_++];
            if (count == room) return count;
            made_.clear();
            made_at_ = 0;
            if (!recode_next()) return count;
        }
        return count;
    }

    bool is_idle() override { return made_at_ == made_.size() && from_->is_idle(); }

private:
    // Recodes what comes next into made_; false at the end.
    bool recode_next() {
        const auto count = from_->read(raw_.data() + left_, raw_.size() - left_);
        if (count == 0) {
            if (std::exchange(pending_, 0) == 0) return false;
            append(replacement);
            return true;
        }
        const auto all = left_ + count;
        std::size_t at = 0;
        for (; at + 2 <= all; at += 2) take(unit_at(at));
        left_ = all - at;
        if (left_ != 0) raw_[0] = raw_[at];
        return true;
    }

    std::uint32_t unit_at(std::size_t at) const {
        const std::uint32_t first = static_cast<unsigned char>(raw_[at]);
        const std::uint32_t second = static_cast<unsigned char>(raw_[at + 1]);
        return order_ == byte_order_of_text::big ? first << 8u | second : second << 8u | first;
    }

    void take(std::uint32_t unit) {
        if (const auto first = std::exchange(pending_, 0); first != 0) {
            if (is_second_surrogate(unit)) return append(0x10000 + ((first - 0xd800) << 10u) + (unit - 0xdc00));
            append(replacement);
        }
        if (is_first_surrogate(unit))
            pending_ = unit;
        else
            append(is_second_surrogate(unit) ? replacement : unit);
    }

    void append(std::uint32_t point) {
        const auto put = [this](std::uint32_t octet) { made_ += static_cast<char>(octet); };
        if (point < 0x80) return put(point);
        if (point < 0x800) {
            put(0xc0 | point >> 6u);
        } else {
            if (point < 0x10000) {
                put(0xe0 | point >> 12u);
            } else {
                put(0xf0 | point >> 18u);
                put(0x80 | (point >> 12u & 0x3f));
            }
            put(0x80 | (point >> 6u & 0x3f));
        }
        put(0x80 | (point & 0x3f));
    }

    std::unique_ptr<octet_stream> from_;
    byte_order_of_text order_;
    std::array<char, 32'768> raw_{};
    std::size_t left_ = 0;      // octets of a unit whose other one is to come
    std::uint32_t pending_ = 0; // a first surrogate
    std::string made_;
    std::size_t made_at_ = 0;
};

// Without a byte order mark: every other octet of the first ones is NUL, and none of the others is.
bool has_nuls(std::string_view octets, std::size_t first) {
    constexpr std::size_t enough = 8;
    if (octets.size() < enough) return false;
    for (std::size_t at = 0; at < enough; ++at)
        if ((octets[at] == '\0') != (at % 2 == first) || static_cast<unsigned char>(octets[at]) >= 0x80) return false;
    return true;
}

} // namespace

bool begins_like_utf16_little(std::string_view octets) {
    return octets.starts_with("\xff\xfe") || has_nuls(octets, 1);
}

bool begins_like_utf16_big(std::string_view octets) {
    return octets.starts_with("\xfe\xff") || has_nuls(octets, 0);
}

std::unique_ptr<octet_stream> recode_utf16_little(std::unique_ptr<octet_stream> octets) {
    return std::make_unique<utf16_stream>(std::move(octets), byte_order_of_text::little);
}

std::unique_ptr<octet_stream> recode_utf16_big(std::unique_ptr<octet_stream> octets) {
    return std::make_unique<utf16_stream>(std::move(octets), byte_order_of_text::big);
}

} // namespace sipstatus::tool
