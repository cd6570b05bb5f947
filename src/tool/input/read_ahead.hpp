#ifndef SIPSTATUS_TOOL_INPUT_READ_AHEAD_HPP
#define SIPSTATUS_TOOL_INPUT_READ_AHEAD_HPP

// Octets of another stream, read before they are asked for: a thread fills one end of a ring while the other is
// emptied.

#include "input/octet_stream.hpp"

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace sipstatus::tool {

class read_ahead final : public octet_stream {
public:
    // Reads `from` in a thread of its own, until the end, an exception or the destructor; that calls stop(), which is
    // to end a read that waits. Calls `before_waiting` in read(), where it has to wait.
    read_ahead(std::unique_ptr<octet_stream> from, std::function<void()> before_waiting, std::function<void()> stop);
    ~read_ahead() override;

    std::size_t read(char *to, std::size_t room) override;
    bool is_idle() override;

private:
    static constexpr std::size_t capacity = std::size_t{1} << 19;

    void fill();
    std::size_t wait_for_room();

    std::unique_ptr<octet_stream> from_;
    std::function<void()> before_waiting_;
    std::function<void()> stop_;
    std::unique_ptr<char[]> ring_;

    std::mutex mutex_; // guards what follows
    std::condition_variable changed_;
    std::uint64_t written_ = 0, read_ = 0; // octets of the whole stream; the difference lies in the ring
    bool ended_ = false;
    bool stopped_ = false;
    std::exception_ptr failure_; // what ended the stream

    std::thread reader_;
};

} // namespace sipstatus::tool

#endif
