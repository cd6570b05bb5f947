// What the module asks the library about one reply. It uses the public headers alone, and needs no C++ runtime.

#include "reply.h"

#include "../clean_line.hpp"

#include <sipstatus/sipstatus.hpp>

#include <algorithm>
#include <cstring>

namespace {

using sipstatus::deviation;

// Appends to a buffer of fixed size; what does not fit is cut.
class text_buffer {
public:
    text_buffer(char *first, std::size_t size) noexcept : first_(first), size_(size) {}

    text_buffer &operator<<(char octet) noexcept {
        if (count_ < size_) first_[count_++] = octet;
        return *this;
    }
    text_buffer &operator<<(std::string_view octets) noexcept {
        for (const char octet : octets) *this << octet;
        return *this;
    }
    text_buffer &operator<<(unsigned number) noexcept {
        if (number >= 10) *this << number / 10;
        return *this << static_cast<char>('0' + number % 10);
    }

    std::string_view view() const noexcept { return {first_, count_}; }

private:
    char *first_;
    std::size_t size_;
    std::size_t count_ = 0;
};

// The tool and the scripts spell names with hyphens.
void put_name(text_buffer &out, std::string_view name) noexcept {
    for (const char octet : name) out << (octet == '_' ? '-' : octet);
}

bool equal_name(std::string_view enumerator, std::string_view name) noexcept {
    return std::equal(enumerator.begin(), enumerator.end(), name.begin(), name.end(),
                      [](char a, char b) { return (a == '_' ? '-' : a) == b; });
}

bool claims_to_be_a_reply(std::string_view octets) noexcept {
    constexpr std::string_view start = "sip/";
    return octets.size() >= start.size() && sipstatus::tables::equal_but_for_case({octets.data(), start.size()}, start);
}

sipstatus::status code_of(const reply &read) noexcept {
    return static_cast<sipstatus::status>(read.code);
}

struct view_of_text {
    std::string_view text;
    operator reply_value() const noexcept { return {reply_text, 0, text.data(), text.size()}; }
};

reply_value number(int value) noexcept {
    return {reply_number, value, nullptr, 0};
}

reply_value hyphenated(std::string_view name, text_buffer out) noexcept {
    put_name(out, name);
    return view_of_text{out.view()};
}

// The fields of $sipstatus(...). A field that `needs_line` is null where there is no line.
struct field {
    std::string_view name;
    bool needs_line;
    reply_value (*get)(const reply &read, text_buffer out) noexcept;
};

constexpr field fields[] = {
    {"code", true, [](const reply &read, text_buffer) noexcept { return number(static_cast<int>(read.code)); }},
    {"class", true,
     [](const reply &read, text_buffer out) noexcept { return hyphenated(name(class_of(code_of(read))), out); }},
    {"final", true, [](const reply &read, text_buffer) noexcept { return number(is_final(code_of(read))); }},
    {"registered", true, [](const reply &read, text_buffer) noexcept { return number(is_registered(code_of(read))); }},
    {"effective", true,
     [](const reply &read, text_buffer) noexcept { return number(to_int(effective_status(code_of(read)))); }},
    {"next_route", true,
     [](const reply &read, text_buffer) noexcept {
         return number(next_route(code_of(read)) == sipstatus::route_choice::yes);
     }},
    {"canonical", true,
     [](const reply &read, text_buffer) noexcept -> reply_value {
         return view_of_text{canonical_phrase(code_of(read))};
     }},
    {"kind", true,
     [](const reply &read, text_buffer out) noexcept {
         return hyphenated(name(static_cast<sipstatus::reason_kind>(read.kind)), out);
     }},
    {"deviations", true,
     [](const reply &read, text_buffer out) noexcept -> reply_value {
         const auto set = sipstatus::deviations::from_bits(read.deviations);
         for (std::size_t n = 0; n < sipstatus::deviation_count; ++n)
             if (const auto which = static_cast<deviation>(n); set.contains(which)) {
                 if (!out.view().empty()) out << ',';
                 put_name(out, name(which));
             }
         return view_of_text{out.view()};
     }},
    {"outcome", false,
     [](const reply &read, text_buffer out) noexcept {
         return hyphenated(name(static_cast<sipstatus::outcome>(read.outcome)), out);
     }},
};

} // namespace

extern "C" {

int reply_deviations(const char *names) {
    sipstatus::deviations set;
    for (std::string_view rest = names; !rest.empty();) {
        const std::string_view one(rest.data(), std::min(rest.size(), rest.find(',')));
        rest.remove_prefix(std::min(rest.size(), one.size() + 1));
        std::size_t n = 0;
        while (n < sipstatus::deviation_count && !equal_name(name(static_cast<deviation>(n)), one)) ++n;
        if (n == sipstatus::deviation_count) return -1;
        set |= static_cast<deviation>(n);
    }
    return static_cast<int>(set.bits());
}

reply reply_read(const char *octets, std::size_t count, unsigned tolerated) {
    const std::string_view message(octets, count);
    const auto result = sipstatus::parse(message);
    reply read{};
    read.begin = static_cast<unsigned>(2 * result.leading_crlfs);
    if (!claims_to_be_a_reply({octets + read.begin, count - read.begin})) return read;

    read.outcome = static_cast<unsigned char>(result.outcome);
    if (!result) {
        // A message holds its whole status line, so an incomplete one will not be completed.
        read.state = reply_unreadable;
        read.offset = static_cast<unsigned>(is_error(result.outcome) ? result.offset : count);
        return read;
    }
    const auto unwelcome = result.line.deviations - sipstatus::deviations::from_bits(tolerated);
    read.state = unwelcome.empty() ? reply_clean : reply_deviating;
    read.length = static_cast<unsigned>(result.consumed) - read.begin;
    read.code = static_cast<unsigned>(to_int(result.line.code));
    read.deviations = result.line.deviations.bits();
    read.kind = static_cast<unsigned char>(result.line.kind);
    if (!unwelcome.empty()) {
        std::size_t first = count;
        for (std::size_t n = 0; n < sipstatus::deviation_count; ++n)
            if (const auto which = static_cast<deviation>(n); unwelcome.contains(which))
                first = std::min(first, deviation_offset(result, which));
        read.offset = static_cast<unsigned>(first);
    }
    return read;
}

std::size_t reply_normalise(const reply *read, const char *octets, char *buffer, std::size_t size) {
    const auto result = sipstatus::parse({octets, std::size_t{read->begin} + read->length});
    if (!result) return 0;
    const auto written = sipstatus::embedding::write_clean(buffer, buffer + size, result.line);
    return static_cast<std::size_t>(written.end - buffer);
}

std::size_t reply_explain(const reply *read, char *buffer, std::size_t size) {
    if (size == 0) return 0;
    text_buffer out(buffer, size - 1);
    out << "octet " << read->offset << ": ";
    if (read->state == reply_unreadable) {
        const auto why = message(static_cast<sipstatus::outcome>(read->outcome));
        out << why.expected << " (" << why.section << ')';
    } else {
        const auto set = sipstatus::deviations::from_bits(read->deviations);
        std::string_view separator;
        for (std::size_t n = 0; n < sipstatus::deviation_count; ++n)
            if (const auto which = static_cast<deviation>(n); set.contains(which)) {
                out << separator << message(which).expected << " (" << message(which).section << ')';
                separator = "; ";
            }
    }
    buffer[out.view().size()] = '\0';
    return out.view().size();
}

std::size_t reply_show(const char *octets, std::size_t count, char *buffer, std::size_t size) {
    if (size == 0) return 0;
    text_buffer out(buffer, size - 1);
    const std::string_view message(octets, count);
    for (const char octet : whole_line(sipstatus::parse(message), message)) {
        constexpr char digits[] = "0123456789ABCDEF";
        const auto value = static_cast<unsigned char>(octet);
        if (value >= 0x20 && value < 0x7f && octet != '\\')
            out << octet;
        else
            out << '\\' << 'x' << digits[value >> 4] << digits[value & 15];
        if (out.view().size() >= size - 1) break;
    }
    buffer[out.view().size()] = '\0';
    return out.view().size();
}

int reply_is_network_block(const reply *read, const char *phrase, std::size_t phrase_count, const char *reason,
                           std::size_t reason_count) {
    return read->code != 0 &&
           sipstatus::find_network_block(code_of(*read), {phrase, phrase_count}, {reason, reason_count}).is_present;
}

int reply_field(const char *name, std::size_t count) {
    const auto at = std::find_if(std::begin(fields), std::end(fields),
                                 [&](const field &f) { return f.name == std::string_view(name, count); });
    return at == std::end(fields) ? -1 : static_cast<int>(at - std::begin(fields));
}

reply_value reply_get(const reply *read, int which, char *buffer, std::size_t size) {
    const auto &row = fields[which];
    if (read->state == reply_none || (row.needs_line && read->state == reply_unreadable))
        return {reply_null, 0, nullptr, 0};
    return row.get(*read, text_buffer(buffer, size));
}

} // extern "C"
