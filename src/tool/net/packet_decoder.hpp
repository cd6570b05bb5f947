#ifndef SIPSTATUS_TOOL_NET_PACKET_DECODER_HPP
#define SIPSTATUS_TOOL_NET_PACKET_DECODER_HPP

// Packets in, segments out. What is not read goes into the account.

#include "account.hpp"
#include "net/fragment_store.hpp"
#include "net/layer.hpp"
#include "net/segment.hpp"
#include "stage.hpp"

namespace sipstatus::tool {

class packet_decoder final : public stage<packet> {
public:
    // Both must outlive the decoder.
    packet_decoder(stage<segment> &next, account &left_out) : next_(next), left_out_(left_out) {}

    void push(const packet &item) override;
    void finish() override;

private:
    void read_on(dissection &packet, step next);
    void hand_on_lost();

    stage<segment> &next_;
    account &left_out_;
    fragment_store fragments_;
};

} // namespace sipstatus::tool

#endif
