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

    // See open_file(). Throws input_error.
    source(const std::string &path, std::function<void()> before_waiting)
        : stream_(open_file(path, std::move(before_waiting))), buffer_(new char[capacity]) {}

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

    // How many octets lie before the current position.
    std::uint64_t offset() const noexcept { return octets_read_ - (end_ - begin_); }

    // Reads the rest through a stream that `make` puts on top: a decompressor. Offsets count anew, in its octets.
    using filter = std::unique_ptr<octet_stream>(std::unique_ptr<octet_stream> compressed);
    void read_through(filter *make);

private:
    void fill(std::size_t wanted);
    std::uint64_t skip_by_reading(std::uint64_t count);
    bool read_more();

    std::unique_ptr<octet_stream> stream_;
    bool ended_ = false;
    std::unique_ptr<char[]> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t octets_read_ = 0;
};

} // namespace sipstatus::tool

#endif
