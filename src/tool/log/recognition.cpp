#include "log/recognition.hpp"

#include "log/header_lines.hpp"
#include "log/line_ends.hpp"
#include "log/log_format.hpp"
#include "log/status_text.hpp"
#include "log/times.hpp"
#include "log/version_scanner.hpp"
#include "log/words.hpp"

#include <optional>
#include <string_view>

namespace sipstatus::tool {

namespace {

constexpr std::size_t most_looked_at = 65'536;

bool is_header_field(std::string_view line) {
    // "i: x" alone may be anything.
    return begins_with_known_field(line, false) || begins_with(line, "v: SIP/2.0/");
}

bool has_status_line(std::string_view line) {
    for (auto at = find_version(line, 0); at != line.npos; at = find_version(line, at + version_size))
        if (look_after_version(line.substr(at)) == after_version::code &&
            may_begin_after(line.substr(0, at), line.substr(at)))
            return true;
    return false;
}

// Takes the lines in turn; knows the answer as soon as one decides.
class judge {
public:
    std::optional<bool> hear(std::string_view line) {
        line = without_line_end(line);
        if (without_blanks_before(line).empty()) return std::nullopt;
        ++lines_;
        if (begins_with(line, "SIP/")) {
            ++lists_;
            if (lists_ == 2 && lines_ == 2) return false;
        } else if (is_header_field(line) || begins_with_time(line) || is_introduction(line) ||
                   has_arrow_between_peers(line)) {
            return true;
        } else if (has_status_line(line)) {
            ++logs_;
        }
        return std::nullopt;
    }

    // Whether all that came is the first line of a list.
    bool has_begun_list() const { return lines_ == 1 && lists_ == 1; }

    bool decide(bool is_whole_text) const {
        if (logs_ != 0) return logs_ >= lists_;
        return !is_whole_text && lists_ == 0;
    }

private:
    std::size_t lines_ = 0; // that are not blank
    std::size_t lists_ = 0; // that begin with "SIP/"
    std::size_t logs_ = 0;  // that hold a status line after something else
};

} // namespace

bool is_log(source &in) {
    judge one;
    std::size_t at = 0;
    auto text = in.look(1);
    if (text.size() < 3) text = in.look(3);
    if (text.substr(0, 3) == "\xef\xbb\xbf") at = 3;
    for (;;) {
        text = text.substr(0, most_looked_at);
        for (auto end = text.find('\n', at); end != text.npos; end = text.find('\n', at)) {
            if (const auto known = one.hear(text.substr(at, end - at))) return *known;
            at = end + 1;
        }
        const auto seen = text.size();
        if (seen >= most_looked_at) return one.decide(false);
        // A person who types, or a log that is quiet, shall not wait for the answer.
        if (at == seen && one.has_begun_list() && in.is_idle()) return false;
        text = in.look(seen + 1);
        if (text.size() > seen) continue;
        if (const auto known = one.hear(text.substr(at))) return *known;
        return one.decide(true);
    }
}

} // namespace sipstatus::tool
