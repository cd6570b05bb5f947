#include "input/formats.hpp"

#include <fmt/format.h>

#include <zlib.h>

#include <array>

namespace sipstatus::tool {

namespace {

// RFC 1952: a file is one member after another.
class gzip_stream final : public octet_stream {
public:
    explicit gzip_stream(std::unique_ptr<octet_stream> compressed) : compressed_(std::move(compressed)) {
        constexpr int with_gzip_header = 15 + 16;
        if (inflateInit2(&state_, with_gzip_header) != Z_OK) throw std::bad_alloc();
    }
    ~gzip_stream() override { inflateEnd(&state_); }

    std::size_t read(char *to, std::size_t room) override {
        state_.next_out = reinterpret_cast<Bytef *>(to);
        state_.avail_out = static_cast<uInt>(room);
        while (state_.avail_out == room) {
            if (state_.avail_in == 0 && !read_more()) {
                if (between_members_) return 0;
                throw input_error("the file ends within its gzip data", octets_made_);
            }
            if (between_members_ && skips_padding()) continue;
            between_members_ = false;
            const int verdict = inflate(&state_, Z_NO_FLUSH);
            if (verdict == Z_STREAM_END) {
                inflateReset(&state_);
                between_members_ = true;
            } else if (verdict != Z_OK && verdict != Z_BUF_ERROR) {
                throw input_error(
                    fmt::format("the gzip data is damaged: {}", state_.msg ? state_.msg : zError(verdict)),
                    octets_made_);
            }
        }
        const auto count = room - state_.avail_out;
        octets_made_ += count;
        return count;
    }

private:
    bool read_more() {
        const auto count = compressed_->read(buffer_.data(), buffer_.size());
        state_.next_in = reinterpret_cast<Bytef *>(buffer_.data());
        state_.avail_in = static_cast<uInt>(count);
        return count != 0;
    }

    // Tapes and block devices leave NULs after the last member.
    bool skips_padding() {
        if (octets_made_ == 0 || *state_.next_in != 0) return false;
        ++state_.next_in;
        --state_.avail_in;
        return true;
    }

    std::unique_ptr<octet_stream> compressed_;
    std::array<char, std::size_t{1} << 16> buffer_;
    z_stream state_{};
    bool between_members_ = true;
    std::uint64_t octets_made_ = 0;
};

} // namespace

bool begins_like_gzip(std::string_view octets) {
    return octets.substr(0, 3) == "\x1f\x8b\x08";
}

std::unique_ptr<octet_stream> decompress_gzip(std::unique_ptr<octet_stream> compressed) {
    return std::make_unique<gzip_stream>(std::move(compressed));
}

} // namespace sipstatus::tool
