#ifndef SIPSTATUS_TOOL_SIP_MESSAGE_FRAMER_HPP
#define SIPSTATUS_TOOL_SIP_MESSAGE_FRAMER_HPP

// Segments in, messages out: the ones that claim to be responses.

#include "account.hpp"
#include "sip/message.hpp"
#include "stage.hpp"

#include <string_view>

namespace sipstatus::tool {

class message_framer final : public stage<segment> {
public:
    // All must outlive the framer. `file` is the name of the input.
    message_framer(std::string_view file, stage<message> &next, account &left_out)
        : file_(file), next_(next), left_out_(left_out) {}

    void push(const segment &item) override;
    void finish() override { next_.finish(); }

private:
    void push_datagram(const segment &item);
    void push_stream(const segment &item);

    std::string_view file_;
    stage<message> &next_;
    account &left_out_;
};

} // namespace sipstatus::tool

#endif
