// The kernel for any machine.

#include "../octets.hpp"
#include "../utf8.hpp"
#include "line_reader.hpp"

#include <cstring>

namespace sipstatus::inline SIPSTATUS_ABI::kernels {
namespace {

std::uint64_t word(const char *at) noexcept {
    std::uint64_t octets;
    std::memcpy(&octets, at, sizeof octets);
    return octets;
}

std::uint32_t octet(const char *at) noexcept {
    return static_cast<unsigned char>(*at);
}

struct scanner {
    static constexpr std::size_t match_size = sizeof pattern::text + 1;
    static constexpr char version_and_separator[] = "SIP/2.0 ";

    static grammar::head look(const char *line) noexcept {
        const std::uint32_t a = octet(line + 8) - '0';
        const std::uint32_t b = octet(line + 9) - '0';
        const std::uint32_t c = octet(line + 10) - '0';
        std::uint32_t mismatches = (a - 1 >= 6 ? 1u << 8 : 0) | (b >= 10 ? 1u << 9 : 0) | (c >= 10 ? 1u << 10 : 0) |
                                   (line[11] != ' ' ? 1u << 11 : 0);
        if (word(line) != word(version_and_separator)) [[unlikely]]
            for (unsigned n = 0; n < 8; ++n) mismatches |= line[n] != version_and_separator[n] ? 1u << n : 0;
        return {mismatches, 100 * a + 10 * b + c};
    }

    static bool match(const char *first, const char *, std::uint32_t code, grammar::phrase &out) noexcept {
        const code_row &row = row_of(code);
        const pattern &canonical = row.canonical;
        std::uint64_t difference = 0;
        for (unsigned n = 0; n < sizeof canonical.text; n += 8)
            difference |= (word(first + n) ^ word(canonical.text + n)) & word(canonical.mask + n);
        // Without a pattern the text is 32 NULs, which the input may have. So the CR is compared as well.
        if (difference != 0 || first[row.size] != '\r') return false;
        out = {row.size, reason_kind::canonical};
        return true;
    }

    // This kernel looks at single octets.
    static constexpr bool has_short_route = false;

    static bool scan(const char *first, const char *last, std::uint32_t code, grammar::phrase &out) noexcept {
        const char *const end = clean_until(first, last);
        out.size = static_cast<std::size_t>(end - first);
        if (last - end < 2 || end[0] != '\r') return false;
        out.kind =
            may_be_known(code, out.size) ? tolerant_reader::kind_of_phrase(code, first, out.size) : reason_kind::local;
        return true;
    }

private:
    // The end of the plain octets, escapes and characters that begin at `at`.
    static const char *clean_until(const char *at, const char *last) noexcept {
        while (at != last) {
            switch (octets::kind_of(*at)) {
            case octets::kind::plain: ++at; break;
            case octets::kind::percent:
                if (last - at < 3 || !octets::is_hexdig(at[1]) || !octets::is_hexdig(at[2])) return at;
                at += 3;
                break;
            case octets::kind::lead: {
                const std::size_t size = utf8::character_size(at, last);
                if (size == 0) return at;
                at += size;
                break;
            }
            case octets::kind::line_end:
            case octets::kind::control:
            case octets::kind::delimiter:
            case octets::kind::continuation:
            case octets::kind::never: return at;
            }
        }
        return last;
    }
};

} // namespace

void scalar(parse_result &out, std::string_view octets, parse_options options) noexcept {
    read_line<scanner>(out, octets, options);
}

} // namespace sipstatus::inline SIPSTATUS_ABI::kernels
