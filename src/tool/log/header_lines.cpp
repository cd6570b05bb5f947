#include "log/header_lines.hpp"

#include "log/line_ends.hpp"
#include "log/words.hpp"
#include "octets.hpp"

#include <sipstatus/status.hpp>

#include <algorithm>

namespace sipstatus::tool {

namespace {

// The longest header that is read, and the most of its lines.
constexpr std::size_t most_below = 65'536;
constexpr std::size_t most_lines_below = 256;

constexpr std::string_view field_names[] = {
    "Via",
    "From",
    "To",
    "Call-ID",
    "CSeq",
    "Contact",
    "Max-Forwards",
    "Record-Route",
    "Route",
    "Content-Length",
    "User-Agent",
    "Content-Type",
    "Allow",
    "Supported",
    "Require",
    "Allow-Events",
    "Expires",
    "RSeq",
    "RAck",
    "Session-Expires",
    "Min-SE",
    "Proxy-Authenticate",
    "WWW-Authenticate",
    "Authorization",
    "Proxy-Authorization",
    "P-Asserted-Identity",
    "Remote-Party-ID",
    "Retry-After",
    "Reason",
    "Accept",
    "Event",
    "Min-Expires",
    "Unsupported",
    "Diversion",
    "Refer-To",
    "Content-Disposition",
    "Accept-Language",
    "Accept-Encoding",
    "P-Charging-Vector",
    "Session-ID",
    "Service-Route",
    "Path",
    "MIME-Version",
    "Privacy",
    "Content-Encoding",
    "Subscription-State",
    "SIP-ETag",
    "Referred-By",
    "Replaces",
    "Alert-Info",
    "Call-Info",
    "Error-Info",
    "Geolocation",
    "History-Info",
    "P-Preferred-Identity",
};
constexpr std::string_view compact_names = "viftmclkesrxuobjdn";

constexpr octet_set value_ends(" \t\r\n\",\x1b|");
constexpr octet_set doubtful_ends("#\\<^&\xe2."); // if they begin a spelled line end

// The first word of a value.
std::string_view word_of_value(std::string_view text) {
    text = without_blanks_before(text);
    std::size_t end = 0;
    for (; end < text.size() && !value_ends.has(text[end]); ++end) {
        if (!doubtful_ends.has(text[end])) continue;
        const auto rest = text.substr(end);
        if (rest.starts_with("..") || size_of_spelled_line_ends(rest) != 0) break;
    }
    return text.substr(0, end);
}

constexpr std::string_view call_id_name = "Call-ID", cseq_name = "CSeq";

class collector {
public:
    explicit collector(header_text &to) : to_(to) {}

    bool is_done() const noexcept { return has_call_id_ && has_cseq_; }

    // Takes the field if it is one that is wanted. `after` is what may continue it.
    void take(std::string_view field, bool has_dots, std::string_view continuation) {
        const auto name_size = size_of_field_name(field);
        auto name = field.substr(0, name_size);
        while (!name.empty() && (name.back() == ':' || is_blank(name.back()))) name.remove_suffix(1);
        const bool is_call_id = tables::equal_but_for_case(name, call_id_name) || tables::equal_but_for_case(name, "i");
        if (!is_call_id && !tables::equal_but_for_case(name, cseq_name)) return;
        auto value = without_blanks_before(field.substr(name_size));
        if (value.empty()) value = without_blanks_before(continuation);
        if (has_dots && !value.empty() && value.back() == '.') value.remove_suffix(1);
        if (is_call_id)
            take_call_id(value);
        else
            take_cseq(value);
    }

    void take_call_id(std::string_view value) {
        const auto word = word_of_value(value);
        if (has_call_id_ || word.empty()) return;
        has_call_id_ = true;
        to_.lines.append(call_id_name).append(": ").append(word).append("\r\n");
    }

    void take_cseq(std::string_view value) {
        if (has_cseq_) return;
        std::size_t digits = 0;
        while (digits < value.size() && octets::is_digit(value[digits])) ++digits;
        auto method = without_blanks_before(value.substr(digits));
        std::size_t letters = 0;
        while (letters < method.size() && is_token_octet(method[letters]) && method[letters] != '.') ++letters;
        method = method.substr(0, letters);
        if (digits == 0) return;
        has_cseq_ = true;
        to_.lines.append(cseq_name)
            .append(": ")
            .append(value.substr(0, digits))
            .append(" ")
            .append(method)
            .append("\r\n");
    }

private:
    header_text &to_;
    bool has_call_id_ = false;
    bool has_cseq_ = false;
};

// The fields of a message that stands in one line.
void read_in_line(std::string_view rest, collector &to) {
    // Another message may follow in the line.
    if (const auto next = find_word(rest, "SIP/2.0 ");
        next != rest.npos && next + 8 < rest.size() && octets::is_digit(rest[next + 8]))
        rest = rest.substr(0, next);
    for (std::size_t at = 0; at < rest.size() && !to.is_done();) {
        const auto colon = rest.find(':', at);
        if (colon == rest.npos) return;
        const auto name = without_blanks_after(rest.substr(0, colon));
        const bool is_compact_call_id =
            ends_with(name, "i") && ends_with_spelled_line_end(without_blanks_after(name.substr(0, name.size() - 1)));
        if (ends_with(name, call_id_name) || is_compact_call_id)
            to.take_call_id(rest.substr(colon + 1));
        else if (ends_with(name, cseq_name))
            to.take_cseq(without_blanks_before(rest.substr(colon + 1)));
        at = colon + 1;
    }
}

// From the first name of a known field that stands after about as many octets as `width`, as a logger's prefix varies
// by some digits.
std::string_view from_known_field(std::string_view line, std::size_t width) {
    constexpr std::size_t tolerance = 8, longest_name = 32;
    if (line.size() + tolerance < width) return {};
    const auto first = line.substr(0, width + tolerance + longest_name);
    for (auto colon = first.find(':'); colon != first.npos; colon = first.find(':', colon + 1)) {
        auto begin = colon;
        while (begin > 0 && is_blank(line[begin - 1])) --begin;
        while (begin > 0 && (is_word_octet(line[begin - 1]) || line[begin - 1] == '-')) --begin;
        if (begin + tolerance >= width && begin <= width + tolerance &&
            begins_with_known_field(line.substr(begin), false))
            return line.substr(begin);
    }
    return {};
}

constexpr octet_set before_json_value("\": \t");

// A line of PDML or JSON.
void take_wireshark_field(std::string_view line, collector &to) {
    for (const std::string_view name : {"sip.Call-ID\"", "sip.CSeq\""})
        if (const auto at = line.find(name); at != line.npos) {
            const auto value = wireshark_value(line.substr(at + name.size()));
            if (name == "sip.CSeq\"")
                to.take_cseq(value);
            else
                to.take_call_id(value);
        }
}

} // namespace

bool is_wireshark_field(std::string_view before) {
    // The name stands right before the value, or before another spelling of it.
    constexpr std::size_t farthest = 96;
    if (before.size() > farthest) before.remove_prefix(before.size() - farthest);
    return before.find("sip.Status-Line\"") != before.npos || before.find("sip_Status-Line\"") != before.npos;
}

std::string_view wireshark_value(std::string_view text) {
    constexpr std::size_t farthest = 512;
    auto line = text.substr(0, std::min(text.find('\n'), farthest));
    if (const auto show = line.find(" show=\""); show != line.npos)
        line.remove_prefix(show + 7);
    else
        while (!line.empty() && before_json_value.has(line.front())) line.remove_prefix(1);
    return line.substr(0, line.find('"'));
}

std::size_t size_of_field_name(std::string_view text) {
    std::size_t at = 0;
    if (text.empty() || !is_letter(text.front())) return 0;
    while (at < text.size() && is_token_octet(text[at])) ++at;
    while (at < text.size() && is_blank(text[at])) ++at;
    return at < text.size() && text[at] == ':' ? at + 1 : 0;
}

bool begins_with_known_field(std::string_view text, bool compact) {
    const auto size = size_of_field_name(text);
    if (size == 0) return false;
    auto name = text.substr(0, size - 1);
    name = without_blanks_after(name);
    if (name.size() == 1)
        return compact && compact_names.find(static_cast<char>(name.front() | 0x20)) != compact_names.npos;
    return std::any_of(std::begin(field_names), std::end(field_names),
                       [name](std::string_view known) { return tables::equal_but_for_case(name, known); });
}

std::string_view field_in(std::string_view line, std::string_view before) {
    if (before.empty()) return size_of_field_name(line) != 0 ? line : std::string_view{};
    // After as many octets as stand before the status line, if the last of them is the same.
    const auto width = before.size();
    if (line.size() > width && line[width - 1] == before.back() && size_of_field_name(line.substr(width)) != 0)
        return line.substr(width);
    if (const auto inner = without_quote_marks(line); begins_with_known_field(inner, true)) return inner;
    return from_known_field(line, width);
}

bool is_blank_after(std::string_view line, std::string_view before) {
    if (without_quote_marks(line).empty()) return true;
    if (before.empty()) return false;
    line = without_blanks_after(line);
    const auto width = without_blanks_after(before).size();
    return line.size() <= before.size() && line.size() >= width && line.back() == before[line.size() - 1];
}

void read_header(std::string_view rest_of_line, std::string_view after, std::string_view before, bool has_dots,
                 header_text &to) {
    to.lines.clear();
    to.needs_more = false;
    collector fields(to);
    if (!without_blanks_before(rest_of_line).empty()) read_in_line(rest_of_line, fields);
    const bool has_names = is_wireshark_field(before);
    const bool is_tree = ends_with(without_blanks_after(before), "Status-Line:");
    bool is_first = true, was_blank = false;
    const bool is_limited = after.size() >= most_below;
    after = after.substr(0, most_below);
    for (std::size_t lines = 0; lines < most_lines_below && !fields.is_done(); ++lines) {
        const auto end = after.find('\n');
        if (end == after.npos) {
            to.needs_more = !is_limited;
            break;
        }
        const auto line = without_line_end(after.substr(0, end));
        after.remove_prefix(end + 1);
        if (has_names) {
            if (line.find("</proto>") != line.npos || line.find("\"_index\"") != line.npos) break;
            take_wireshark_field(line, fields);
            continue;
        }
        // tcpdump -A has the status line in the packet's octets, too.
        if (is_first && ends_with(before, ": SIP: ") && find_word(line, "SIP/2.0 ") != line.npos) continue;
        // Some loggers print an empty line after each line.
        if (is_blank_after(line, before)) {
            if (was_blank || is_tree) break;
            was_blank = true;
            continue;
        }
        // Wireshark's details have lines of their own between the fields.
        if (is_tree) {
            fields.take(without_quote_marks(line), false, {});
            continue;
        }
        const auto field = field_in(line, before);
        const bool is_folded = !is_first && !was_blank && before.empty() && is_blank(line.front());
        if (field.empty() && !is_folded) break;
        if ((is_first || was_blank) && !begins_with_known_field(field, true)) break;
        is_first = was_blank = false;
        if (is_folded) continue;
        auto continuation = after.substr(0, after.find('\n'));
        fields.take(field, has_dots, without_line_end(continuation));
    }
    if (!to.lines.empty()) to.lines += "\r\n";
}

bool is_before_field_value(std::string_view before, lines_above above) {
    const auto text = without_blanks_after(before);
    if (!text.ends_with(':')) return false;
    auto begin = text.size() - 1;
    while (begin > 0 && is_token_octet(text[begin - 1])) --begin;
    std::string_view line;
    return size_of_field_name(text.substr(begin)) != 0 && above.next(line) &&
           begins_with_known_field(field_in(line, text.substr(0, begin)), true);
}

bool is_in_sipfrag(lines_above above, std::string_view before) {
    std::string_view line;
    if (!above.next(line)) return false;
    if (is_blank_after(line, before) && !above.next(line)) return false;
    for (std::size_t lines = 0; lines < most_lines_below; ++lines) {
        const auto field = field_in(line, before);
        const auto name_size = size_of_field_name(field);
        if (name_size == 0) return false;
        if ((begins_with(field, "Content-Type") || begins_with(field, "c:") || begins_with(field, "c ")) &&
            begins_with(without_blanks_before(field.substr(name_size)), "message/sipfrag"))
            return true;
        if (!above.next(line)) return false;
    }
    return false;
}

} // namespace sipstatus::tool
