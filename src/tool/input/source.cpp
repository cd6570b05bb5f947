#include "input/source.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sipstatus::tool {

source::source(const std::string &path, std::function<void()> before_waiting)
    : descriptor_(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC)),
      before_waiting_(std::move(before_waiting)), buffer_(new char[capacity]) {
    if (descriptor_ < 0) throw input_error(std::strerror(errno));
    struct stat about {};
    may_block_ = fstat(descriptor_, &about) != 0 || !S_ISREG(about.st_mode);
    posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

source::~source() {
    if (descriptor_ != STDIN_FILENO) close(descriptor_);
}

bool source::read_more() {
    if (ended_) return false;
    if (may_block_) before_waiting_();
    ssize_t got = 0;
    do got = read(descriptor_, buffer_.get() + end_, capacity - end_);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        const std::string why = std::strerror(errno);
        if (octets_read_ == 0) throw input_error(why);
        throw input_error(why, octets_read_);
    }
    ended_ = got == 0;
    end_ += static_cast<std::size_t>(got);
    octets_read_ += static_cast<std::uint64_t>(got);
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
