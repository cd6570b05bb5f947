#include "stream.hpp"

#include "message.hpp"

#include <algorithm>

namespace proxy {

void stream::drop(std::size_t count) {
    begin_ += count;
    if (begin_ == buffer_.size() || begin_ > limit) {
        buffer_.erase(0, begin_);
        begin_ = 0;
    }
}

stream::state stream::next() {
    if (taken_ != 0) {
        drop(taken_);
        taken_ = scanned_ = 0;
        is_line_read_ = false;
        line_ = {};
    }
    // CRLFs between messages keep the connection alive (RFC 5626 section 3.5.1).
    if (!is_line_read_)
        while (rest().starts_with("\r\n")) {
            drop(2);
            line_ = {};
        }

    const auto view = rest();
    if (!is_line_read_) {
        line_ = resume(line_, view);
        if (line_.outcome == sipstatus::outcome::incomplete)
            return view.size() > limit ? state::broken : state::incomplete;
        if (is_error(line_.outcome) && line_.outcome != sipstatus::outcome::not_status_line) return state::broken;
        is_line_read_ = true;
        // The line's own end may be the first half of the end of the headers.
        scanned_ = line_ ? line_.consumed - std::min<std::size_t>(line_.consumed, 2) : 0;
    }
    const auto end = view.find("\r\n\r\n", scanned_);
    if (end == view.npos) {
        scanned_ = std::max(scanned_, view.size() - std::min<std::size_t>(view.size(), 3));
        return view.size() > limit ? state::broken : state::incomplete;
    }
    const auto start = line_ ? line_.consumed : view.find("\r\n") + 2;
    const auto head = read_message(view.substr(0, end + 4), start);
    const auto length = head ? content_length(*head) : std::nullopt;
    // In a stream Content-Length is what tells where the message ends (RFC 3261 section 20.14).
    if (!length || !head->find("Content-Length") || end + 4 + *length > limit) return state::broken;
    if (view.size() < end + 4 + *length) {
        scanned_ = end;
        return state::incomplete;
    }
    taken_ = end + 4 + *length;
    message_ = view.substr(0, taken_);
    return state::message;
}

} // namespace proxy
