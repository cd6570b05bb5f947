#ifndef SIPSTATUS_TOOL_INPUT_SOURCE_HPP
#define SIPSTATUS_TOOL_INPUT_SOURCE_HPP

// The octets of an input, through one buffer of fixed size.

#include "input/octet_stream.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace sipstatus::tool {

class source {
public:
    // The most octets that look() can be asked for.
    static constexpr std::size_t capacity = std::size_t{1} << 20;

    // `before_waiting` is called before each read that may wait: see file_stream.
    source(std::unique_ptr<file_stream> file, std::function<void()> before_waiting)
        : file_(file.get()), stream_(std::move(file)), before_waiting_(std::move(before_waiting)),
          waits_(file_->may_wait()), buffer_(new char[capacity]) {}

    // See open_file(). Throws input_error.
    source(const std::string &path, std::function<void()> before_waiting)
        : source(open_file(path), std::move(before_waiting)) {}

    // The octets from the current position on: at least `wanted` of them, fewer only where the input ends. They stay
    // valid until the next call of a member function that is not const. Throws input_error.
    std::string_view look(std::size_t wanted) {
        if (end_ - begin_ < wanted) fill(wanted);
        return {buffer_.get() + begin_, end_ - begin_};
    }

    // Moves on by `count` octets; returns by how many, which is fewer where the input ends. Throws input_error.
    std::uint64_t skip(std::uint64_t count) {
        if (count <= end_ - begin_) {
            begin_ += static_cast<std::size_t>(count);
            return count;
        }
        return skip_by_reading(count);
    }

    // Whether octets after those that look() shows take longer than a person notices. They may not be there at all.
    bool is_idle();

    // How many octets were read and lie after the current position.
    std::size_t unread() const noexcept { return end_ - begin_; }

    // How many octets lie before the current position.
    std::uint64_t offset() const noexcept { return octets_read_ - (end_ - begin_); }

    // Reads the rest through a stream that `make` puts on top: a decompressor. Offsets count anew, in its octets.
    using filter = std::unique_ptr<octet_stream>(std::unique_ptr<octet_stream> compressed);
    void read_through(filter *make);

    // Reads the rest in a thread of its own, before it is asked for, where that helps: what has to be decompressed,
    // what may have to be waited for, and large files.
    void read_ahead();

    // Calls `listener` whenever octets were read.
    void tell_of_reading(std::function<void()> listener) { after_reading_ = std::move(listener); }
    // How many octets of the file were read, before any decompression.
    std::uint64_t octets_of_file() const noexcept { return file_->octets_read(); }

private:
    void fill(std::size_t wanted);
    std::uint64_t skip_by_reading(std::uint64_t count);
    bool read_more();

    file_stream *file_; // at the bottom of the next one, which owns it
    std::unique_ptr<octet_stream> stream_;
    std::function<void()> before_waiting_;
    std::function<void()> after_reading_;
    bool waits_;
    bool is_compressed_ = false;
    bool ended_ = false;
    std::unique_ptr<char[]> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t octets_read_ = 0;
};

} // namespace sipstatus::tool

#endif
