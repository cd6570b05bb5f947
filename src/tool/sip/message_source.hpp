#ifndef SIPSTATUS_TOOL_SIP_MESSAGE_SOURCE_HPP
#define SIPSTATUS_TOOL_SIP_MESSAGE_SOURCE_HPP

// Runs the stages from an input to its messages.

#include "account.hpp"
#include "input/source.hpp"
#include "sip/message.hpp"
#include "stage.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace sipstatus::tool {

class message_source {
public:
    // All must outlive it. `file` is the name of the input.
    message_source(source &in, std::string_view file, account &left_out) : in_(in), file_(file), left_out_(left_out) {}

    // Pushes every message of the input into `to`, then calls its finish(). Stops early where `is_enough` says so.
    // Throws input_error where the input cannot be read any further: what came before was pushed.
    using stop_condition = std::function<bool()>;
    void read_into(
        stage<message> &to, const stop_condition &is_enough = [] { return false; });

    // How many packets, or lines, were read.
    std::uint64_t frames() const noexcept { return frames_; }
    // Whether the frames are lines of a text.
    bool is_text() const noexcept { return is_text_; }

private:
    template <class Reader, class Item> void pump(Reader &from, stage<Item> &to, const stop_condition &is_enough);

    source &in_;
    std::string_view file_;
    account &left_out_;
    std::uint64_t frames_ = 0;
    bool is_text_ = false;
};

} // namespace sipstatus::tool

#endif
