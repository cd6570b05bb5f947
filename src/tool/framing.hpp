#ifndef SIPSTATUS_TOOL_FRAMING_HPP
#define SIPSTATUS_TOOL_FRAMING_HPP

// The fourth stage. In: an input of any format that is read. Out: what in it claims to be a SIP response, one at a
// time. A datagram claims so when "SIP/", in any case, follows its leading CRLFs; of a text every line that is not
// blank does.

#include "decode.hpp"
#include "source.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sipstatus::tool {

struct message {
    std::string_view file;
    std::uint64_t frame = 0; // the packet's number, the line's in a text
    std::optional<timestamp> time;
    std::string_view transport;     // empty in a text
    std::optional<endpoint> source; // nothing in a text, as the next one
    std::optional<endpoint> destination;
    std::string_view octets; // from the first one on; valid until the next message is asked for
    cut missing = cut::none;
};

// Gives the messages of one input.
class message_reader {
public:
    // A part of the input that is left out while reading goes on.
    using complaint = std::function<void(const std::string &why, std::uint64_t offset)>;

    virtual ~message_reader() = default;

    // The next message; false at the end of the input. Throws input_error where the input cannot be read any further.
    virtual bool next(message &to) = 0;

    // How many frames were read so far, and what they are called.
    virtual std::uint64_t frames() const = 0;
    virtual std::string_view unit() const = 0;
};

// The reader of `in`, told by its first octets. Throws input_error for an empty input and for what is neither a capture
// nor text. `in` and `file`, its name, must outlive the reader.
std::unique_ptr<message_reader> read_messages(source &in, std::string_view file, message_reader::complaint complain);

} // namespace sipstatus::tool

#endif
