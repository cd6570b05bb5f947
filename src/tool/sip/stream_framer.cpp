#include "sip/stream_framer.hpp"

#include "input/byte_order.hpp"
#include "net/hep.hpp"
#include "sip/header_fields.hpp"
#include "start_line.hpp"

#include <sipstatus/status.hpp>

#include <algorithm>

namespace sipstatus::tool {

namespace {

constexpr unread_kind gap{"tcp-gap", "gap", "in a TCP stream with SIP", unread_unit::part};
constexpr unread_kind gap_elsewhere{"tcp-gap-elsewhere", "gap", "in a TCP stream without SIP", unread_unit::part};
constexpr unread_kind wrong_length{"content-length", "message",
                                   "with a wrong Content-Length: the next one was searched for", unread_unit::part};
constexpr unread_kind long_head{"long-head", "message", "with a head of more than 65536 octets, on TCP",
                                unread_unit::part};
constexpr unread_kind tls_segment{"tls", "TCP segment", "of TLS on port {}, not readable without keys"};
constexpr unread_kind hep_packet{"hep", "HEP packet", "on TCP, malformed or compressed", unread_unit::part};

// A record of TLS (RFC 8446 section 5.1): a type, version 3.x, a length.
bool begins_like_tls(std::string_view octets) noexcept {
    constexpr unsigned longest_record = (1u << 14) + 2048;
    if (octets.size() < 5) return false;
    const auto type = octet_at(octets, 0);
    return type >= 20 && type <= 23 && octet_at(octets, 1) == 3 && octet_at(octets, 2) <= 4 &&
           big_16(octets, 3) <= longest_record && big_16(octets, 3) != 0;
}

bool begins_like_http(std::string_view octets) noexcept {
    if (octets.substr(0, 7) == "HTTP/1.") return true;
    for (const std::string_view method : {"GET /", "POST /", "PUT /", "HEAD /", "OPTIONS /", "CONNECT ", "DELETE /"})
        if (octets.substr(0, method.size()) == method) return true;
    return false;
}

// Whether a head of HTTP turns the stream into a WebSocket (RFC 6455 section 4): a request may, its answer says 101.
bool asks_for_websocket(std::string_view head) noexcept {
    if (head.substr(0, 5) == "HTTP/" && head.substr(8, 4) != " 101") return false;
    for (auto at = head.find('\n'); at != head.npos; at = head.find('\n', at + 1)) {
        constexpr std::string_view name = "Upgrade:", protocol = "websocket";
        auto line = head.substr(at + 1);
        if (!tables::equal_but_for_case(line.substr(0, name.size()), name)) continue;
        line.remove_prefix(name.size());
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (tables::equal_but_for_case(line.substr(0, protocol.size()), protocol)) return true;
    }
    return false;
}

// Whether a header field follows the first line: a body that quotes a start line seldom goes on so.
bool has_header_field_after_line(std::string_view octets) noexcept {
    const auto line_end = octets.find('\n');
    if (line_end == octets.npos) return false;
    const auto next = octets.substr(line_end + 1);
    const auto name_end = next.find_first_of(": \t\r\n");
    return name_end != next.npos && name_end != 0 && next[name_end] == ':';
}

// The port that tells people which service a stream belongs to.
std::uint16_t service_port(const segment &item) noexcept {
    const auto a = item.source.port, b = item.destination.port;
    if (is_sip_port(a) || is_sip_port(b)) return is_sip_port(a) ? a : b;
    return std::min(a, b);
}

} // namespace

void stream_framer::push(const segment &item) {
    // Of the pending octets the carrier is the last one that they came in.
    if (item.stream.lost_before != 0) pass_gap(item);
    carrier_ = item;
    carrier_.octets = {};
    if (mode_ == mode::start) from_start_ = item.stream.from_start && item.stream.lost_before == 0;
    is_at_segment_start_ = true;
    if (pending_.empty()) {
        start_pending(item);
        return take(item, item.octets);
    }
    pending_ += item.octets;
    // Segments that had to wait are older than those that came in their place.
    pending_frames_.first = std::min(pending_frames_.first, item.frames.first);
    if (item.frames.last >= pending_frames_.last) {
        pending_frames_.last = item.frames.last;
        pending_time_ = item.time;
    }
    pending_conflict_ = pending_conflict_ || item.has_conflict;
    is_at_segment_start_ = false;
    std::string all;
    all.swap(pending_);
    take(item, all);
}

void stream_framer::take(const segment &item, std::string_view octets) {
    const auto size = octets.size();
    bool goes_on = true;
    while (goes_on && !octets.empty()) {
        const auto before = octets.size();
        switch (mode_) {
        case mode::start: goes_on = take_start(octets); break;
        case mode::sip: goes_on = take_message(octets); break;
        case mode::body: goes_on = take_body(octets); break;
        case mode::searching: goes_on = take_rubbish(octets); break;
        case mode::http: goes_on = take_http(octets); break;
        case mode::websocket: goes_on = take_websocket(octets); break;
        case mode::hep: goes_on = take_hep(octets); break;
        case mode::tls:
            left_out_.leave_out(tls_segment, service_port(item), item.frames.last,
                                is_sip_port(service_port(item)) ? account::suspicion::unknown
                                                                : account::suspicion::none);
            octets = {};
            break;
        case mode::foreign: goes_on = take_start(octets); break;
        }
        if (octets.size() != before) {
            is_at_segment_start_ = false;
            searched_ = 0;
            start_pending(item);
        }
    }
    if (size != 0) pending_.assign(octets);
}

void stream_framer::start_pending(const segment &item) {
    pending_frames_ = item.frames;
    pending_time_ = item.time;
    pending_conflict_ = item.has_conflict;
}

// What the stream is, at its start, after a gap, and at the start of a segment while it is nothing known.
bool stream_framer::take_start(std::string_view &octets) {
    const bool was_foreign = mode_ == mode::foreign;
    if (was_foreign && !is_at_segment_start_) {
        octets = {};
        return true;
    }
    if (begins_like_sip(octets)) {
        mode_ = mode::sip;
    } else if (begins_like_tls(octets)) {
        mode_ = mode::tls;
    } else if (octets.substr(0, 4) == "HEP3") {
        mode_ = mode::hep;
    } else if (!was_foreign && begins_like_http(octets)) {
        mode_ = mode::http;
    } else if (!from_start_ && begins_like_websocket_sip(octets)) {
        mode_ = mode::websocket;
    } else if (was_foreign) {
        octets = {};
    } else if (const auto blank = octets.find_first_not_of("\r\n");
               from_start_ && (blank == octets.npos || blank != 0)) {
        octets.remove_prefix(std::min(blank, octets.size())); // keep-alives before the first message
    } else if (constexpr std::size_t enough = 40;
               from_start_ && octets.size() < enough && (may_begin_like_sip(octets) || octets.size() < 8)) {
        return false;
    } else {
        mode_ = from_start_ ? mode::foreign : mode::searching;
        if (mode_ == mode::foreign) octets = {};
    }
    return true;
}

bool stream_framer::take_message(std::string_view &octets) {
    // Empty lines before a message, and those that keep a connection alive (RFC 5626 section 3.5.1).
    octets.remove_prefix(std::min(octets.find_first_not_of("\r\n"), octets.size()));
    if (octets.empty()) return true;
    if (!begins_like_sip(octets)) {
        if (may_begin_like_sip(octets)) return false;
        search(&wrong_length);
        return true;
    }
    has_had_sip_ = true;
    const auto end = find_head_end(octets, searched_);
    if (end == octets.npos) {
        if (octets.size() <= longest_head) {
            searched_ = octets.size();
            return false;
        }
        count(long_head, account::suspicion::none);
        to_.push_head(carrier(), octets.substr(0, longest_head));
        octets.remove_prefix(longest_head);
        search(nullptr);
        return true;
    }
    const auto extent = read_extent(octets.substr(0, end)).value_or(message_extent{});
    const bool has_length = extent.content_length.has_value();
    const auto length = extent.content_length.value_or(0);
    const bool wants_body = reads_sipfrag_ && extent.has_sipfrag() && has_length && length <= longest_head;
    if (wants_body && octets.size() < end + length) {
        searched_ = end - 1;
        return false;
    }
    const auto from = carrier();
    to_.push_head(from, octets.substr(0, end));
    if (wants_body) to_.push_sipfrag(from, octets.substr(end, static_cast<std::size_t>(length)));
    octets.remove_prefix(end);
    if (!has_length) {
        search(nullptr); // without a Content-Length the next start line ends the message
    } else if (length != 0) {
        body_left_ = length;
        body_may_have_message_ = extent.may_have_message();
        mode_ = mode::body;
    }
    return true;
}

bool stream_framer::take_body(std::string_view &octets) {
    const auto part = octets.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(body_left_, octets.size())));
    // A body that goes on in other segments may be no body: its length may be wrong, and messages stand where it
    // should.
    if (!body_may_have_message_ && (part.size() < body_left_ || is_at_segment_start_)) {
        const auto searched = part.size() < body_left_ ? part : part.substr(0, 64);
        const auto at = find_start_of_message(searched);
        if (at && (*at != 0 || is_at_segment_start_) && has_header_field_after_line(octets.substr(*at))) {
            octets.remove_prefix(*at);
            count(wrong_length, account::suspicion::none);
            mode_ = mode::sip;
            return true;
        }
    }
    octets.remove_prefix(part.size());
    body_left_ -= part.size();
    if (body_left_ == 0) mode_ = mode::sip;
    return true;
}

bool stream_framer::take_rubbish(std::string_view &octets) {
    if (is_at_segment_start_ && !has_had_sip_) {
        const auto before = mode_;
        if (begins_like_tls(octets)) mode_ = mode::tls;
        if (octets.substr(0, 4) == "HEP3") mode_ = mode::hep;
        if (begins_like_websocket_sip(octets)) mode_ = mode::websocket;
        if (mode_ != before) return true;
    }
    if (const auto at = find_start_of_message(octets)) {
        octets.remove_prefix(*at);
        mode_ = mode::sip;
        return true;
    }
    // The last line may be the start of a start line. Nothing before it is needed.
    const auto line = octets.rfind('\n') + 1; // 0 where there is none
    const auto last = octets.substr(line);
    constexpr std::size_t longest_start = 64;
    const bool may_be_start = (line != 0 || is_at_segment_start_ || searched_ != 0) && last.size() < longest_start &&
                              (may_begin_like_sip(last) || begins_like_sip(last));
    if (!may_be_start) {
        octets = {};
        return true;
    }
    octets = last;
    searched_ = 1;
    return false;
}

bool stream_framer::take_http(std::string_view &octets) {
    const auto end = find_head_end(octets, searched_);
    if (end == octets.npos) {
        if (octets.size() > longest_head) mode_ = mode::foreign;
        searched_ = octets.size();
        return mode_ == mode::foreign;
    }
    const auto head = octets.substr(0, end);
    octets.remove_prefix(end);
    if (asks_for_websocket(head)) {
        mode_ = mode::websocket;
    } else {
        // What follows is the business of HTTP.
        from_start_ = true;
        mode_ = mode::foreign;
        octets = {};
    }
    return true;
}

bool stream_framer::take_websocket(std::string_view &octets) {
    if (!websocket_) websocket_ = std::make_unique<websocket_reader>();
    auto from = carrier();
    from.transport = transport::ws;
    const bool are_frames =
        websocket_->push(octets, [&](std::string_view message) { to_.push_message(from, message); });
    octets = {};
    if (!are_frames) {
        websocket_.reset();
        search(&wrong_length);
    }
    return true;
}

bool stream_framer::take_hep(std::string_view &octets) {
    if (octets.size() < 6) return false;
    const auto length = hep_length(octets);
    if (!length) {
        search(&hep_packet);
        return true;
    }
    if (octets.size() < *length) return false;
    auto from = carrier();
    if (!from.layers.is_full()) from.layers.push(layer::hep);
    if (decode_hep(octets.substr(0, *length), from) == hep_result::ok)
        to_.push_message(from, from.octets);
    else
        count(hep_packet, account::suspicion::unknown);
    octets.remove_prefix(*length);
    return true;
}

void stream_framer::pass_gap(const segment &item) {
    const auto lost = item.stream.lost_before;
    const bool is_in_body = mode_ == mode::body && lost <= body_left_ && pending_.empty();
    const bool has_sip = has_had_sip_ || mode_ == mode::websocket || mode_ == mode::hep ||
                         (mode_ == mode::start && find_start_of_message(item.octets));
    carrier_.frames.last = item.frames.last;
    if (mode_ != mode::start || item.stream.from_start)
        count(has_sip ? gap : gap_elsewhere,
              has_sip && !is_in_body ? account::suspicion::unknown : account::suspicion::none);
    if (is_in_body) {
        body_left_ -= lost;
        if (body_left_ == 0) mode_ = mode::sip;
        return;
    }
    if (mode_ == mode::tls || mode_ == mode::foreign ||
        (mode_ == mode::websocket && websocket_ && websocket_->pass_gap(lost)))
        return;
    push_cut_head();
    websocket_.reset();
    from_start_ = false;
    mode_ = mode::start;
}

void stream_framer::finish() {
    push_cut_head();
}

// The octets after these are not in the capture.
void stream_framer::push_cut_head() {
    carrier_.truncation = truncation::gap;
    if (mode_ == mode::sip && begins_like_sip(pending_)) to_.push_head(carrier(), pending_);
    if (mode_ == mode::websocket && websocket_ && !websocket_->unfinished().empty()) {
        carrier_.transport = transport::ws;
        to_.push_message(carrier(), websocket_->unfinished());
    }
    pending_.clear();
    searched_ = 0;
}

// The segment that the pending octets end in, with the frames of all of them.
segment stream_framer::carrier() const {
    auto made = carrier_;
    made.frames = pending_frames_;
    made.time = pending_time_;
    made.has_conflict = pending_conflict_;
    return made;
}

void stream_framer::search(const unread_kind *why) {
    if (why) count(*why, account::suspicion::none);
    mode_ = mode::searching;
    is_at_segment_start_ = true;
}

void stream_framer::count(const unread_kind &why, account::suspicion what, std::uint32_t number) {
    left_out_.leave_out(why, number, carrier_.frames.last, what);
}

} // namespace sipstatus::tool
