// The forms for logs and test reports.

#include <sipstatus/names.hpp>

#include <ostream>

namespace sipstatus::inline SIPSTATUS_ABI {
namespace {

void put_escaped(std::ostream &out, std::string_view octets) {
    constexpr char digits[] = "0123456789ABCDEF";
    for (const char octet : octets) {
        const auto value = static_cast<unsigned char>(octet);
        if (value >= 0x20 && value != 0x7f)
            out << octet;
        else
            out << "\\x" << digits[value >> 4] << digits[value & 15];
    }
}

} // namespace

std::ostream &operator<<(std::ostream &out, status s) {
    return out << to_int(s);
}

std::ostream &operator<<(std::ostream &out, const status_line &line) {
    put_escaped(out, line.version);
    out << ' ' << line.code << ' ';
    put_escaped(out, line.phrase);
    out << " (" << name(line.kind);
    for (std::size_t n = 0; n < deviation_count; ++n)
        if (const auto which = static_cast<deviation>(n); line.deviations.contains(which)) out << ", " << name(which);
    return out << ')';
}

std::ostream &operator<<(std::ostream &out, const parse_result &result) {
    out << name(result.outcome);
    if (is_error(result.outcome)) {
        out << " at " << result.offset;
        if (result.outcome == outcome::not_tolerated) out << ": " << name(result.refused);
        return out;
    }
    return out << ": " << result.line;
}

} // namespace sipstatus::inline SIPSTATUS_ABI
