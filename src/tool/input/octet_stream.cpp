#include "input/octet_stream.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sipstatus::tool {

namespace {

class file_stream final : public octet_stream {
public:
    file_stream(const std::string &path, std::function<void()> before_waiting)
        : descriptor_(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC)),
          before_waiting_(std::move(before_waiting)) {
        if (descriptor_ < 0) throw input_error(std::strerror(errno));
        struct stat status {};
        may_block_ = fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode);
        posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    ~file_stream() override {
        if (descriptor_ != STDIN_FILENO) close(descriptor_);
    }

    std::size_t read(char *to, std::size_t room) override {
        if (may_block_) before_waiting_();
        ssize_t count = 0;
        do count = ::read(descriptor_, to, room);
        while (count < 0 && errno == EINTR);
        if (count < 0) {
            const std::string why = std::strerror(errno);
            if (octets_read_ == 0) throw input_error(why);
            throw input_error(why, octets_read_);
        }
        octets_read_ += static_cast<std::uint64_t>(count);
        return static_cast<std::size_t>(count);
    }

private:
    int descriptor_;
    bool may_block_ = false;
    std::function<void()> before_waiting_;
    std::uint64_t octets_read_ = 0;
};

} // namespace

std::unique_ptr<octet_stream> open_file(const std::string &path, std::function<void()> before_waiting) {
    return std::make_unique<file_stream>(path, std::move(before_waiting));
}

} // namespace sipstatus::tool
