#include "sip/header_fields.hpp"

#include <sipstatus/status.hpp>

#include <algorithm>
#include <charconv>

namespace sipstatus::tool {

namespace {

constexpr std::size_t most_octets = 65'536;

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t';
}

bool is_blank_or_line_end(char c) noexcept {
    return is_blank(c) || c == '\r' || c == '\n';
}

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank_or_line_end(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank_or_line_end(text.back())) text.remove_suffix(1);
    return text;
}

// Takes the next field off the octets, with the lines that it is folded over; empty at the end of the header.
std::string_view take_field(std::string_view &octets) noexcept {
    std::size_t end = 0;
    do {
        end = octets.find('\n', end);
        if (end == octets.npos) {
            // The message is cut here, so the value may be.
            octets = {};
            return {};
        }
        ++end;
    } while (end < octets.size() && is_blank(octets[end]));
    const auto field = octets.substr(0, end);
    octets.remove_prefix(end);
    return trimmed(field).empty() ? std::string_view{} : field;
}

bool is_named(std::string_view name, std::string_view long_name, std::string_view compact_name) noexcept {
    return tables::equal_but_for_case(name, long_name) || tables::equal_but_for_case(name, compact_name);
}

void read_cseq(std::string_view value, header_fields &to) noexcept {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{}) return;
    to.cseq = number;
    to.method = trimmed(value.substr(static_cast<std::size_t>(end - value.data())));
}

} // namespace

header_fields read_header_fields(std::string_view octets) noexcept {
    header_fields fields;
    octets = octets.substr(0, most_octets);
    for (auto field = take_field(octets); !field.empty(); field = take_field(octets)) {
        const auto colon = field.find(':');
        if (colon == field.npos) continue;
        const auto name = trimmed(field.substr(0, colon));
        if (is_named(name, "Call-ID", "i"))
            fields.call_id = trimmed(field.substr(colon + 1));
        else if (is_named(name, "CSeq", "CSeq"))
            read_cseq(trimmed(field.substr(colon + 1)), fields);
        if (!fields.call_id.empty() && fields.cseq) break;
    }
    return fields;
}

} // namespace sipstatus::tool
