// The harness of parse(). In: octets, then one octet that seeds the sizes of pieces, two with the mask of tolerated
// deviations and the highest bit for a whole input, two that are the limit. What must hold:
//   - every kernel of the machine gives the reference automaton's result, on the input and on its prefixes
//   - the plain grammar accepts a line exactly when it is read without a deviation from the grammar
//   - every view lies where the line says it does, and no octet outside the input is read (guarded_buffer.hpp)
//   - a line read without a deviation is written back octet for octet
//   - a smaller mask accepts no more, and decides no later
//   - lines that arrive in pieces are read like lines that arrive at once

#include "harness.hpp"
#include "kernels_at_hand.hpp"

#include "guarded_buffer.hpp"
#include "plain_grammar.hpp"
#include "reference_automaton.hpp"
#include "results.hpp"

#include <sipstatus/sipstatus.hpp>

#include <algorithm>
#include <cstring>
#include <string>

using namespace sipstatus;
using fuzz::require;

namespace {

// The most octets that are looked at.
constexpr std::size_t longest_input = 1 << 16;

guarded_buffer &memory() {
    static guarded_buffer one(longest_input);
    return one;
}

// Runs every kernel on the octets; on a prefix, one of them in turn.
void compare_kernels(std::string_view octets, parse_options options, reference_automaton automaton, bool is_prefix) {
    automaton.end();
    static const fuzz::kernels_at_hand all;
    const auto expected = automaton.result(octets.data());
    for (std::size_t n = is_prefix ? octets.size() % all.size() : 0; n < all.size(); n += is_prefix ? all.size() : 1) {
        parse_result result;
        all[n](result, octets, options);
        require(same(result, expected), "every kernel gives the reference automaton's result");
    }
}

// Whether to look at a prefix of `size` octets: all of a short input; of a longer one those at both ends, and some
// between.
bool is_prefix_to_try(std::size_t size, std::size_t whole) {
    return size <= 64 || whole - size <= 16 || size % (whole / 32) == 0;
}

// What parse() says of the octets, after every kernel was compared on them and on their prefixes.
parse_result compare_with_automaton(std::string_view octets, parse_options options, bool with_prefixes) {
    reference_automaton automaton(options);
    for (std::size_t size = 0; size <= octets.size(); ++size) {
        const bool is_prefix = size < octets.size();
        if (!is_prefix || (with_prefixes && is_prefix_to_try(size, octets.size())))
            compare_kernels(memory().at_end(octets.substr(0, size)), options, automaton, is_prefix);
        if (is_prefix) automaton.feed(static_cast<unsigned char>(octets[size]));
    }
    if (with_prefixes) compare_kernels(memory().at_begin(octets), options, automaton, false);

    automaton.end();
    const auto result = parse(octets, options);
    for (const auto which : reference_automaton::every_deviation()) {
        const auto expected = is_error(result.outcome) ? npos : automaton.deviation_offset(which);
        require(deviation_offset(result.line, which) == expected, "a deviation's offset is the automaton's");
        require(deviation_offset(result, which) == (expected == npos ? npos : expected + automaton.line_begin()),
                "a deviation's offset in the input is that in the line and what stands before it");
    }
    return result;
}

void check_line_end(std::string_view octets, const parse_result &result, std::size_t phrase_end) {
    const auto line_end = octets.substr(phrase_end, result.consumed - phrase_end);
    const bool bare = result.line.deviations.contains(deviation::bare_lf);
    const bool missing = result.line.deviations.contains(deviation::missing_line_end);
    require(missing ? result.consumed == octets.size() && (line_end.empty() || line_end == "\r")
                    : line_end == (bare ? "\n" : "\r\n"),
            "the line end, and nothing else, follows the phrase");
}

// Checks what the octets alone say about a result.
void check_result(std::string_view octets, parse_options options, const parse_result &result) {
    const char *const line = octets.data() + 2 * result.leading_crlfs;
    require(2 * result.leading_crlfs <= octets.size(), "leading CRLFs lie within the input");
    const auto whole = whole_line(result, octets);
    require(whole.data() == line && line + whole.size() <= octets.data() + octets.size() &&
                whole.find('\n') == whole.npos,
            "the whole line begins after the leading CRLFs, and has no line end");
    if (is_error(result.outcome)) {
        require(result.line == status_line{} && result.consumed == 0, "an error's line is empty");
        require(result.offset < octets.size() || result.outcome == outcome::line_too_long ||
                    (options.whole_input && result.outcome == outcome::not_tolerated),
                "an octet of the input, or its end, decides an error");
        return;
    }
    require(result.offset == 0, "a result without error has no offset");
    if (!result.line.version.empty())
        require(result.line.version.data() == line && result.line.version.size() == 7, "the version begins the line");
    if (!result.line.phrase.empty())
        require(result.line.phrase.data() >= line + 12 &&
                    result.line.phrase.data() + result.line.phrase.size() <= octets.data() + octets.size(),
                "the phrase lies within the input");
    if (result.outcome == outcome::incomplete)
        return require(result.consumed == 0 && result.line.kind == reason_kind::absent,
                       "an incomplete line consumes nothing");
    require(class_of(result.line.code) >= status_class::provisional &&
                class_of(result.line.code) <= status_class::global_failure,
            "a line's code has a class");
    require(whole.substr(code_offset(result.line), 3) == std::to_string(to_int(result.line.code)),
            "the code stands at its offset");
    check_line_end(octets, result,
                   static_cast<std::size_t>(result.line.phrase.data() + result.line.phrase.size() - octets.data()));
}

// A smaller mask accepts no more than a larger one, and decides no later. Both read alike what both accept.
void compare_masks(const parse_result &smaller, const parse_result &larger) {
    if (smaller.outcome == outcome::ok)
        require(same(smaller, larger), "a larger mask reads alike what a smaller one accepts");
    if (smaller.outcome == outcome::incomplete)
        require(larger.outcome == outcome::incomplete, "a larger mask still lets an incomplete line become one");
    if (is_error(larger.outcome))
        require(is_error(smaller.outcome) && smaller.offset <= larger.offset, "a smaller mask decides no later");
}

void compare_with_plain_grammar(std::string_view octets) {
    while (octets.starts_with("\r\n")) octets.remove_prefix(2);
    const auto line = octets.substr(0, std::min(octets.find('\n'), octets.size() - 1) + 1);
    const auto result = parse(line, {.limit = npos});
    const bool accepted =
        result.outcome == outcome::ok && result.consumed == line.size() && grammatical(result.line.deviations);
    require(plain_grammar::is_status_line(line) == accepted, "the plain grammar accepts exactly the grammatical lines");
    if (!accepted && plain_grammar::is_status_line_of_the_abnf(line))
        require(result.outcome == outcome::unsupported_version || result.outcome == outcome::undefined_class,
                "a line of the ABNF is refused only for its version or class");
}

void write_back(std::string_view octets, const parse_result &result) {
    if (result.outcome != outcome::ok || !result.line.deviations.empty()) return;
    const auto line = octets.substr(0, result.consumed).substr(2 * result.leading_crlfs);
    char *const last = memory().end();
    static_cast<void>(memory().at_end(line));
    std::memset(last - line.size(), 0, line.size());
    const auto written = write(last - line.size(), last, result.line.code, result.line.phrase);
    require(written && written.end == last && line == std::string_view(last - line.size(), line.size()),
            "a line without deviation is written back octet for octet");
}

// Reads one line after the other: from all octets that follow, and from pieces as they arrive.
void read_in_pieces(std::string_view octets, parse_options options, fuzz::dice sizes) {
    std::size_t arrived = 0;
    for (int lines = 0; lines < 32; ++lines) {
        const auto at_once = parse(octets, options);
        parse_result result = parse(octets.substr(0, arrived), options);
        while (result.outcome == outcome::incomplete && arrived < octets.size()) {
            arrived = std::min(octets.size(), arrived + sizes.roll(24));
            const auto arrived_octets = octets.substr(0, arrived);
            result = resume(result, arrived_octets, options);
            require(same(result, parse(arrived_octets, options)), "a line is resumed where it was left");
        }
        require(same(result, at_once), "a line that arrives in pieces is read like one that arrives at once");
        if (result.outcome != outcome::ok) break;
        octets.remove_prefix(result.consumed);
        arrived -= result.consumed;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::input in(data, size);
    parse_options options;
    options.limit = in.take_number();
    const unsigned mask = in.take_number();
    options.tolerated = deviations::from_bits(mask);
    options.whole_input = mask >> 15 != 0;
    const fuzz::dice sizes(in.take_octet());
    const auto octets = in.octets().substr(0, longest_input);
    const bool thoroughly = fuzz::is_checked_thoroughly(octets, 4);

    const auto result = compare_with_automaton(octets, options, thoroughly);
    check_result(octets, options, result);
    const auto tolerant = compare_with_automaton(octets, {}, false);
    check_result(octets, {}, tolerant);
    const auto strictly = compare_with_automaton(octets, strict, false);
    check_result(octets, strict, strictly);
    compare_masks(strictly, tolerant);
    const auto with_mask = [options](deviations tolerated) {
        return parse_options{tolerated, options.whole_input, options.limit};
    };
    compare_masks(result, parse(octets, with_mask(deviations::all())));
    compare_masks(parse(octets, with_mask(deviations::none())), result);

    compare_with_plain_grammar(octets);
    write_back(octets, strictly);
    options.whole_input = false;
    if (thoroughly) read_in_pieces(octets, options, sizes);
    return 0;
}
