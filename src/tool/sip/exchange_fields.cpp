#include "sip/exchange_fields.hpp"

#include "sip/field_text.hpp"

#include <sipstatus/status.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace sipstatus::tool {

namespace {

using octets::is_blank;

// No header is read farther.
constexpr std::size_t most_octets = 65'536;

// Calls `visit(begin, end)` for each line from `from` on, `end` being the place of its LF, until that returns false.
template <class Visit> void for_each_line(std::string_view octets, std::size_t from, Visit visit) noexcept {
    auto begin = from, at = from;
#ifdef __SSE2__
    const auto line_ends = [&](std::size_t place) {
        const auto *const here = reinterpret_cast<const __m128i *>(octets.data() + place);
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(here), _mm_set1_epi8('\n'))));
    };
    for (; at + 64 <= octets.size(); at += 64) {
        std::uint64_t mask = line_ends(at) | std::uint64_t{line_ends(at + 16)} << 16 |
                             std::uint64_t{line_ends(at + 32)} << 32 | std::uint64_t{line_ends(at + 48)} << 48;
        for (; mask != 0; mask &= mask - 1) {
            const auto end = at + static_cast<std::size_t>(std::countr_zero(mask));
            if (!visit(begin, end)) return;
            begin = end + 1;
        }
    }
#endif
    for (; at < octets.size(); ++at) {
        if (octets[at] != '\n') continue;
        if (!visit(begin, at)) return;
        begin = at + 1;
    }
}

// Eight octets as a number, in lower case: a letter and its other case differ in one bit, which a hyphen has.
std::uint64_t lower_word(const char *from) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, from, sizeof word);
    return word | 0x2020202020202020u;
}

// The value of the line if the field has that name; `name` is in lower case.
template <std::size_t N>
std::optional<std::string_view> value_of(std::string_view line, const char (&name)[N]) noexcept {
    constexpr std::size_t size = N - 1;
    if (line.size() <= size) return std::nullopt;
    if constexpr (size >= 8) {
        if (lower_word(line.data()) != lower_word(name) ||
            lower_word(line.data() + size - 8) != lower_word(name + size - 8))
            return std::nullopt;
    } else {
        for (std::size_t i = 0; i < size; ++i)
            if ((line[i] | 0x20) != name[i]) return std::nullopt;
    }
    line.remove_prefix(size);
    while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
    if (line.empty() || line.front() != ':') return std::nullopt;
    line.remove_prefix(1);
    return line;
}

// Where the parameter's value begins in `octets`: after ";name=", in any case.
std::optional<std::string_view> parameter(std::string_view octets, std::string_view name) noexcept {
    for (auto at = octets.find(';'); at != octets.npos; at = octets.find(';', at + 1)) {
        auto rest = octets.substr(at + 1);
        while (!rest.empty() && is_blank_or_line_end(rest.front())) rest.remove_prefix(1);
        if (!tables::equal_but_for_case(rest.substr(0, name.size()), name)) continue;
        rest.remove_prefix(name.size());
        while (!rest.empty() && is_blank_or_line_end(rest.front())) rest.remove_prefix(1);
        if (rest.empty() || rest.front() != '=') continue;
        rest.remove_prefix(1);
        while (!rest.empty() && is_blank_or_line_end(rest.front())) rest.remove_prefix(1);
        return rest;
    }
    return std::nullopt;
}

// Takes the fields off the lines.
class field_reader {
public:
    field_reader(std::string_view octets, exchange_fields &to) noexcept : octets_(octets), to_(to) {}

    // False at the line that ends the header.
    bool take(std::size_t begin, std::size_t end) noexcept {
        const auto line = octets_.substr(begin, end - begin);
        if (line.empty() || (line.size() == 1 && line.front() == '\r')) {
            to_.extent.head_size = end + 1;
            return false;
        }
        if (is_blank(line.front())) {
            if (value_) *value_ = {value_->data(), static_cast<std::size_t>(octets_.data() + end - value_->data())};
            return true;
        }
        value_ = nullptr;
        switch (line.front() | 0x20) {
        case 'v': keep(line, "via", "v", to_.via); break;
        case 't': keep(line, "to", "t", to_.to); break;
        case 'i': keep(line, "i", "i", to_.call.call_id); break;
        case 'l': keep(line, "l", "l", length_); break;
        case 'u': keep(line, "user-agent", "user-agent", to_.agent); break;
        case 's': keep(line, "server", "server", to_.agent); break;
        case 'r':
            if (to_.reason_count < to_.reasons.size() && keep(line, "reason", "reason", to_.reasons[to_.reason_count]))
                ++to_.reason_count;
            break;
        case 'c':
            keep(line, "call-id", "call-id", to_.call.call_id) || keep(line, "cseq", "cseq", cseq_) ||
                keep(line, "content-length", "content-length", length_) ||
                keep(line, "content-type", "c", to_.extent.content_type);
            break;
        default: break;
        }
        return true;
    }

    // Reads the values that were kept.
    void finish() noexcept {
        for (auto *const one : {&to_.call.call_id, &to_.to, &to_.agent, &to_.via, &to_.extent.content_type})
            *one = trimmed(*one);
        for (std::size_t i = 0; i < to_.reason_count; ++i) to_.reasons[i] = trimmed(to_.reasons[i]);
        std::uint32_t number = 0;
        if (const auto rest = read_number(trimmed(cseq_), number)) {
            to_.call.cseq = number;
            to_.call.method = trimmed(*rest);
        }
        std::uint64_t length = 0;
        if (const auto rest = read_number(trimmed(length_), length); rest && trimmed(*rest).empty())
            to_.extent.content_length = length;
    }

private:
    // Keeps the first value only.
    template <std::size_t N, std::size_t M>
    bool keep(std::string_view line, const char (&name)[N], const char (&compact)[M], std::string_view &to) noexcept {
        auto value = value_of(line, name);
        if (!value && N != M) value = value_of(line, compact);
        if (!value) return false;
        if (!to.data()) {
            to = *value;
            value_ = &to;
        }
        return true;
    }

    std::string_view octets_;
    exchange_fields &to_;
    std::string_view cseq_, length_;
    std::string_view *value_ = nullptr; // that the next line may go on with
};

} // namespace

exchange_fields read_exchange_fields(std::string_view octets, std::size_t header) noexcept {
    exchange_fields fields;
    octets = octets.substr(0, most_octets);
    if (header > octets.size()) return fields;
    field_reader reader(octets, fields);
    for_each_line(octets, header, [&reader](std::size_t begin, std::size_t end) { return reader.take(begin, end); });
    reader.finish();
    return fields;
}

std::string_view exchange_fields::branch() const noexcept {
    constexpr std::string_view name = "branch=";
    // The usual spelling, before the next value.
    for (std::size_t at = 0; at + name.size() < via.size() && via[at] != ','; ++at) {
        if (via[at] != ';') continue;
        auto value = via.substr(at + 1);
        if (value.size() < 8 || !tables::equal_but_for_case(value.substr(0, name.size()), name)) continue;
        value.remove_prefix(name.size());
        std::size_t end = 0;
        while (end < value.size() && value[end] != ';' && value[end] != ',' && !is_blank_or_line_end(value[end])) ++end;
        return value.substr(0, end);
    }
    const auto value = parameter(via.substr(0, via.find(',')), "branch").value_or(std::string_view{});
    return value.substr(0, value.find_first_of("; \t\r\n"));
}

bool exchange_fields::has_to_tag() const noexcept {
    // Those between < and > are the address's own.
    const auto address_end = to.rfind('>');
    return parameter(address_end == to.npos ? to : to.substr(address_end), "tag").has_value();
}

reason_value take_reason(std::string_view &line) noexcept {
    // A comma in a quoted string is part of it.
    std::size_t end = 0;
    for (bool is_quoted = false; end < line.size() && (is_quoted || line[end] != ','); ++end) {
        if (line[end] == '\\' && is_quoted && end + 1 < line.size())
            ++end;
        else if (line[end] == '"')
            is_quoted = !is_quoted;
    }
    const auto value = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    reason_value made;
    made.protocol = trimmed(value.substr(0, value.find(';')));
    if (const auto cause = parameter(value, "cause")) read_number(*cause, made.cause);
    return made;
}

} // namespace sipstatus::tool
