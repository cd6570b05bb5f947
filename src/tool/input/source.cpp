#include "input/source.hpp"

#include "input/read_ahead.hpp"

#include <algorithm>
#include <cstring>
#include <thread>

namespace sipstatus::tool {

namespace {

// Octets that were read before, then those of another stream.
class rest_of_stream final : public octet_stream {
public:
    rest_of_stream(std::string_view first, std::unique_ptr<octet_stream> rest)
        : first_(first), rest_(std::move(rest)) {}

    std::size_t read(char *to, std::size_t room) override {
        const auto left = std::string_view(first_).substr(at_);
        if (left.empty()) return rest_->read(to, room);
        const auto count = left.copy(to, room);
        at_ += count;
        return count;
    }

    bool is_idle() override { return at_ == first_.size() && rest_->is_idle(); }

private:
    std::string first_;
    std::size_t at_ = 0;
    std::unique_ptr<octet_stream> rest_;
};

} // namespace

void source::read_through(filter *make) {
    const std::string_view seen(buffer_.get() + begin_, end_ - begin_);
    stream_ = make(std::make_unique<rest_of_stream>(seen, std::move(stream_)));
    begin_ = end_ = 0;
    octets_read_ = 0;
    ended_ = false;
    is_compressed_ = true;
}

void source::read_ahead() {
    constexpr std::uint64_t large = std::uint64_t{32} << 20;
    const bool is_large = file_->size_of_file().value_or(0) >= large && std::thread::hardware_concurrency() > 1;
    if (!waits_ && !is_compressed_ && !is_large) return;
    waits_ = false; // the stream below calls it, and only where it does wait
    stream_ = std::make_unique<tool::read_ahead>(std::move(stream_), before_waiting_, [file = file_] { file->stop(); });
}

bool source::is_idle() {
    if (ended_) return false;
    if (waits_) before_waiting_();
    return stream_->is_idle();
}

bool source::read_more() {
    if (ended_) return false;
    if (waits_) before_waiting_();
    const auto count = stream_->read(buffer_.get() + end_, std::min(capacity - end_, std::size_t{1} << 17));
    ended_ = count == 0;
    end_ += count;
    octets_read_ += count;
    if (after_reading_) after_reading_();
    return !ended_;
}

void source::fill(std::size_t wanted) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    while (end_ < wanted && read_more()) {
    }
}

std::uint64_t source::skip_by_reading(std::uint64_t count) {
    std::uint64_t left = count;
    for (;;) {
        const std::uint64_t here = end_ - begin_;
        if (left <= here) {
            begin_ += static_cast<std::size_t>(left);
            return count;
        }
        left -= here;
        begin_ = end_ = 0;
        if (!read_more()) return count - left;
    }
}

} // namespace sipstatus::tool
