#include "input/formats.hpp"

#include <fmt/format.h>

#include <zstd.h>

#include <new>
#include <vector>

namespace sipstatus::tool {

namespace {

// RFC 8878: a file is one frame after another.
class zstd_stream final : public octet_stream {
public:
    explicit zstd_stream(std::unique_ptr<octet_stream> compressed)
        : compressed_(std::move(compressed)), state_(ZSTD_createDStream()), buffer_(ZSTD_DStreamInSize()) {
        if (!state_) throw std::bad_alloc();
    }

    std::size_t read(char *to, std::size_t room) override {
        ZSTD_outBuffer out{to, room, 0};
        while (out.pos == 0) {
            if (in_.pos == in_.size && !made_all_it_could_ && !read_more()) {
                if (between_frames_) return 0;
                throw input_error("the file ends within its zstd data", octets_made_);
            }
            const auto verdict = ZSTD_decompressStream(state_.get(), &out, &in_);
            if (ZSTD_isError(verdict))
                throw input_error(fmt::format("the zstd data is damaged: {}", ZSTD_getErrorName(verdict)),
                                  octets_made_);
            between_frames_ = verdict == 0;
            made_all_it_could_ = out.pos == out.size; // there may be more without further input
        }
        octets_made_ += out.pos;
        return out.pos;
    }

private:
    struct freeing {
        void operator()(ZSTD_DStream *state) const noexcept { ZSTD_freeDStream(state); }
    };

    bool read_more() {
        in_ = {buffer_.data(), compressed_->read(buffer_.data(), buffer_.size()), 0};
        return in_.size != 0;
    }

    std::unique_ptr<octet_stream> compressed_;
    std::unique_ptr<ZSTD_DStream, freeing> state_;
    std::vector<char> buffer_;
    ZSTD_inBuffer in_{nullptr, 0, 0};
    bool between_frames_ = true;
    bool made_all_it_could_ = false;
    std::uint64_t octets_made_ = 0;
};

} // namespace

bool begins_like_zstd(std::string_view octets) {
    return octets.substr(0, 4) == "\x28\xb5\x2f\xfd";
}

std::unique_ptr<octet_stream> decompress_zstd(std::unique_ptr<octet_stream> compressed) {
    return std::make_unique<zstd_stream>(std::move(compressed));
}

} // namespace sipstatus::tool
