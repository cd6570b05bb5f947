#ifndef SIPSTATUS_TOOL_INPUT_OCTET_STREAM_HPP
#define SIPSTATUS_TOOL_INPUT_OCTET_STREAM_HPP

// Octets from a file, one piece after the other, decompressed where that is asked for.

#include <cstddef>
#include <cstdint>
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

// The user interrupted, see input/interruption.hpp: an input that would go on is read no further.
class interruption final : public input_error {
public:
    interruption() : input_error("interrupted") {}
};

class octet_stream {
public:
    octet_stream() = default;
    octet_stream(const octet_stream &) = delete;
    octet_stream &operator=(const octet_stream &) = delete;
    virtual ~octet_stream() = default;

    // Puts up to `room` octets, at least one, into `to`; returns how many, 0 at the end. Throws input_error.
    virtual std::size_t read(char *to, std::size_t room) = 0;

    // Whether the next octets take longer than a person notices: somebody types them, or a log is quiet.
    virtual bool is_idle() { return false; }
};

// The octets of a file. All but read() may be called from another thread than read() is.
class file_stream : public octet_stream {
public:
    // Whether a read may have to wait for somebody: for a pipe's writer, or for a file to grow.
    virtual bool may_wait() const noexcept = 0;
    // How many octets there are; absent where nobody knows.
    virtual std::optional<std::uint64_t> size_of_file() const noexcept = 0;
    // How many octets were read.
    virtual std::uint64_t octets_read() const noexcept = 0;
    // A read that waits, and every later one, throws interruption.
    virtual void stop() noexcept = 0;
};

// "-" is standard input. Throws input_error.
std::unique_ptr<file_stream> open_file(const std::string &path);

// The same of a file that is still being written: where it ends, read() waits for more, until it throws interruption.
std::unique_ptr<file_stream> follow_file(const std::string &path);

} // namespace sipstatus::tool

#endif
