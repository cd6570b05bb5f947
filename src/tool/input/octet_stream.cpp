#include "input/octet_stream.hpp"

#include "input/interruption.hpp"

#include <atomic>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sipstatus::tool {

namespace {

// How long a reader sleeps before it looks again: for more octets, for an interruption.
constexpr int nap_milliseconds = 100;

// What a person notices.
constexpr int notice_milliseconds = 200;

class open_file_stream : public file_stream {
public:
    explicit open_file_stream(const std::string &path)
        : descriptor_(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (descriptor_ < 0) throw input_error(std::strerror(errno));
        struct stat status {};
        may_block_ = fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode);
        posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    ~open_file_stream() override {
        if (descriptor_ != STDIN_FILENO) close(descriptor_);
    }

    std::size_t read(char *to, std::size_t room) override {
        if (may_block_) wait_until_readable();
        ssize_t count = 0;
        do count = ::read(descriptor_, to, room);
        while (count < 0 && errno == EINTR);
        if (count < 0) {
            const std::string why = std::strerror(errno);
            if (octets_read() == 0) throw input_error(why);
            throw input_error(why, octets_read());
        }
        octets_read_.fetch_add(static_cast<std::uint64_t>(count), std::memory_order_relaxed);
        return static_cast<std::size_t>(count);
    }

    bool is_idle() override {
        pollfd ready{descriptor_, POLLIN, 0};
        return may_block_ && poll(&ready, 1, notice_milliseconds) == 0;
    }

    bool may_wait() const noexcept override { return may_block_; }
    std::optional<std::uint64_t> size_of_file() const noexcept override {
        return may_block_ ? std::nullopt : std::optional(size());
    }
    std::uint64_t octets_read() const noexcept override { return octets_read_.load(std::memory_order_relaxed); }
    void stop() noexcept override { stopped_.store(true, std::memory_order_relaxed); }

protected:
    bool may_block() const noexcept { return may_block_; }
    bool is_shorter_than_before() const noexcept { return size() < octets_read(); }
    // Of a file; of what has no size, more than anything.
    std::uint64_t size() const noexcept {
        struct stat status {};
        return fstat(descriptor_, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : UINT64_MAX;
    }
    void throw_if_stopped() const {
        if (is_interrupted() || stopped_.load(std::memory_order_relaxed)) throw interruption();
    }

private:
    void wait_until_readable() const {
        pollfd ready{descriptor_, POLLIN, 0};
        for (;;) {
            const int count = poll(&ready, 1, nap_milliseconds);
            if (count > 0 || (count < 0 && errno != EINTR)) return; // read() says what is wrong
            throw_if_stopped();
        }
    }

    int descriptor_;
    bool may_block_ = false;
    std::atomic<std::uint64_t> octets_read_{0};
    std::atomic<bool> stopped_{false};
};

class growing_stream final : public open_file_stream {
public:
    using open_file_stream::open_file_stream;

    bool may_wait() const noexcept override { return true; }

    bool is_idle() override {
        if (may_block()) return open_file_stream::is_idle();
        if (size() > octets_read()) return false;
        poll(nullptr, 0, notice_milliseconds);
        return size() <= octets_read();
    }

    std::size_t read(char *to, std::size_t room) override {
        for (;;) {
            // A pipe that has ended does not grow.
            if (const auto count = open_file_stream::read(to, room); count != 0 || may_block()) return count;
            throw_if_stopped();
            if (is_shorter_than_before())
                throw input_error("the file became shorter while it was followed: it is written anew", octets_read());
            poll(nullptr, 0, nap_milliseconds);
        }
    }
};

} // namespace

std::unique_ptr<file_stream> open_file(const std::string &path) {
    return std::make_unique<open_file_stream>(path);
}

std::unique_ptr<file_stream> follow_file(const std::string &path) {
    return std::make_unique<growing_stream>(path);
}

} // namespace sipstatus::tool
