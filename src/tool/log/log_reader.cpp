#include "log/log_reader.hpp"

#include "log/line_ends.hpp"
#include "log/status_text.hpp"
#include "log/version_scanner.hpp"
#include "log/words.hpp"

#include <sipstatus/status_line.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

namespace sipstatus::tool {

namespace {

// How much stays in the window before the place that is looked at.
constexpr std::size_t most_before = 32'768;
// How much of a line before a status line is looked at.
constexpr std::size_t most_of_line_before = 8192;
// Blanks and control sequences may stand between the version and the code.
constexpr std::size_t most_of_version = version_size + 32;
// The parser's limit and one octet more, so that a line of the limit is told from a longer one.
constexpr std::size_t longest_line = parse_options{}.limit + 1;

// Before a start line that tcpdump recognised.
constexpr std::string_view tcpdump_mark = ": SIP: ";

constexpr unread_kind line_kind{"log-line", "line", "without a status line"};
constexpr unread_kind hex_kind{"hex-dump", "line", "of a hex dump with a status line", unread_unit::part};
constexpr unread_kind sipfrag_kind{"sipfrag", "status line", "in a body of type message/sipfrag", unread_unit::part};

} // namespace

log_reader::log_reader(source &in, account &left_out, bool reads_sipfrag)
    : in_(in), left_out_(left_out), reads_sipfrag_(reads_sipfrag) {
    if (in_.look(3).substr(0, 3) == "\xef\xbb\xbf") in_.skip(3);
    window_ = in_.look(1);
}

// Drops what is far behind, and looks at more; false where the input ends.
bool log_reader::grow() {
    if (is_at_end_) return false;
    count_up_to(at_);
    if (at_ > most_before) {
        const auto drop = at_ - most_before;
        in_.skip(drop);
        offset_ += drop;
        at_ -= drop;
        counted_ -= drop;
        last_entry_ -= std::min(last_entry_, drop);
        window_.remove_prefix(drop);
    }
    const auto size = window_.size();
    window_ = in_.look(size + 1);
    is_at_end_ = window_.size() == size;
    return !is_at_end_;
}

void log_reader::count_up_to(std::size_t place) {
    const auto part = window_.substr(counted_, place - counted_);
    if (part.empty()) return;
    line_ends_ += count_line_ends(part);
    if (const auto *const last = static_cast<const char *>(memrchr(part.data(), '\n', part.size())))
        line_begin_ = offset_ + static_cast<std::size_t>(last - window_.data()) + 1;
    counted_ = place;
    has_open_line_ = offset_ + place > line_begin_;
}

// Moves on to the next "SIP/2.0" with something after it that may belong to a status line.
bool log_reader::find_candidate() {
    for (;;) {
        const auto found = find_version(window_, at_);
        if (found != window_.npos &&
            (found + most_of_version <= window_.size() || is_at_end_ || window_.find('\n', found) != window_.npos)) {
            at_ = found;
            if (look_after_version(window_.substr(at_, most_of_version)) != after_version::other) return true;
            at_ += version_size;
            continue;
        }
        if (is_at_end_) {
            at_ = window_.size();
            return false;
        }
        // The window may end within a version.
        at_ =
            found != window_.npos ? found : std::max(at_, window_.size() - std::min(window_.size(), version_size - 1));
        grow();
    }
}

// Where the line ends that the candidate stands in, or a place after which no status line goes on. Both count from it.
std::size_t log_reader::end_of_line() {
    const auto here = offset_ + at_;
    // What an earlier candidate of the line has searched is not searched again.
    if (here >= searched_to_) searched_to_ = here;
    for (;;) {
        const auto text = window_.substr(at_, longest_line + 2);
        const auto searched = std::min<std::uint64_t>(searched_to_ - (offset_ + at_), text.size());
        const auto end = text.find('\n', searched);
        searched_to_ = offset_ + at_ + std::min(end, text.size());
        if (end != text.npos) return end;
        if (text.size() == longest_line + 2 || !grow()) return text.size();
    }
}

bool log_reader::next(log_entry &to) {
    while (find_candidate()) {
        if (read_candidate(to)) return true;
        at_ += version_size;
    }
    count_up_to(window_.size());
    return false;
}

void log_reader::account_for_lines() {
    if (const auto ignored = lines() - entry_lines_; ignored != 0)
        left_out_.leave_out(line_kind, 0, first_ignored_ != 0 ? first_ignored_ : entry_lines_ + 1,
                            account::suspicion::none, ignored);
    entry_lines_ = lines();
}

// Looks at what stands around the candidate.
surroundings log_reader::look_around(std::size_t line_end) const {
    surroundings around;
    const auto in_line = offset_ + at_ - line_begin_;
    const auto begin = in_line > at_ ? 0 : at_ - static_cast<std::size_t>(in_line);
    const auto before_begin = std::max({begin, last_entry_, at_ - std::min(at_, most_of_line_before)});
    around.before = window_.substr(before_begin, at_ - before_begin);
    around.text = without_line_end(window_.substr(at_, line_end));
    // What stands in another message tells nothing of this one.
    if (in_line <= at_ && last_entry_ <= begin)
        around.above = lines_above(window_.substr(last_entry_, begin - last_entry_));
    return around;
}

// Up to where the text of a candidate goes: another one may stand in the line.
std::size_t log_reader::end_of_text(std::size_t line_end) const {
    const auto line = window_.substr(at_, line_end);
    for (auto other = find_version(line, version_size); other != line.npos;
         other = find_version(line, other + version_size))
        if (look_after_version(line.substr(other, most_of_version)) == after_version::code) return other;
    return line_end;
}

// Whether a status line may stand in any place of the line: tcpdump -A prints a packet's headers before it.
bool log_reader::is_payload_of_tcpdump(const surroundings &around) {
    constexpr std::size_t longest_heading = 512;
    if (payload_line_ != line_ends_ + 1) {
        payload_line_ = line_ends_ + 1;
        auto above = around.above;
        std::string_view line;
        is_payload_ = above.next(line) && line.size() <= longest_heading && has_arrow_between_peers(line);
    }
    return is_payload_;
}

// Whether a logger wrote the status line of the last entry a second time.
bool log_reader::is_repeated(const surroundings &around) const {
    // PDML has an attribute for people and one for programs.
    if (entry_line_ == line_ends_ + 1) return around.before.ends_with(" show=\"");
    // tcpdump -A has it in the packet's own line and in its octets.
    return entry_line_ == line_ends_ && has_tcpdump_heading_ && !around.before.empty() &&
           !around.before.ends_with(tcpdump_mark);
}

// A dot stands for CR in each line of ngrep -W byline.
bool log_reader::has_dots_for_cr(std::string_view status, std::size_t line_end) const {
    if (!status.ends_with('.')) return false;
    auto below = window_.substr(std::min(at_ + line_end + 1, window_.size()));
    below = without_line_end(below.substr(0, below.find('\n')));
    return below.ends_with('.') && begins_with_known_field(without_quote_marks(below), true);
}

bool log_reader::read_candidate(log_entry &to) {
    count_up_to(at_);
    const auto number = line_ends_ + 1;
    const auto kind = look_after_version(window_.substr(at_, most_of_version));
    // A code that is not one needs more to go by, and is looked at once in a line.
    if (kind == after_version::unsure && std::exchange(unsure_line_, number) == number) return false;
    auto line_end = end_of_line();
    const auto text_end = end_of_text(line_end);
    auto around = look_around(text_end);
    if (!may_begin_after(around.before, around.text) && !is_payload_of_tcpdump(around)) return false;
    if (is_repeated(around) || is_before_field_value(around.before, around.above)) return false;
    if (is_after_hex_dump(around.before)) {
        left_out_.leave_out(hex_kind, 0, number, account::suspicion::none);
        return false;
    }
    auto status = status_line_in(around.before, around.text);
    // The lines below belong to the last message of a line. PDML has each twice.
    const bool is_last = text_end == line_end || is_wireshark_field(around.before);
    bool has_dots = false;
    for (bool may_grow = true;;) {
        has_dots = has_dots_for_cr(status, line_end);
        const auto below = is_last ? window_.substr(std::min(at_ + line_end + 1, window_.size())) : std::string_view{};
        read_header(around.text.substr(status.size()), below, around.before, has_dots, header_);
        if (!may_grow || !header_.needs_more || !is_last || (below.empty() && in_.is_idle())) break;
        // The octets move, even if there are no more.
        may_grow = grow();
        around = look_around(text_end);
        status = around.text.substr(0, status.size());
    }
    if (has_dots) status.remove_suffix(1);

    // A code that is not one needs a header, or a line that introduces a message.
    if (kind == after_version::unsure && header_.lines.empty() && !is_introduction(around.near(0))) return false;

    to.from = entry_origin_;
    if (entry_line_ != number) {
        to.from = {};
        formats_.read(around, to.from);
    }
    to.is_sipfrag = is_in_sipfrag(around.above, around.before);
    if (to.is_sipfrag && !reads_sipfrag_) {
        left_out_.leave_out(sipfrag_kind, 0, number, account::suspicion::none);
        return false;
    }

    to.line = number;
    to.column = offset_ + at_ - line_begin_ + 1;
    made_.clear();
    append_without_control_sequences(status, made_);
    if (status.size() <= longest_line) made_.append("\r\n").append(header_.lines);
    to.octets = made_;
    note_entry(to, around);
    at_ += std::max(status.size(), version_size);
    last_entry_ = at_;
    return true;
}

void log_reader::note_entry(const log_entry &one, const surroundings &around) {
    if (entry_line_ != one.line) {
        if (first_ignored_ == 0 && one.line != entry_lines_ + 1) first_ignored_ = entry_lines_ + 1;
        ++entry_lines_;
    }
    entry_line_ = one.line;
    entry_origin_ = one.from;
    has_tcpdump_heading_ = around.before.ends_with(tcpdump_mark);
}

} // namespace sipstatus::tool
