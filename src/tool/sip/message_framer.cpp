#include "sip/message_framer.hpp"

#include "sip/header_fields.hpp"
#include "start_line.hpp"

#include <algorithm>

namespace sipstatus::tool {

namespace {

// After more octets than these, a status line belongs to another protocol.
constexpr std::size_t most_octets_before = 32;
constexpr unread_kind wrapped{"wrapped", "datagram", "with a status line inside another protocol"};
constexpr unread_kind too_many_heads{"heads", "message", "on TCP given up: too many were not whole", unread_unit::part};

} // namespace

void message_framer::push(const segment &item) {
    if (item.carriage == carriage::stream)
        push_stream(item);
    else
        push_message(item, item.octets);
}

// A datagram holds one message. It claims to be a response if it begins like one, or if a status line stands after a
// few octets that do not belong there.
void message_framer::push_message(const segment &carrier, std::string_view octets) {
    std::size_t octets_before = 0;
    const bool is_request = begins_like_request(octets);
    if (is_request) {
        if (requests_) requests_->push(message_of(carrier, octets));
    } else {
        if (!claims_to_be_response(octets)) {
            const auto at = find_status_line(octets);
            if (!at) return;
            if (*at > most_octets_before)
                return left_out_.leave_out(wrapped, 0, carrier.frames.last, account::suspicion::looks_like_sip);
            octets_before = *at;
        }
        auto made = message_of(carrier, octets);
        made.octets_before = octets_before;
        next_.push(made);
    }
    if (!reads_sipfrag_) return;
    const auto extent = read_extent(octets.substr(octets_before));
    if (!extent || !extent->has_sipfrag()) return;
    const auto body = octets.substr(octets_before + extent->head_size);
    push_sipfrag(carrier,
                 body.substr(0, std::min<std::uint64_t>(extent->content_length.value_or(body.size()), body.size())));
}

void message_framer::push_head(const segment &carrier, std::string_view octets) {
    const bool is_response = claims_to_be_response(octets);
    if (!is_response && !requests_) return;
    auto made = message_of(carrier, octets);
    made.is_in_stream = true;
    if (is_response)
        next_.push(made);
    else if (begins_like_request(octets))
        requests_->push(made);
}

void message_framer::push_sipfrag(const segment &carrier, std::string_view body) {
    if (!claims_to_be_response(body)) return;
    auto made = message_of(carrier, body);
    made.is_sipfrag = true;
    next_.push(made);
}

message message_framer::message_of(const segment &carrier, std::string_view octets) const {
    message made;
    made.file = file_;
    made.frames = carrier.frames;
    made.time = carrier.time;
    made.transport = carrier.transport;
    made.source = carrier.source;
    made.destination = carrier.destination;
    made.octets = octets;
    made.truncation = carrier.truncation;
    made.layers = carrier.layers;
    made.has_conflict = carrier.has_conflict;
    return made;
}

void message_framer::push_stream(const segment &item) {
    auto at = streams_.find(item.stream.id);
    if (at == streams_.end()) {
        if (item.stream.ends) return;
        at = streams_.try_emplace(item.stream.id, static_cast<framed_messages &>(*this), left_out_, reads_sipfrag_)
                 .first;
    }
    auto &stream = at->second;
    octets_kept_ -= stream.octets_kept();
    if (!item.stream.ends) stream.push(item);
    octets_kept_ += stream.octets_kept();
    if (octets_kept_ > most_octets)
        left_out_.leave_out(too_many_heads, 0, item.frames.last, account::suspicion::looks_like_sip);
    if (!item.stream.ends && octets_kept_ <= most_octets) return;
    octets_kept_ -= stream.octets_kept();
    stream.finish();
    streams_.erase(at);
}

// The reassembler has ended every stream.
void message_framer::finish() {
    next_.finish();
}

} // namespace sipstatus::tool
