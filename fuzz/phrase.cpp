// The harness of phrase classification. In: a phrase, then two octets that are the code. What must hold:
//   - a plain walk over the registry gives the same kind and source of a phrase as the look-up and every kernel, and
//   the
//     same codes that have it
//   - a class is found by exactly the names of the registry

#include "harness.hpp"
#include "kernels_at_hand.hpp"

#include <sipstatus/sipstatus.hpp>

#include <array>
#include <optional>

using namespace sipstatus;
using fuzz::require;

namespace {

// The oracle's own folding, on purpose.
bool same_but_for_case(std::string_view a, std::string_view b) {
    const auto folded = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    if (a.size() != b.size()) return false;
    for (std::size_t at = 0; at < a.size(); ++at)
        if (folded(a[at]) != folded(b[at])) return false;
    return true;
}

// reason.hpp's definition of the kinds, word for word.
reason_match walk(status code, std::string_view phrase) {
    if (phrase.empty()) return {reason_kind::absent, {}};
    for (const auto &row : registry())
        if (row.code == code && row.phrase == phrase) return {reason_kind::canonical, row.reference};
    for (const auto &row : registry())
        if (row.code == code && same_but_for_case(row.phrase, phrase)) return {reason_kind::letter_case, row.reference};
    for (const auto kind : {reason_kind::former, reason_kind::published})
        for (const auto &variant : phrase_variants())
            if (variant.code == code && variant.kind == kind && same_but_for_case(variant.phrase, phrase))
                return {kind, variant.source};
    return {reason_kind::local, {}};
}

bool same(const reason_match &a, const reason_match &b) {
    return a.kind == b.kind && a.source == b.source;
}

void compare_owners(std::string_view phrase) {
    const auto owners = find_phrase(phrase);
    const auto *owner = owners.begin();
    for (int number = 100; number <= 699; ++number) {
        const auto code = static_cast<status>(number);
        if (find(code) == nullptr) continue;
        const auto match = walk(code, phrase);
        if (match.kind == reason_kind::absent || match.kind == reason_kind::local) continue;
        require(owner != owners.end(), "every code of a phrase is found");
        require(owner->code == code && same(owner->match, match), "the codes of a phrase are found in order");
        ++owner;
    }
    require(owner == owners.end(), "only codes that have the phrase are found");
}

void compare_class(std::string_view text) {
    std::optional<status_class> expected;
    for (const auto &known : class_names())
        if (same_but_for_case(known.text, text)) expected = known.of;
    require(find_class(text) == expected, "a class is found by its names");
}

void compare_kernels(status code, std::string_view phrase, reason_kind expected) {
    static const fuzz::kernels_at_hand all;
    std::array<char, 4096> line;
    const auto written = write(line.data(), line.data() + line.size(), code, phrase);
    if (!written) return;
    for (std::size_t n = 0; n < all.size(); ++n) {
        parse_result result;
        all[n](result, {line.data(), static_cast<std::size_t>(written.end - line.data())}, {});
        require(result.outcome == outcome::ok && result.line.phrase == phrase, "every kernel reads the phrase");
        require(result.line.kind == expected, "every kernel tells the kind of the phrase");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::input in(data, size);
    const auto code = static_cast<status>(in.take_number());
    const auto phrase = in.octets();

    const auto expected = walk(code, phrase);
    require(same(match_reason(code, phrase), expected), "the look-up agrees with a walk over the registry");
    require(classify_reason(code, phrase) == expected.kind, "the kind alone is the kind");
    require(is_canonical(expected.kind) == (phrase == canonical_phrase(code) && !phrase.empty()),
            "canonical is the phrase of the code's row");
    compare_owners(phrase);
    compare_class(phrase);
    compare_kernels(code, phrase, expected.kind);
    return 0;
}
