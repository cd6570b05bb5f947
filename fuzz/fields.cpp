// The harness of header fields and of what a phrase says. In: a field's value or a phrase, then two octets that are a
// code. What must hold:
//   - views lie in the input; a value that was read is read alike by itself; reading goes forward and ends
//   - an error's octet decides: the octets before it, alone, are no error at an earlier place
//   - what was read of a Reason, written again, is read alike
//   - the C face gives the same

#include "harness.hpp"

#include <sipstatus/sipstatus.h>
#include <sipstatus/sipstatus.hpp>

#include <string>

using namespace sipstatus;
using fuzz::require;

namespace {

bool is_inside(std::string_view part, std::string_view whole) {
    return part.data() == nullptr ||
           (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

bool same(const reason_value &a, const reason_value &b) {
    return a.protocol == b.protocol && a.text == b.text && a.location == b.location && a.ppi == b.ppi &&
           a.cause == b.cause && a.kind == b.kind;
}

void write_again(const reason_value &value) {
    std::string text(value.text.size(), 'x');
    text.resize(unescape(value.text, text.data()));
    require(unescape(text, text.data()) <= text.size(), "a text without escapes does not grow");
    text.assign(value.text);
    text.resize(unescape(value.text, text.data()));
    const auto location = find_location(value.location);
    std::string octets(2 * text.size() + value.protocol.size() + 64, '#');
    const auto written =
        write_reason(octets.data(), octets.data() + octets.size(), {value.protocol, value.cause, text, location, {}});
    if (written.error == field_error::unsafe_text) return;
    require(written.error == field_error::none, "what was read can be written");
    octets.resize(static_cast<std::size_t>(written.end - octets.data()));
    const auto again = read_reason(octets);
    require(again && again.next == npos, "what was written can be read");
    std::string back(again.value.text.size(), 'x');
    back.resize(unescape(again.value.text, back.data()));
    require(back == text && again.value.cause == value.cause && again.value.protocol == value.protocol &&
                find_location(again.value.location) == location,
            "a Reason is written as it was read");
}

void check_reasons(std::string_view field) {
    for (std::size_t at = 0; at != npos;) {
        const auto read = read_reason(field, at);
        sipstatus_reason c;
        SIPSTATUS_INIT(c);
        require(sipstatus_read_reason(field.data(), field.size(), at, &c) == static_cast<int>(read.error) &&
                    c.next == read.next && c.offset == read.offset && c.cause == read.value.cause,
                "C reads a Reason as C++ does");
        if (!read) {
            require(read.offset >= at && read.offset <= field.size() && read.next == npos, "an error has a place");
            const auto before = read_reason({field.data(), read.offset}, at);
            require(before || before.offset <= read.offset, "the octet of an error decides");
            return;
        }
        const auto &value = read.value;
        for (const auto part : {value.whole, value.protocol, value.text, value.location, value.ppi})
            require(is_inside(part, field), "views lie in the field");
        const auto alone = read_reason(value.whole);
        require(alone && alone.next == npos && same(alone.value, value), "a value is read alike by itself");
        write_again(value);
        require(read.next == npos || (read.next > at && read.next <= field.size()), "reading goes forward");
        at = read.next;
    }
}

void check_retry_after(std::string_view octets) {
    const auto read = read_retry_after(octets);
    sipstatus_retry_after c;
    SIPSTATUS_INIT(c);
    require(sipstatus_read_retry_after(octets.data(), octets.size(), &c) == static_cast<int>(read.error) &&
                c.seconds == read.value.seconds && c.duration == read.value.duration && c.offset == read.offset,
            "C reads Retry-After as C++ does");
    require(read.offset <= octets.size(), "an error has a place");
    require(is_inside(read.value.comment, octets) && is_inside(read.value.parameters, octets),
            "views lie in the value");
    if (!read) return;
    const auto plain = std::to_string(read.value.seconds);
    require(read_retry_after(plain).value.seconds == read.value.seconds, "seconds are a number");
}

void check_wording(status code, std::string_view phrase) {
    const auto says = read_wording(code, phrase);
    require(is_inside(says.detail, phrase), "the detail lies in the phrase");
    require(says.named_code == 0 || (says.named_code_offset + 3 <= phrase.size() && says.named_code != to_int(code)),
            "a code that is named stands in the phrase, and is another one");
    require(says.subcode == 0 || says.subcode_offset + 6 <= phrase.size(), "a subcode stands in the phrase");
    require(!says || classify_reason(code, phrase) == reason_kind::local, "only a local phrase says more");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::input in(data, size);
    const auto code = static_cast<status>(in.take_number());
    const auto octets = in.octets();
    check_reasons(octets);
    check_retry_after(octets);
    check_wording(code, octets);
    const auto block = find_network_block(status::decline, "Network Blocked", octets);
    for (const auto part : {block.url, block.tel, block.email, block.id})
        require(is_inside(part, octets), "the notice lies in the field");
    const auto cause = cause_of_response(code, octets);
    require(cause.cause <= 127, "a cause has seven bits");
    return 0;
}
