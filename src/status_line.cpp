// parse() by the best kernel of the machine, and what the kernels share.

#include "tolerance.hpp"

#include <utility>

namespace sipstatus {
namespace kernels {
namespace {

function *function_of(kernel which) noexcept {
    switch (which) {
    case kernel::scalar: return scalar;
#ifdef SIPSTATUS_KERNELS_X86
    case kernel::ssse3: return __builtin_cpu_supports("ssse3") ? ssse3 : nullptr;
    case kernel::avx2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") ? avx2 : nullptr;
#elif defined(SIPSTATUS_KERNELS_NEON)
    case kernel::neon: return neon;
#endif
    default: return nullptr;
    }
}

// The last that the machine has of these. Runs when the library is loaded, before any thread can parse; a parse before
// that is served by the scalar kernel.
[[gnu::constructor]] void choose() noexcept {
    for (const auto which : {kernel::ssse3, kernel::avx2, kernel::neon}) force(which);
}

} // namespace

constinit function *active = scalar;

bool force(kernel which) noexcept {
    function *const found = function_of(which);
    if (found != nullptr) active = found;
    return found != nullptr;
}

namespace {

void read_line(tolerance::reader &reader) noexcept {
    const char *at = nullptr; // the reader has a cursor of its own
    const auto context = grammar::x3::make_context<tolerance::reader>(reader);
    tolerance::Status_Line.parse(at, at, context, grammar::x3::unused, grammar::x3::unused);
    reader.finish();
}

} // namespace

void parse_tolerantly(parse_result &out, std::string_view octets, parse_options options) noexcept {
    tolerance::reader reader(out, octets, options);
    read_line(reader);
}

void parse_phrase_tolerantly(parse_result &out, std::string_view octets, parse_options options,
                             clean_part known_part) noexcept {
    tolerance::reader reader(out, octets, options);
    if (options.limit >= grammar::head_size) reader.resume_in_phrase(known_part.code, known_part.phrase);
    read_line(reader);
}

reason_kind kind_of_phrase(std::uint32_t code, const char *first, std::size_t size) noexcept {
    return classify_reason(static_cast<status>(code), {first, size});
}

} // namespace kernels

parse_result parse(std::string_view octets, parse_options options) noexcept {
    parse_result result;
    kernels::active(result, octets, options);
    return result;
}

parse_result resume(const parse_result &previous, std::string_view octets, parse_options options) noexcept {
    // Where much is new, a kernel reads all of it faster than the reader of single octets what is new; and what is read
    // again is at most a part of what is new, so the whole stays linear.
    const auto read = 2 * previous.leading_crlfs +
                      static_cast<std::size_t>(previous.line.phrase.data() + previous.line.phrase.size() -
                                               previous.line.version.data());
    if (previous.outcome != outcome::incomplete || octets.size() > read + read / 4 + 16) return parse(octets, options);
    parse_result result;
    tolerance::reader reader(result, octets, options);
    reader.resume(previous);
    kernels::read_line(reader);
    return result;
}

kernel kernel_in_use() noexcept {
    for (const auto which : {kernel::ssse3, kernel::avx2, kernel::neon})
        if (kernels::active == kernels::function_of(which)) return which;
    return kernel::scalar;
}

std::size_t deviation_offset(const status_line &line, deviation which) noexcept {
    if (!line.deviations.contains(which)) return npos;
    // Read again with this one refused: the reader stops where it is certain. If it does not stop before the phrase's
    // end, it is the line end that deviates.
    const char *const first = line.version.data();
    const auto size = static_cast<std::size_t>(line.phrase.data() + line.phrase.size() - first);
    parse_result again;
    kernels::parse_tolerantly(again, {first, size}, {deviations::all() - which, npos});
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

} // namespace sipstatus
