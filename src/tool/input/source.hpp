#ifndef SIPSTATUS_TOOL_INPUT_SOURCE_HPP
#define SIPSTATUS_TOOL_INPUT_SOURCE_HPP

// The first stage. In: the name of a file, "-" for standard input. Out: its octets, through one buffer of fixed size.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sipstatus::tool {

// An input, or the rest of it, that cannot be read: what() says why, offset() where in the file.
class input_error : public std::runtime_error {
public:
    explicit input_error(const std::string &why) : std::runtime_error(why) {}
    input_error(const std::string &why, std::uint64_t offset) : std::runtime_error(why), offset_(offset) {}

    std::optional<std::uint64_t> offset() const noexcept { return offset_; }

private:
    std::optional<std::uint64_t> offset_;
};

class source {
public:
    // The most octets that look() can be asked for.
    static constexpr std::size_t capacity = std::size_t{1} << 20;

    // `before_waiting` is called before each read from what is no regular file, because that read may block.
    // Throws input_error.
    source(const std::string &path, std::function<void()> before_waiting);
    ~source();
    source(const source &) = delete;
    source &operator=(const source &) = delete;

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

private:
    void fill(std::size_t wanted);
    std::uint64_t skip_by_reading(std::uint64_t count);
    bool read_more();

    int descriptor_;
    bool may_block_;
    bool ended_ = false;
    std::function<void()> before_waiting_;
    std::unique_ptr<char[]> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t octets_read_ = 0;
};

} // namespace sipstatus::tool

#endif
