#ifndef SIPSTATUS_TOOL_SIP_MESSAGE_FRAMER_HPP
#define SIPSTATUS_TOOL_SIP_MESSAGE_FRAMER_HPP

// Segments in, messages out: the ones that claim to be responses and, where somebody wants them, requests.

#include "account.hpp"
#include "sip/message.hpp"
#include "sip/stream_framer.hpp"
#include "stage.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace sipstatus::tool {

class message_framer final : public stage<segment>, private framed_messages {
public:
    // Octets of heads that are not whole, of all streams together.
    static constexpr std::size_t most_octets = std::size_t{8} << 20;

    // All must outlive the framer. `file` is the name of the input. With `reads_sipfrag` the bodies of type
    // message/sipfrag are messages, too. Requests go to `requests`, whose finish() is not called; to nobody if it is
    // null.
    message_framer(std::string_view file, stage<message> &next, account &left_out, bool reads_sipfrag = false,
                   stage<message> *requests = nullptr)
        : file_(file), next_(next), left_out_(left_out), reads_sipfrag_(reads_sipfrag), requests_(requests) {}

    void push(const segment &item) override;
    void finish() override;

private:
    void push_stream(const segment &item);
    void push_message(const segment &carrier, std::string_view octets) override;
    void push_head(const segment &carrier, std::string_view octets) override;
    void push_sipfrag(const segment &carrier, std::string_view body) override;
    message message_of(const segment &carrier, std::string_view octets) const;

    std::string_view file_;
    stage<message> &next_;
    account &left_out_;
    bool reads_sipfrag_;
    stage<message> *requests_;
    std::unordered_map<std::uint64_t, stream_framer> streams_;
    std::size_t octets_kept_ = 0;
};

} // namespace sipstatus::tool

#endif
