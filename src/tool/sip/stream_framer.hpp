#ifndef SIPSTATUS_TOOL_SIP_STREAM_FRAMER_HPP
#define SIPSTATUS_TOOL_SIP_STREAM_FRAMER_HPP

// The messages of one TCP stream (RFC 3261 sections 7.5 and 18.3). What the stream carries is told by its octets, never
// by its ports: SIP, a WebSocket with SIP in it, packets of HEP, TLS, or something that does not concern us. Of a
// message the head is kept until it is whole; a body is passed by its Content-Length. After a gap, or where a
// Content-Length is wrong, the next start line at the start of a line begins a message.

#include "account.hpp"
#include "sip/message.hpp"
#include "sip/websocket.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sipstatus::tool {

// Takes what a stream framer finds.
class framed_messages {
public:
    // A message with its own end points is a packet of HEP; others have those of the stream's segment.
    virtual void push_message(const segment &carrier, std::string_view octets) = 0; // like a datagram
    virtual void push_head(const segment &carrier, std::string_view octets) = 0;    // of a message of the stream
    virtual void push_sipfrag(const segment &carrier, std::string_view body) = 0;

protected:
    ~framed_messages() = default;
};

class stream_framer {
public:
    // A head that is longer is cut here.
    static constexpr std::size_t longest_head = 65'536;

    // All must outlive the framer.
    stream_framer(framed_messages &to, account &left_out, bool reads_sipfrag)
        : to_(to), left_out_(left_out), reads_sipfrag_(reads_sipfrag) {}

    void push(const segment &item);

    // The stream ends, or is given up: what is kept of a message is cut here.
    void finish();

    std::size_t octets_kept() const noexcept { return pending_.size(); }

private:
    enum class mode : std::uint8_t {
        start,     // no octet was seen
        sip,       // a message begins here, or a keep-alive
        body,      // of a message of SIP
        searching, // for the start of a message
        http,      // the head of a request or of its answer
        websocket,
        hep,
        tls,
        foreign
    };

    void take(const segment &item, std::string_view octets);
    void start_pending(const segment &item);
    // Each takes what it can off the octets; false where more octets are needed.
    bool take_start(std::string_view &octets);
    bool take_message(std::string_view &octets);
    bool take_body(std::string_view &octets);
    bool take_rubbish(std::string_view &octets);
    bool take_http(std::string_view &octets);
    bool take_websocket(std::string_view &octets);
    bool take_hep(std::string_view &octets);

    void pass_gap(const segment &item);
    void search(const unread_kind *why);
    void push_cut_head();
    segment carrier() const;
    void count(const unread_kind &why, account::suspicion what, std::uint32_t number = 0);

    framed_messages &to_;
    account &left_out_;
    bool reads_sipfrag_;
    mode mode_ = mode::start;
    bool from_start_ = false, is_at_segment_start_ = false, has_had_sip_ = false;
    std::string pending_;                   // octets that wait for more
    std::size_t searched_ = 0;              // of the pending octets
    frame_range pending_frames_;            // that they stand in
    std::optional<timestamp> pending_time_; // of the last of these
    bool pending_conflict_ = false;
    std::uint64_t body_left_ = 0;
    bool body_may_have_message_ = false;
    std::unique_ptr<websocket_reader> websocket_;
    segment carrier_; // the last one
};

} // namespace sipstatus::tool

#endif
