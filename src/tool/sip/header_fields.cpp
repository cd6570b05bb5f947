#include "sip/header_fields.hpp"

#include "sip/field_text.hpp"

#include <sipstatus/status.hpp>

#include <algorithm>

namespace sipstatus::tool {

using octets::is_blank;

namespace {

constexpr std::size_t most_of_a_header = 65'536;

// Takes the next field off the octets, with the lines that it is folded over. Absent where the octets end within it, so
// that its value may be cut; the line that ends the header is a field without any octet but its line end.
std::optional<std::string_view> take_field(std::string_view &octets) noexcept {
    std::size_t end = 0;
    do {
        end = octets.find('\n', end);
        if (end == octets.npos) return std::nullopt;
        ++end;
    } while (end > 2 && end < octets.size() && is_blank(octets[end]));
    const auto field = octets.substr(0, end);
    octets.remove_prefix(end);
    return field;
}

bool is_named(std::string_view name, std::string_view long_name, std::string_view compact_name) noexcept {
    return tables::equal_but_for_case(name, long_name) || tables::equal_but_for_case(name, compact_name);
}

// Calls `visit(name, value)` for each field whose name begins with one of `initials`, as long as it returns true.
template <class Visit> void walk(std::string_view octets, std::string_view initials, Visit visit) noexcept {
    octets = octets.substr(0, most_of_a_header);
    for (auto field = take_field(octets); field; field = take_field(octets)) {
        if (field->size() <= 2 && (field->front() == '\r' || field->front() == '\n')) return;
        if (initials.find(field->front()) == initials.npos) continue;
        const auto colon = field->find(':');
        if (colon == field->npos) continue;
        if (!visit(trimmed(field->substr(0, colon)), trimmed(field->substr(colon + 1)))) return;
    }
}

// The media type, without its parameters.
std::string_view media_type(std::string_view value) noexcept {
    return trimmed(value.substr(0, value.find(';')));
}

} // namespace

header_fields read_header_fields(std::string_view octets) noexcept {
    header_fields fields;
    walk(octets, "CcIi", [&fields](std::string_view name, std::string_view value) {
        std::uint32_t number = 0;
        if (is_named(name, "Call-ID", "i")) {
            fields.call_id = value;
        } else if (is_named(name, "CSeq", "CSeq")) {
            if (const auto rest = read_number(value, number)) {
                fields.cseq = number;
                fields.method = trimmed(*rest);
            }
        }
        return fields.call_id.empty() || !fields.cseq;
    });
    return fields;
}

std::optional<message_extent> read_extent(std::string_view octets) noexcept {
    const auto end = find_head_end(octets.substr(0, most_of_a_header));
    if (end == octets.npos) return std::nullopt;
    message_extent extent;
    extent.head_size = end;
    const auto head = octets.substr(0, end);
    // So end most heads, and nothing before it needs a look then.
    constexpr std::string_view without_body = "\r\nContent-Length: 0\r\n\r\n";
    if (head.size() > without_body.size() && head.substr(head.size() - without_body.size()) == without_body) {
        extent.content_length = 0;
        return extent;
    }
    walk(head.substr(head.find('\n') + 1), "CcLl", [&extent](std::string_view name, std::string_view value) {
        std::uint64_t number = 0;
        if (is_named(name, "Content-Length", "l")) {
            if (const auto rest = read_number(value, number); rest && trimmed(*rest).empty())
                extent.content_length = number;
        } else if (is_named(name, "Content-Type", "c")) {
            extent.content_type = value;
        }
        return true;
    });
    return extent;
}

bool message_extent::has_sipfrag() const noexcept {
    return tables::equal_but_for_case(media_type(content_type), "message/sipfrag");
}

bool message_extent::may_have_message() const noexcept {
    const auto slash = content_type.find('/');
    return tables::equal_but_for_case(content_type.substr(0, slash), "message") ||
           tables::equal_but_for_case(content_type.substr(0, slash), "multipart");
}

std::size_t find_head_end(std::string_view octets, std::size_t from) noexcept {
    auto at = from < 2 ? 0 : from - 2;
    // A block at a time, in a form that compilers make vectors of: is there a line of one octet at most?
    constexpr std::size_t block = 64;
    for (; octets.size() - std::min(at, octets.size()) >= block + 2; at += block) {
        const char *const start = octets.data() + at;
        unsigned char has_short_line = 0;
        for (std::size_t i = 0; i < block; ++i) {
            const unsigned char here = start[i] == '\n', next = start[i + 1] == '\n', after = start[i + 2] == '\n';
            has_short_line = static_cast<unsigned char>(has_short_line | (here & (next | after)));
        }
        if (has_short_line != 0) break;
    }
    for (at = octets.find('\n', at); at != octets.npos; at = octets.find('\n', at + 1)) {
        const auto after = octets.substr(at + 1);
        if (after.substr(0, 1) == "\n") return at + 2;
        if (after.substr(0, 2) == "\r\n") return at + 3;
    }
    return octets.npos;
}

} // namespace sipstatus::tool
