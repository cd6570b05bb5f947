#ifndef SIPSTATUS_TOOL_SIP_MESSAGE_SOURCE_HPP
#define SIPSTATUS_TOOL_SIP_MESSAGE_SOURCE_HPP

// Runs the stages from an input to its messages.

#include "account.hpp"
#include "input/packet.hpp"
#include "input/source.hpp"
#include "log/recognition.hpp"
#include "net/tcp_reassembler.hpp"
#include "sip/message.hpp"
#include "stage.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace sipstatus::tool {

// How an input is read.
struct reading_options {
    bool sipfrag = false; // bodies of type message/sipfrag are messages, too
    stream_limits streams;
    std::string filter;                  // of packets, see input/packet_filter.hpp; empty for none
    text_form form = text_form::unknown; // what a text is
};

class message_source {
public:
    // All must outlive it. `file` is the name of the input.
    message_source(source &in, std::string_view file, account &left_out, reading_options options = {})
        : in_(&in), file_(file), left_out_(left_out), options_(std::move(options)) {}
    message_source(packet_reader &in, std::string_view file, account &left_out, reading_options options = {})
        : packets_(&in), file_(file), left_out_(left_out), options_(std::move(options)) {}

    // Pushes every message of the input into `to`, then calls its finish(). Stops early where `is_enough` says so.
    // Throws input_error where the input cannot be read any further, interruption where the user wants no more of it:
    // what came before was pushed.
    using stop_condition = std::function<bool()>;
    void read_into(
        stage<message> &to, const stop_condition &is_enough = [] { return false; });

    // Requests go to `to`, too, which must outlive the source; its finish() is not called.
    void hand_requests_to(stage<message> &to) noexcept { requests_ = &to; }

    // How many packets, or lines, were read.
    std::uint64_t frames() const noexcept { return frames_; }
    // Whether the frames are lines of a text.
    bool is_text() const noexcept { return is_text_; }
    // Whether the text is a log.
    bool is_log() const noexcept { return is_log_; }

private:
    void read_packets(packet_reader &from, stage<message> &to, const stop_condition &is_enough);
    void read_log(stage<message> &to, const stop_condition &is_enough);
    template <class Reader, class Item> void pump(Reader &from, stage<Item> &to, const stop_condition &is_enough);

    source *in_ = nullptr;
    packet_reader *packets_ = nullptr; // where there is no source
    std::string_view file_;
    account &left_out_;
    reading_options options_;
    stage<message> *requests_ = nullptr;
    std::uint64_t frames_ = 0;
    bool is_text_ = false;
    bool is_log_ = false;
};

} // namespace sipstatus::tool

#endif
