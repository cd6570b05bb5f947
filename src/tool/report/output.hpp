#ifndef SIPSTATUS_TOOL_REPORT_OUTPUT_HPP
#define SIPSTATUS_TOOL_REPORT_OUTPUT_HPP

// Where the data goes: to a descriptor, or on to another output, through one large buffer.

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sipstatus::tool {

// The descriptor takes no more. what() says why.
class output_error : public std::runtime_error {
public:
    explicit output_error(int error_number);

    // Its reader has gone, which is nobody's mistake.
    bool is_closed_pipe() const noexcept { return closed_pipe_; }

private:
    bool closed_pipe_;
};

class output {
public:
    // Standard output, unless a descriptor is given.
    explicit output(int descriptor = 1);
    // Hands on what is flushed.
    explicit output(std::function<void(std::string_view octets)> write) : write_(std::move(write)) {}

    // What is to be written next; append to it. Call end_record() now and then.
    std::string &buffer() noexcept { return buffer_; }

    // Writes if enough has come together. Throws output_error.
    void end_record() {
        if (buffer_.size() >= enough) flush();
    }

    // Writes everything. Throws output_error; what could not be written is dropped.
    void flush();

    // Writes everything, then these octets. Throws output_error.
    void write(std::string_view octets);

    // Writes everything and closes the descriptor: a full disk may be noticed no sooner. Throws output_error.
    void close();

private:
    static constexpr std::size_t enough = std::size_t{1} << 17;

    int descriptor_ = -1;
    std::function<void(std::string_view octets)> write_;
    std::string buffer_;
};

} // namespace sipstatus::tool

#endif
