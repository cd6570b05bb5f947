#ifndef SIPSTATUS_TOOL_INPUT_OCTET_STREAM_HPP
#define SIPSTATUS_TOOL_INPUT_OCTET_STREAM_HPP

// Octets from a file, one piece after the other, decompressed where that is asked for.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

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

class octet_stream {
public:
    octet_stream() = default;
    octet_stream(const octet_stream &) = delete;
    octet_stream &operator=(const octet_stream &) = delete;
    virtual ~octet_stream() = default;

    // Puts up to `room` octets, at least one, into `to`; returns how many, 0 at the end. Throws input_error.
    virtual std::size_t read(char *to, std::size_t room) = 0;
};

// The octets of a file; "-" is standard input. `before_waiting` is called before each read that may block, which is
// every read of what is not a regular file. Throws input_error.
std::unique_ptr<octet_stream> open_file(const std::string &path, std::function<void()> before_waiting);

} // namespace sipstatus::tool

#endif
