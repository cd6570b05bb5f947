#include "log/version_scanner.hpp"

#include <sipstatus/status.hpp>

#include <algorithm>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace sipstatus::tool {

namespace {

constexpr std::string_view version = "SIP/2.0";
constexpr std::size_t slash = 3; // in it

bool is_version_at(const char *octets) noexcept {
    return tables::equal_but_for_case({octets, version.size()}, version);
}

std::size_t find_plainly(std::string_view text, std::size_t begin) noexcept {
    while (begin + version.size() <= text.size()) {
        const auto *const first = text.data() + begin + slash;
        const auto *const found =
            static_cast<const char *>(std::memchr(first, '/', text.size() - begin - version.size() + 1));
        if (!found) return text.npos;
        begin = static_cast<std::size_t>(found - text.data()) - slash;
        if (is_version_at(text.data() + begin)) return begin;
        ++begin;
    }
    return text.npos;
}

#ifdef __SSE2__
constexpr std::size_t block = 16;

// The octets that are `wanted` of the 16 from `octets` on.
__m128i equal(const char *octets, char wanted) noexcept {
    return _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i *>(octets)), _mm_set1_epi8(wanted));
}

// Where "/2." stands.
__m128i slashes(const char *octets) noexcept {
    return _mm_and_si128(_mm_and_si128(equal(octets, '/'), equal(octets + 1, '2')), equal(octets + 2, '.'));
}

std::size_t sum_of(__m128i octets) noexcept {
    const auto sums = _mm_sad_epu8(octets, _mm_setzero_si128());
    return static_cast<std::size_t>(_mm_cvtsi128_si32(sums)) +
           static_cast<std::size_t>(_mm_cvtsi128_si32(_mm_srli_si128(sums, 8)));
}
#endif

} // namespace

std::size_t find_version(std::string_view text, std::size_t begin) noexcept {
#ifdef __SSE2__
    // A step looks at 64 places of a slash, and at two octets after them.
    constexpr std::size_t step = 4 * block;
    for (; begin + slash + step + 2 <= text.size(); begin += step) {
        const char *const at = text.data() + begin + slash;
        const __m128i found[] = {slashes(at), slashes(at + block), slashes(at + 2 * block), slashes(at + 3 * block)};
        const auto any = _mm_or_si128(_mm_or_si128(found[0], found[1]), _mm_or_si128(found[2], found[3]));
        if (_mm_movemask_epi8(any) == 0) continue;
        for (std::size_t n = 0; n < 4; ++n)
            for (auto bits = static_cast<unsigned>(_mm_movemask_epi8(found[n])); bits != 0; bits &= bits - 1) {
                const auto place = begin + n * block + static_cast<std::size_t>(__builtin_ctz(bits));
                if (place + version.size() <= text.size() && is_version_at(text.data() + place)) return place;
            }
    }
#endif
    return find_plainly(text, begin);
}

std::size_t count_line_ends(std::string_view text) noexcept {
    std::size_t count = 0;
#ifdef __SSE2__
    while (text.size() >= 4 * block) {
        // A lane counts to 255.
        const auto steps = std::min<std::size_t>(text.size() / (4 * block), 63);
        __m128i lanes = _mm_setzero_si128();
        const char *at = text.data();
        for (std::size_t n = 0; n < steps; ++n, at += 4 * block)
            for (std::size_t part = 0; part < 4; ++part) lanes = _mm_sub_epi8(lanes, equal(at + part * block, '\n'));
        count += sum_of(lanes);
        text.remove_prefix(steps * 4 * block);
    }
#endif
    return count + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

} // namespace sipstatus::tool
