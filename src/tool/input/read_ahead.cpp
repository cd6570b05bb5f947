#include "input/read_ahead.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

namespace sipstatus::tool {

namespace {

// The thread does not read less than this at once, so that it does not follow the other octet by octet.
constexpr std::size_t least_room = std::size_t{1} << 16;

} // namespace

read_ahead::read_ahead(std::unique_ptr<octet_stream> from, std::function<void()> before_waiting,
                       std::function<void()> stop)
    : from_(std::move(from)), before_waiting_(std::move(before_waiting)), stop_(std::move(stop)),
      ring_(new char[capacity]), reader_([this] { fill(); }) {}

read_ahead::~read_ahead() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_all();
    stop_();
    reader_.join();
}

std::size_t read_ahead::read(char *to, std::size_t room) {
    std::unique_lock lock(mutex_);
    if (written_ == read_ && !ended_) {
        lock.unlock();
        before_waiting_();
        lock.lock();
        changed_.wait(lock, [this] { return written_ != read_ || ended_; });
    }
    if (written_ == read_) {
        if (failure_) std::rethrow_exception(failure_);
        return 0;
    }
    const auto at = static_cast<std::size_t>(read_ % capacity);
    const auto count = std::min({room, static_cast<std::size_t>(written_ - read_), capacity - at});
    lock.unlock();
    std::memcpy(to, ring_.get() + at, count);
    lock.lock();
    read_ += count;
    lock.unlock();
    changed_.notify_one();
    return count;
}

bool read_ahead::is_idle() {
    constexpr std::chrono::milliseconds notice{200};
    std::unique_lock lock(mutex_);
    if (written_ != read_ || ended_) return false;
    lock.unlock();
    before_waiting_();
    lock.lock();
    return !changed_.wait_for(lock, notice, [this] { return written_ != read_ || ended_; });
}

// How many octets can be written at once; 0 where no more are wanted.
std::size_t read_ahead::wait_for_room() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopped_ || capacity - (written_ - read_) >= least_room; });
    if (stopped_) return 0;
    const auto room = static_cast<std::size_t>(capacity - (written_ - read_));
    return std::min(room, capacity - static_cast<std::size_t>(written_ % capacity));
}

void read_ahead::fill() {
    std::exception_ptr failure;
    try {
        while (const auto room = wait_for_room()) {
            const auto count = from_->read(ring_.get() + written_ % capacity, room);
            if (count == 0) break;
            {
                const std::lock_guard lock(mutex_);
                written_ += count;
            }
            changed_.notify_one();
        }
    } catch (...) {
        failure = std::current_exception();
    }
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        failure_ = failure;
    }
    changed_.notify_one();
}

} // namespace sipstatus::tool
