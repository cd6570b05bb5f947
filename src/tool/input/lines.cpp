#include "input/lines.hpp"

#include <sipstatus/status_line.hpp>

namespace sipstatus::tool {

namespace {

// The parser's limit and one octet more, so that a line of the limit is told from a longer one.
constexpr std::size_t longest_line = parse_options{}.limit + 1;
// The same with the octets that may end the line.
constexpr std::size_t most_of_a_line = longest_line + 2;

} // namespace

line_reader::line_reader(source &in) : in_(in) {
    if (in_.look(3).substr(0, 3) == "\xef\xbb\xbf") in_.skip(3);
}

bool line_reader::next(text_line &to) {
    in_.skip(unread_);
    if (rest_is_skipped_) skip_rest();
    std::size_t searched = 0;
    auto octets = in_.look(1);
    if (octets.empty()) return false;
    auto end = octets.npos;
    while ((end = octets.substr(0, most_of_a_line).find('\n', searched)) == octets.npos &&
           octets.size() < most_of_a_line) {
        searched = octets.size();
        octets = in_.look(searched + 1);
        if (octets.size() == searched) break;
    }
    to.number = ++number_;
    to.is_cut = end == octets.npos && octets.size() >= most_of_a_line;
    rest_is_skipped_ = to.is_cut;
    unread_ = end != octets.npos ? end + 1 : to.is_cut ? most_of_a_line : octets.size();
    to.octets = octets.substr(0, end != octets.npos ? end : unread_);
    if (!to.is_cut && !to.octets.empty() && to.octets.back() == '\r') to.octets.remove_suffix(1);
    return true;
}

void line_reader::skip_rest() {
    rest_is_skipped_ = false;
    for (;;) {
        const auto octets = in_.look(1);
        if (octets.empty()) return;
        const auto end = octets.find('\n');
        in_.skip(end == octets.npos ? octets.size() : end + 1);
        if (end != octets.npos) return;
    }
}

} // namespace sipstatus::tool
