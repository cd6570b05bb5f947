// The harness of write(). In: a phrase, then two octets that are the code, then two that are the room. What must hold:
//   - the line is written whole, as the RFC spells it, or the buffer is left as it was, with a reason that applies
//   - no octet outside the buffer is touched (guarded_buffer.hpp), nor one after the line
//   - parse() reads the line back: the code, the phrase, and no deviation in the parts that write() chooses

#include "harness.hpp"

#include "guarded_buffer.hpp"

#include <sipstatus/sipstatus.hpp>

#include <algorithm>
#include <cstring>
#include <string>

using namespace sipstatus;
using fuzz::require;

namespace {

constexpr std::size_t largest_room = 1 << 16;
constexpr char untouched = '\xA5';

std::string spelled(unsigned code, std::string_view phrase) {
    return "SIP/2.0 " + std::to_string(code) + " " + std::string(phrase) + "\r\n";
}

bool may_refuse(write_error reason, unsigned code, std::string_view phrase, std::size_t room) {
    switch (reason) {
    case write_error::none: return false;
    case write_error::too_small: return room < spelled(code, phrase).size();
    case write_error::invalid_status: return code < 100 || code > 699;
    case write_error::unsafe_phrase:
        return std::any_of(phrase.begin(), phrase.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    }
    return false;
}

bool must_refuse(unsigned code, std::string_view phrase, std::size_t room) {
    for (const auto reason : {write_error::too_small, write_error::invalid_status, write_error::unsafe_phrase})
        if (may_refuse(reason, code, phrase, room)) return true;
    return false;
}

bool is_untouched(const char *first, const char *last) {
    return std::all_of(first, last, [](char c) { return c == untouched; });
}

void read_back(std::string_view line, status code, std::string_view phrase) {
    const auto result = parse(line, {.limit = npos});
    require(result.outcome == outcome::ok && result.consumed == line.size(), "the written line is one line");
    require(result.line.code == code && result.line.phrase == phrase, "the written line is read back");
    using enum deviation;
    const deviations phrase_deviations{control_octet, delimiter_octet, bad_escape, bad_octet, not_utf8};
    require((result.line.deviations - phrase_deviations).empty(), "only the caller's phrase may deviate");
}

// `call` writes to the memory it is given.
template <class Call> void check(unsigned code, std::string_view phrase, std::size_t room, Call call) {
    static guarded_buffer memory(largest_room);
    // The buffer ends where the unreadable page begins.
    const std::string filling(room, untouched);
    const auto placed = memory.at_end(filling);
    char *const last = memory.end();
    char *const first = last - placed.size();

    const write_result written = call(first, last);
    if (!written) {
        require(written.end == first && is_untouched(first, last), "a refusal writes nothing");
        require(may_refuse(written.error, code, phrase, room), "the reason for refusing applies");
        return;
    }
    require(!must_refuse(code, phrase, room), "a line that cannot be written is refused");
    const std::string_view line(first, static_cast<std::size_t>(written.end - first));
    require(line == spelled(code, phrase), "the line is as the RFC spells it");
    require(is_untouched(written.end, last), "nothing after the line is touched");
    read_back(line, static_cast<status>(code), phrase);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::input in(data, size);
    const std::size_t room = in.take_number();
    const unsigned number = in.take_number();
    const auto code = static_cast<status>(number);
    const auto phrase = in.octets();

    const auto write_phrase = [&](char *first, char *last) { return write(first, last, code, phrase); };
    const auto write_canonical = [&](char *first, char *last) { return write(first, last, code); };
    check(number, phrase, room, write_phrase);
    check(number, canonical_phrase(code), room, write_canonical);
    // The line's own size, one octet less, one more.
    const auto exact = spelled(number, phrase).size();
    for (const auto near : {exact - 1, exact, exact + 1})
        if (near <= largest_room) check(number, phrase, near, write_phrase);
    return 0;
}
