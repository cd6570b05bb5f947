// The public face of the parser.

#include <sipstatus/status_line.hpp>

#include "kernels/kernel.hpp"
#include "tolerant_reader.hpp"

namespace sipstatus::inline SIPSTATUS_ABI {

parse_result parse(std::string_view octets, parse_options options) noexcept {
    parse_result result;
    kernels::active(result, octets, options);
    return result;
}

parse_result resume(const parse_result &previous, std::string_view octets, parse_options options) noexcept {
    // If much of the input is new, a kernel reads all of it faster than the tolerant reader reads what is new. The part
    // that is read again is a fraction of the new part, so the sum over all calls stays linear.
    const auto read = 2 * previous.leading_crlfs +
                      static_cast<std::size_t>(previous.line.phrase.data() + previous.line.phrase.size() -
                                               previous.line.version.data());
    if (previous.outcome != outcome::incomplete || octets.size() > read + read / 4 + 16) return parse(octets, options);
    parse_result result;
    tolerant_reader::resume(result, previous, octets, options);
    return result;
}

std::size_t deviation_offset(const status_line &line, deviation which) noexcept {
    if (!line.deviations.contains(which)) return npos;
    // Reads the line again with this deviation refused: the reader stops where it is certain. If it does not stop
    // before the phrase's end, it is the line end that deviates.
    const char *const first = line.version.data();
    const auto size = static_cast<std::size_t>(line.phrase.data() + line.phrase.size() - first);
    parse_result again;
    tolerant_reader::read(again, {first, size}, {.tolerated = deviations::all() - which, .limit = npos});
    return again.outcome == outcome::not_tolerated ? again.offset : size;
}

std::size_t deviation_offset(const parse_result &result, deviation which) noexcept {
    const auto offset = deviation_offset(result.line, which);
    return offset == npos ? npos : 2 * result.leading_crlfs + offset;
}

std::string_view whole_line(const parse_result &result, std::string_view octets) noexcept {
    const char *const first = octets.data() + 2 * result.leading_crlfs;
    if (result) return {first, static_cast<std::size_t>(result.line.phrase.data() + result.line.phrase.size() - first)};
    const std::string_view rest(first, octets.size() - 2 * result.leading_crlfs);
    // An incomplete line has no LF: the CR before it would be the last octet.
    const auto lf = result.outcome == outcome::incomplete ? rest.size() : rest.find('\n');
    if (lf == rest.npos) return rest;
    const bool has_cr = lf != 0 && first[lf - 1] == '\r';
    return {first, has_cr ? lf - 1 : lf};
}

} // namespace sipstatus::inline SIPSTATUS_ABI
