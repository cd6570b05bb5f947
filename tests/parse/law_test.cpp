// The law of status_line.hpp, row by row: what goes in, what parse() is to say of it. Every row is then run truncated
// at each octet before an unreadable page, prolonged, and against the reference automaton under all masks and limits.

#include <sipstatus/status_line.hpp>

#include "agreement.hpp"
#include "forced_kernel.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

BOOST_TEST_GLOBAL_FIXTURE(forced_kernel);

using namespace std::literals;
using namespace sipstatus;
using enum outcome;
using enum deviation;

namespace {

struct found {
    deviation which;
    std::size_t at; // from the line's first octet
};

// Up to one finding of each deviation. The rows are constants: code that built them would take long to compile.
struct findings {
    found items[deviation_count]{};
    std::size_t count = 0;

    constexpr findings() = default;
    constexpr findings(std::initializer_list<found> list) {
        for (const auto &one : list) items[count++] = one;
    }
    constexpr const found *begin() const { return items; }
    constexpr const found *end() const { return items + count; }
};

struct row {
    std::string_view name;
    std::string_view input;
    parse_options options;
    outcome verdict;
    std::size_t offset = 0;
    deviation refused{};
    int code = 0;
    std::string_view phrase{};
    reason_kind kind = reason_kind::absent;
    findings finds{};
    std::size_t leading = 0;
    std::size_t consumed = 0;
};

constexpr auto absent = reason_kind::absent;
constexpr auto canonical = reason_kind::canonical;
constexpr auto letter_case = reason_kind::letter_case;
constexpr auto local = reason_kind::local;

constexpr parse_options any{};
constexpr parse_options tolerating(deviations set) {
    return {.tolerated = set};
}
constexpr parse_options refusing(deviations set) {
    return {.tolerated = deviations::all() - set};
}
constexpr parse_options whole(deviations tolerated = deviations::all()) {
    return {.tolerated = tolerated, .whole_input = true};
}
constexpr parse_options limited(std::size_t limit, parse_options options = {}) {
    options.limit = limit;
    return options;
}

// An accepted line; `after` is what of the input follows it.
constexpr row good(std::string_view name, std::string_view input, int code, std::string_view phrase, reason_kind kind,
                   findings finds = {}, parse_options options = {}, std::size_t leading = 0,
                   std::string_view after = {}) {
    return {name, input, options, ok, 0, {}, code, phrase, kind, finds, leading, input.size() - after.size()};
}

// A line that is not complete, and what is certain of it.
constexpr row open(std::string_view name, std::string_view input, int code = 0, std::string_view phrase = {},
                   findings finds = {}, parse_options options = {}, std::size_t leading = 0) {
    return {name, input, options, incomplete, 0, {}, code, phrase, absent, finds, leading};
}

constexpr row bad(std::string_view name, std::string_view input, outcome verdict, std::size_t offset,
                  parse_options options = {}, std::size_t leading = 0) {
    return {name, input, options, verdict, offset, {}, 0, {}, absent, {}, leading};
}

constexpr row refused(std::string_view name, std::string_view input, parse_options options, deviation which,
                      std::size_t offset, std::size_t leading = 0) {
    return {name, input, options, not_tolerated, offset, which, 0, {}, absent, {}, leading};
}

// clang-format off
constexpr row law[] = {
    // Lines without deviation.
    good("plain", "SIP/2.0 200 OK\r\n"sv, 200, "OK", canonical, {}, strict),
    good("empty phrase", "SIP/2.0 100 \r\n"sv, 100, "", absent, {}, strict),
    good("phrase of one blank", "SIP/2.0 100  \r\n"sv, 100, " ", local, {}, strict),
    good("further blanks belong to the phrase", "SIP/2.0 200 \t OK\r\n"sv, 200, "\t OK", local, {}, strict),
    good("trailing blank stays", "SIP/2.0 200 OK \r\n"sv, 200, "OK ", local, {}, strict),
    good("letter case of the phrase", "SIP/2.0 200 oK\r\n"sv, 200, "oK", letter_case, {}, strict),
    good("code without a row", "SIP/2.0 299 OK\r\n"sv, 299, "OK", local, {}, strict),
    good("lowest code", "SIP/2.0 100 x\r\n"sv, 100, "x", local, {}, strict),
    good("highest code", "SIP/2.0 699 x\r\n"sv, 699, "x", local, {}, strict),
    good("every mark and reserved", "SIP/2.0 480 -_.!~*'();/?:@&=+$,\r\n"sv, 480, "-_.!~*'();/?:@&=+$,", local, {}, strict),
    good("escapes of either case", "SIP/2.0 480 %4a%Fb%00\r\n"sv, 480, "%4a%Fb%00", local, {}, strict),
    good("an escape after a character", "SIP/2.0 480 \xC3\xA9%41\r\n"sv, 480, "\xC3\xA9%41", local, {}, strict),
    good("two octets, lowest and highest", "SIP/2.0 480 \xC2\x80\xDF\xBF\r\n"sv, 480, "\xC2\x80\xDF\xBF", local, {}, strict),
    good("three octets at each edge", "SIP/2.0 480 \xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\r\n"sv, 480,
         "\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF", local, {}, strict),
    good("four octets at each edge", "SIP/2.0 480 \xF0\x90\x80\x80\xF4\x8F\xBF\xBF\r\n"sv, 480, "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", local, {}, strict),

    // What follows the line is not looked at.
    good("headers follow", "SIP/2.0 200 OK\r\nVia: x\r\n\r\n"sv, 200, "OK", canonical, {}, strict, 0, "Via: x\r\n\r\n"),
    good("a fold is the next line's business", "SIP/2.0 200 OK\r\n folded\r\n"sv, 200, "OK", canonical, {}, strict, 0, " folded\r\n"),
    good("octets above 0x7F follow", "SIP/2.0 200 OK\r\n\xFF"sv, 200, "OK", canonical, {}, strict, 0, "\xFF"),
    good("CR follows a bare LF", "SIP/2.0 200 OK\n\r"sv, 200, "OK", canonical, {{bare_lf, 14}}, any, 0, "\r"),

    // Leading CRLFs.
    good("one leading CRLF", "\r\nSIP/2.0 200 OK\r\n"sv, 200, "OK", canonical, {}, strict, 1),
    good("three leading CRLFs", "\r\n\r\n\r\nSIP/2.0 200 OK\r\n"sv, 200, "OK", canonical, {}, strict, 3),
    good("leading CRLFs are outside the limit", "\r\n\r\nSIP/2.0 200 OK\r\n"sv, 200, "OK", canonical, {}, limited(14), 2),
    good("deviations count from the line", "\r\nsip/2.0 200 <\n"sv, 200, "<", local, {{version_case, 0}, {delimiter_octet, 12}, {bare_lf, 13}}, any, 1),
    open("nothing", ""sv),
    open("leading CR", "\r"sv),
    open("leading CRLF alone", "\r\n"sv, 0, {}, {}, any, 1),
    open("leading CRLF and CR", "\r\n\r"sv, 0, {}, {}, any, 1),
    bad("leading LF", "\nSIP/2.0 200 OK\r\n"sv, not_status_line, 0),
    bad("leading LF after a pair", "\r\n\nSIP/2.0 200 OK\r\n"sv, not_status_line, 2, any, 1),
    bad("leading CR without LF", "\rSIP/2.0 200 OK\r\n"sv, not_status_line, 1),
    bad("leading CR CR LF", "\r\r\nSIP/2.0 200 OK\r\n"sv, not_status_line, 1),
    bad("leading CR after pairs", "\r\n\r\n\rS"sv, not_status_line, 5, any, 2),
    bad("leading blank", " SIP/2.0 200 OK\r\n"sv, not_status_line, 0),
    bad("leading NUL", "\0SIP/2.0 200 OK\r\n"sv, not_status_line, 0),
    bad("offsets count from the input", "\r\n\r\nSIP/2.0 700 x\r\n"sv, undefined_class, 12, any, 2),

    // The version.
    good("lower case", "sip/2.0 200 OK\r\n"sv, 200, "OK", canonical, {{version_case, 0}}),
    good("second letter", "SiP/2.0 200 OK\r\n"sv, 200, "OK", canonical, {{version_case, 1}}),
    good("third letter", "SIp/2.0 200 OK\r\n"sv, 200, "OK", canonical, {{version_case, 2}}),
    refused("lower case refused", "sip/2.0 200 OK\r\n"sv, strict, version_case, 0),
    refused("third letter refused", "SIp/2.0 200 OK\r\n"sv, refusing(version_case), version_case, 2),
    open("version begun", "SIP/2"sv),
    open("lower case is certain before the version is whole", "Si"sv, 0, {}, {{version_case, 1}}),
    open("version whole", "SIP/2.0"sv),
    bad("request", "INVITE sip:a@b SIP/2.0\r\n"sv, not_status_line, 0),
    bad("request that begins like it", "SIPPING sip:a@b SIP/2.0\r\n"sv, not_status_line, 3),
    bad("other protocol", "HTTP/1.1 200 OK\r\n"sv, not_status_line, 0),
    bad("blank within SIP/", "SIP /2.0 200 OK\r\n"sv, not_status_line, 3),
    bad("LF within SIP/", "SI\n"sv, not_status_line, 2),
    bad("CR within SIP/", "SIP\r\n"sv, not_status_line, 3),
    bad("letter but for bit 6", "S\x09P/2.0 200 OK\r\n"sv, not_status_line, 1),
    bad("slash but for bit 5", "SIP\x0F""2.0 200 OK\r\n"sv, not_status_line, 3),
    bad("high bit set", "\xD3IP/2.0 200 OK\r\n"sv, not_status_line, 0),
    bad("version 1.0", "SIP/1.0 200 OK\r\n"sv, unsupported_version, 4),
    bad("version 3.0", "SIP/3.0 200 OK\r\n"sv, unsupported_version, 4),
    bad("version 2.1", "SIP/2.1 200 OK\r\n"sv, unsupported_version, 6),
    bad("version 02.0", "SIP/02.0 200 OK\r\n"sv, unsupported_version, 4),
    bad("version 2.00", "SIP/2.00 200 OK\r\n"sv, unsupported_version, 7),
    bad("version 2.0.1", "SIP/2.0.1 200 OK\r\n"sv, unsupported_version, 7),
    bad("version 2", "SIP/2 200 OK\r\n"sv, unsupported_version, 5),
    bad("blank within 2.0", "SIP/2 .0 200 OK\r\n"sv, unsupported_version, 5),
    bad("no version", "SIP/ 200 OK\r\n"sv, unsupported_version, 4),
    bad("CR within 2.0", "SIP/2.\r\n"sv, unsupported_version, 6),
    bad("glued version and code", "SIP/2.0200 OK\r\n"sv, unsupported_version, 7),
    bad("letter after the version", "SIP/2.0x 200 OK\r\n"sv, bad_separator, 7),
    bad("a Via's version", "SIP/2.0/UDP 192.0.2.1\r\n"sv, bad_separator, 7),
    bad("line ends after the version", "SIP/2.0\r\n"sv, bad_separator, 7),
    bad("LF after the version", "SIP/2.0\n"sv, bad_separator, 7),
    bad("NUL after the version", "SIP/2.0\0"sv, bad_separator, 7),
    bad("an error outranks an earlier tolerated deviation", "sip/2.0x"sv, bad_separator, 7),

    // The separator before the code.
    good("two blanks", "SIP/2.0  200 OK\r\n"sv, 200, "OK", canonical, {{repeated_separator, 8}}),
    good("nine blanks", "SIP/2.0         200 OK\r\n"sv, 200, "OK", canonical, {{repeated_separator, 8}}),
    good("HTAB", "SIP/2.0\t200 OK\r\n"sv, 200, "OK", canonical, {{tab_separator, 7}}),
    good("SP HTAB", "SIP/2.0 \t200 OK\r\n"sv, 200, "OK", canonical, {{repeated_separator, 8}, {tab_separator, 8}}),
    good("SP SP HTAB", "SIP/2.0  \t200 OK\r\n"sv, 200, "OK", canonical, {{repeated_separator, 8}, {tab_separator, 9}}),
    good("HTAB SP", "SIP/2.0\t 200 OK\r\n"sv, 200, "OK", canonical, {{repeated_separator, 8}, {tab_separator, 7}}),
    refused("two blanks refused", "SIP/2.0  200 OK\r\n"sv, strict, repeated_separator, 8),
    refused("HTAB refused", "SIP/2.0\t200 OK\r\n"sv, strict, tab_separator, 7),
    refused("SP HTAB refused by the lower", "SIP/2.0 \t200 OK\r\n"sv, strict, repeated_separator, 8),
    refused("SP HTAB refused by the higher", "SIP/2.0 \t200 OK\r\n"sv, tolerating(repeated_separator), tab_separator, 8),
    open("separator", "SIP/2.0 "sv),
    open("separators", "SIP/2.0 \t"sv, 0, {}, {{repeated_separator, 8}, {tab_separator, 8}}),
    bad("line ends after the separator", "SIP/2.0 \r\n"sv, bad_code, 8),
    bad("LF after the separator", "SIP/2.0 \n"sv, bad_code, 8),
    bad("CR after separators", "SIP/2.0  \r\n"sv, bad_code, 9),
    bad("vertical tab for a separator", "SIP/2.0\x0B""200 OK\r\n"sv, bad_separator, 7),
    bad("vertical tab after the separator", "SIP/2.0 \x0B""200 OK\r\n"sv, bad_code, 8),

    // The code.
    bad("first digit 0", "SIP/2.0 000 X\r\n"sv, undefined_class, 8),
    bad("first digit 7", "SIP/2.0 700 X\r\n"sv, undefined_class, 8),
    bad("first digit 8", "SIP/2.0 8"sv, undefined_class, 8),
    bad("first digit 9", "SIP/2.0 999 X\r\n"sv, undefined_class, 8),
    bad("first digit 0 after blanks", "SIP/2.0   042 X\r\n"sv, undefined_class, 10),
    bad("letters", "SIP/2.0 OK\r\n"sv, bad_code, 8),
    bad("sign", "SIP/2.0 -200 OK\r\n"sv, bad_code, 8),
    bad("plus", "SIP/2.0 +200 OK\r\n"sv, bad_code, 8),
    bad("octet below the digits", "SIP/2.0 /00 OK\r\n"sv, bad_code, 8),
    bad("octet above the digits", "SIP/2.0 :00 OK\r\n"sv, bad_code, 8),
    bad("digit with the high bit", "SIP/2.0 \xB2""00 OK\r\n"sv, bad_code, 8),
    bad("one digit", "SIP/2.0 2 OK\r\n"sv, bad_code, 9),
    bad("two digits", "SIP/2.0 20 OK\r\n"sv, bad_code, 10),
    bad("hexadecimal", "SIP/2.0 2AB OK\r\n"sv, bad_code, 9),
    bad("line ends after one digit", "SIP/2.0 2\r\n"sv, bad_code, 9),
    bad("line ends after two digits", "SIP/2.0 20\n"sv, bad_code, 10),
    bad("four digits", "SIP/2.0 2000 OK\r\n"sv, bad_code, 11),
    bad("many digits", "SIP/2.0 4294967301 better not break the receiver\r\n"sv, bad_code, 11),
    bad("decimal", "SIP/2.0 488.1 X\r\n"sv, bad_separator, 11),
    open("one digit so far", "SIP/2.0 2"sv),
    open("three digits so far", "SIP/2.0 200"sv),

    // The separator after the code.
    good("HTAB after the code", "SIP/2.0 200\tOK\r\n"sv, 200, "OK", canonical, {{tab_separator, 11}}),
    good("both separators are HTAB", "SIP/2.0\t200\tOK\r\n"sv, 200, "OK", canonical, {{tab_separator, 7}}),
    good("missing separator", "SIP/2.0 100\r\n"sv, 100, "", absent, {{missing_separator, 11}}),
    good("missing separator and bare LF", "SIP/2.0 100\n"sv, 100, "", absent, {{missing_separator, 11}, {bare_lf, 11}}),
    refused("missing separator refused", "SIP/2.0 100\r\n"sv, strict, missing_separator, 11),
    refused("missing separator and bare LF refused by the lower", "SIP/2.0 100\n"sv, strict, missing_separator, 11),
    refused("missing separator and bare LF refused by the higher", "SIP/2.0 100\n"sv, refusing(bare_lf), bare_lf, 11),
    refused("HTAB after the code refused", "SIP/2.0 200\tOK\r\n"sv, strict, tab_separator, 11),
    bad("letter after the code", "SIP/2.0 200OK\r\n"sv, bad_separator, 11),
    bad("NUL after the code", "SIP/2.0 200\0OK\r\n"sv, bad_separator, 11),
    bad("0xFF after the code", "SIP/2.0 200\xFF\r\n"sv, bad_separator, 11),
    bad("percent after the code", "SIP/2.0 200%20OK\r\n"sv, bad_separator, 11),
    bad("CR after the code and no LF", "SIP/2.0 200\rOK\r\n"sv, bad_line_end, 12),
    bad("CR CR LF after the code", "SIP/2.0 200\r\r\n"sv, bad_line_end, 12),
    open("code is known once its separator is read", "SIP/2.0 200 "sv, 200),
    open("code is known once the line end begins", "SIP/2.0 200\r"sv, 200, {}, {{missing_separator, 11}}),

    // The phrase, ASCII.
    good("NUL", "SIP/2.0 200 a\0b\r\n"sv, 200, "a\0b"sv, local, {{control_octet, 13}}),
    good("ESC", "SIP/2.0 200 \x1B[0m\r\n"sv, 200, "\x1B[0m", local, {{control_octet, 12}, {delimiter_octet, 13}}),
    good("DEL", "SIP/2.0 200 O\x7FK\r\n"sv, 200, "O\x7FK", local, {{control_octet, 13}}),
    good("vertical tab and form feed", "SIP/2.0 200 \x0B\x0C\r\n"sv, 200, "\x0B\x0C", local, {{control_octet, 12}}),
    good("backspace", "SIP/2.0 200 \x08\r\n"sv, 200, "\x08", local, {{control_octet, 12}}),
    good("shift out", "SIP/2.0 200 \x0E\r\n"sv, 200, "\x0E", local, {{control_octet, 12}}),
    good("unit separator", "SIP/2.0 200 \x1F\r\n"sv, 200, "\x1F", local, {{control_octet, 12}}),
    good("quote", "SIP/2.0 200 \"OK\"\r\n"sv, 200, "\"OK\"", local, {{delimiter_octet, 12}}),
    good("hash", "SIP/2.0 200 #\r\n"sv, 200, "#", local, {{delimiter_octet, 12}}),
    good("angle", "SIP/2.0 200 a<\r\n"sv, 200, "a<", local, {{delimiter_octet, 13}}),
    good("other angle", "SIP/2.0 200 >\r\n"sv, 200, ">", local, {{delimiter_octet, 12}}),
    good("brackets", "SIP/2.0 200 ]\r\n"sv, 200, "]", local, {{delimiter_octet, 12}}),
    good("backslash", "SIP/2.0 200 \\\r\n"sv, 200, "\\", local, {{delimiter_octet, 12}}),
    good("caret", "SIP/2.0 200 ^\r\n"sv, 200, "^", local, {{delimiter_octet, 12}}),
    good("grave", "SIP/2.0 200 `\r\n"sv, 200, "`", local, {{delimiter_octet, 12}}),
    good("braces and bar", "SIP/2.0 200 a{|}\r\n"sv, 200, "a{|}", local, {{delimiter_octet, 13}}),
    refused("NUL refused", "SIP/2.0 200 a\0b\r\n"sv, strict, control_octet, 13),
    refused("quote refused", "SIP/2.0 200 \"OK\"\r\n"sv, strict, delimiter_octet, 12),
    refused("the first refused one decides", "SIP/2.0 200 \x1B[0m\r\n"sv, tolerating(control_octet), delimiter_octet, 13),
    open("phrase so far", "SIP/2.0 200 O"sv, 200, "O"),
    open("phrase so far with a deviation", "SIP/2.0 200 O\x01"sv, 200, "O\x01", {{control_octet, 13}}),
    open("phrase so far without the CR", "SIP/2.0 200 OK\r"sv, 200, "OK"),
    open("empty phrase so far without the CR", "SIP/2.0 200 \r"sv, 200, ""),

    // Escapes.
    good("percent before the line end", "SIP/2.0 200 100%\r\n"sv, 200, "100%", local, {{bad_escape, 16}}),
    good("percent before a bare LF", "SIP/2.0 200 %\n"sv, 200, "%", local, {{bad_escape, 13}, {bare_lf, 13}}),
    good("percent and a letter", "SIP/2.0 200 %zz\r\n"sv, 200, "%zz", local, {{bad_escape, 13}}),
    good("percent and a blank", "SIP/2.0 200 5% off\r\n"sv, 200, "5% off", local, {{bad_escape, 14}}),
    good("one digit and a letter", "SIP/2.0 200 %4g\r\n"sv, 200, "%4g", local, {{bad_escape, 14}}),
    good("one digit before the line end", "SIP/2.0 200 %4\r\n"sv, 200, "%4", local, {{bad_escape, 14}}),
    good("percent percent opens another", "SIP/2.0 200 %%41\r\n"sv, 200, "%%41", local, {{bad_escape, 13}}),
    good("percent digit percent opens another", "SIP/2.0 200 %4%41\r\n"sv, 200, "%4%41", local, {{bad_escape, 14}}),
    good("three percents", "SIP/2.0 200 %%%\r\n"sv, 200, "%%%", local, {{bad_escape, 13}}),
    good("the octet that breaks an escape deviates too", "SIP/2.0 200 %<\r\n"sv, 200, "%<", local, {{bad_escape, 13}, {delimiter_octet, 13}}),
    good("a control breaks an escape", "SIP/2.0 200 %4\0\r\n"sv, 200, "%4\0"sv, local, {{bad_escape, 14}, {control_octet, 14}}),
    good("0xFF breaks an escape", "SIP/2.0 200 %\xFF\r\n"sv, 200, "%\xFF", local, {{bad_escape, 13}, {bad_octet, 13}}),
    good("a sequence breaks an escape", "SIP/2.0 200 %\xC3\xA9\r\n"sv, 200, "%\xC3\xA9", local, {{bad_escape, 13}}),
    good("a lone continuation breaks an escape", "SIP/2.0 200 %4\x80\r\n"sv, 200, "%4\x80", local, {{bad_escape, 14}, {not_utf8, 14}}),
    good("neighbours of HEXDIG", "SIP/2.0 200 %4@\r\n"sv, 200, "%4@", local, {{bad_escape, 14}}),
    good("other neighbours of HEXDIG", "SIP/2.0 200 %:0\r\n"sv, 200, "%:0", local, {{bad_escape, 13}}),
    refused("bad escape refused", "SIP/2.0 200 100%\r\n"sv, strict, bad_escape, 16),
    refused("bad escape refused before delimiter", "SIP/2.0 200 %<\r\n"sv, refusing(bad_escape), bad_escape, 13),
    refused("delimiter refused in a broken escape", "SIP/2.0 200 %<\r\n"sv, tolerating(bad_escape), delimiter_octet, 13),
    open("percent so far", "SIP/2.0 200 %"sv, 200, "%", {}, strict),
    open("percent digit so far", "SIP/2.0 200 %4"sv, 200, "%4", {}, strict),
    open("percent CR so far", "SIP/2.0 200 %\r"sv, 200, "%", {{bad_escape, 13}}),

    // Octets above 0x7F: not in UTF-8 by RFC 3629, yet let pass by the ABNF.
    good("lone continuation", "SIP/2.0 200 a\x80\r\n"sv, 200, "a\x80", local, {{not_utf8, 13}}, tolerating(not_utf8)),
    good("highest lone continuation", "SIP/2.0 200 \xBF\r\n"sv, 200, "\xBF", local, {{not_utf8, 12}}, tolerating(not_utf8)),
    good("one continuation too many", "SIP/2.0 200 \xC3\xA9\xA9\r\n"sv, 200, "\xC3\xA9\xA9", local, {{not_utf8, 14}}, tolerating(not_utf8)),
    good("overlong two octets", "SIP/2.0 200 \xC0\xAF\r\n"sv, 200, "\xC0\xAF", local, {{not_utf8, 12}}, tolerating(not_utf8)),
    good("overlong two octets, C1", "SIP/2.0 200 \xC1\xBF\r\n"sv, 200, "\xC1\xBF", local, {{not_utf8, 12}}, tolerating(not_utf8)),
    good("overlong three octets", "SIP/2.0 200 \xE0\x9F\xBF\r\n"sv, 200, "\xE0\x9F\xBF", local, {{not_utf8, 13}}, tolerating(not_utf8)),
    good("lowest surrogate", "SIP/2.0 200 \xED\xA0\x80\r\n"sv, 200, "\xED\xA0\x80", local, {{not_utf8, 13}}, tolerating(not_utf8)),
    good("highest surrogate", "SIP/2.0 200 \xED\xBF\xBF\r\n"sv, 200, "\xED\xBF\xBF", local, {{not_utf8, 13}}, tolerating(not_utf8)),
    good("overlong four octets", "SIP/2.0 200 \xF0\x8F\xBF\xBF\r\n"sv, 200, "\xF0\x8F\xBF\xBF", local, {{not_utf8, 13}}, tolerating(not_utf8)),
    good("above U+10FFFF", "SIP/2.0 200 \xF4\x90\x80\x80\r\n"sv, 200, "\xF4\x90\x80\x80", local, {{not_utf8, 13}}, tolerating(not_utf8)),
    good("lead F5", "SIP/2.0 200 \xF5\x80\x80\x80\r\n"sv, 200, "\xF5\x80\x80\x80", local, {{not_utf8, 12}}, tolerating(not_utf8)),
    good("five octets", "SIP/2.0 200 \xF8\x88\x80\x80\x80\r\n"sv, 200, "\xF8\x88\x80\x80\x80", local, {{not_utf8, 12}}, tolerating(not_utf8)),
    good("six octets", "SIP/2.0 200 \xFC\x84\x80\x80\x80\x80\r\n"sv, 200, "\xFC\x84\x80\x80\x80\x80", local, {{not_utf8, 12}}, tolerating(not_utf8)),
    good("the range is the second octet's alone", "SIP/2.0 200 \xE0\xA0\x80\xF0\x90\x80\x80\r\n"sv, 200, "\xE0\xA0\x80\xF0\x90\x80\x80", local, {}, strict),
    refused("lone continuation refused", "SIP/2.0 200 a\x80\r\n"sv, strict, not_utf8, 13),
    refused("surrogate refused at its second octet", "SIP/2.0 200 \xED\xA0\x80\r\n"sv, strict, not_utf8, 13),
    open("a sequence so far", "SIP/2.0 200 \xE2\x82"sv, 200, "\xE2\x82", {}, strict),
    open("an overlong sequence so far", "SIP/2.0 200 \xE0\x80"sv, 200, "\xE0\x80", {{not_utf8, 13}}),

    // Octets above 0x7F that even the ABNF refuses.
    good("FE", "SIP/2.0 200 \xFE\r\n"sv, 200, "\xFE", local, {{bad_octet, 12}}, tolerating(bad_octet)),
    good("FF", "SIP/2.0 200 a\xFF\r\n"sv, 200, "a\xFF", local, {{bad_octet, 13}}, tolerating(bad_octet)),
    good("Latin-1", "SIP/2.0 486 Besetzt f\xFCr Sie\r\n"sv, 486, "Besetzt f\xFCr Sie", local, {{bad_octet, 22}, {not_utf8, 21}}),
    good("lead and ASCII", "SIP/2.0 200 \xC3" "A\r\n"sv, 200, "\xC3" "A", local, {{bad_octet, 13}}, tolerating(bad_octet)),
    good("lead before the line end", "SIP/2.0 200 \xC3\r\n"sv, 200, "\xC3", local, {{bad_octet, 13}}, tolerating(bad_octet)),
    good("lead before a bare LF", "SIP/2.0 200 \xC3\n"sv, 200, "\xC3", local, {{bad_octet, 13}, {bare_lf, 13}}),
    good("one continuation of two", "SIP/2.0 200 \xE2\x82\r\n"sv, 200, "\xE2\x82", local, {{bad_octet, 14}}, tolerating(bad_octet)),
    good("two continuations of three", "SIP/2.0 200 \xF0\x9F\x98 \r\n"sv, 200, "\xF0\x9F\x98 ", local, {{bad_octet, 15}}, tolerating(bad_octet)),
    good("three continuations of four", "SIP/2.0 200 \xF8\x88\x80\x80\r\n"sv, 200, "\xF8\x88\x80\x80", local, {{bad_octet, 16}, {not_utf8, 12}}),
    good("four continuations of five", "SIP/2.0 200 \xFD\x80\x80\x80\x80" "a\r\n"sv, 200, "\xFD\x80\x80\x80\x80" "a", local, {{bad_octet, 17}, {not_utf8, 12}}),
    good("lead breaks lead", "SIP/2.0 200 \xC3\xC3\xA9\r\n"sv, 200, "\xC3\xC3\xA9", local, {{bad_octet, 13}}, tolerating(bad_octet)),
    good("FE breaks lead", "SIP/2.0 200 \xC3\xFE\r\n"sv, 200, "\xC3\xFE", local, {{bad_octet, 13}}, tolerating(bad_octet)),
    good("C0 breaks lead", "SIP/2.0 200 \xE2\xC0\x80\r\n"sv, 200, "\xE2\xC0\x80", local, {{bad_octet, 13}, {not_utf8, 13}}),
    good("percent breaks lead and opens an escape", "SIP/2.0 200 \xC3%41\r\n"sv, 200, "\xC3%41", local, {{bad_octet, 13}}, tolerating(bad_octet)),
    good("percent breaks lead, then breaks itself", "SIP/2.0 200 \xC3%\r\n"sv, 200, "\xC3%", local, {{bad_octet, 13}, {bad_escape, 14}}),
    good("delimiter breaks lead", "SIP/2.0 200 \xC3<\r\n"sv, 200, "\xC3<", local, {{bad_octet, 13}, {delimiter_octet, 13}}),
    good("NUL breaks lead", "SIP/2.0 200 \xC3\0\r\n"sv, 200, "\xC3\0"sv, local, {{bad_octet, 13}, {control_octet, 13}}),
    good("a broken overlong has both", "SIP/2.0 200 \xE0\x80" "a\r\n"sv, 200, "\xE0\x80" "a", local, {{not_utf8, 13}, {bad_octet, 14}}),
    refused("FF refused", "SIP/2.0 200 a\xFF\r\n"sv, strict, bad_octet, 13),
    refused("broken sequence refused where it breaks", "SIP/2.0 200 \xE2\x82 \r\n"sv, strict, bad_octet, 14),
    refused("pending sequence refused at the line end", "SIP/2.0 200 \xE2\x82\r\n"sv, strict, bad_octet, 14),
    refused("delimiter refused before bad octet", "SIP/2.0 200 \xC3<\r\n"sv, strict, delimiter_octet, 13),
    refused("bad octet refused before not_utf8", "SIP/2.0 200 \xE2\xC0\x80\r\n"sv, strict, bad_octet, 13),

    // The line end.
    good("bare LF", "SIP/2.0 200 OK\n"sv, 200, "OK", canonical, {{bare_lf, 14}}, tolerating(bare_lf)),
    good("bare LF after the separator", "SIP/2.0 200 \n"sv, 200, "", absent, {{bare_lf, 12}}, tolerating(bare_lf)),
    good("every deviation but the missing separator", "\r\nsip/2.0 \t200\t\x01<%\x80\xFF\n"sv, 200, "\x01<%\x80\xFF", local,
         {{version_case, 0}, {repeated_separator, 8}, {tab_separator, 8}, {control_octet, 13}, {delimiter_octet, 14},
          {bad_escape, 16}, {bad_octet, 17}, {not_utf8, 16}, {bare_lf, 18}}, any, 1),
    refused("bare LF refused", "SIP/2.0 200 OK\n"sv, strict, bare_lf, 14),
    refused("bare LF refused after leading CRLFs", "\r\n\r\nSIP/2.0 200 OK\n"sv, strict, bare_lf, 18, 2),
    bad("CR in the phrase", "SIP/2.0 200 O\rK\r\n"sv, bad_line_end, 14),
    bad("CR CR LF", "SIP/2.0 200 OK\r\r\n"sv, bad_line_end, 15),
    bad("CR and NUL", "SIP/2.0 200 OK\r\0\n"sv, bad_line_end, 15),
    bad("CR and blank", "SIP/2.0 200 \r \n"sv, bad_line_end, 13),
    bad("CR and 0xFF", "SIP/2.0 200 \r\xFF"sv, bad_line_end, 13),

    // The limit: octets before the line end.
    good("a canonical phrase too long for one look has no octets of 0xFF instead",
         "SIP/2.0 516 \xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
         "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\r\n"sv,
         516,
         "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
         "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
         local, {{bad_octet, 12}}),
    good("nor has one of 32 octets 32 NULs instead",
         "SIP/2.0 439 \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\r\n"sv, 439,
         "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv, local, {{control_octet, 12}}),
    good("as long as the limit", "SIP/2.0 200 OK\r\n"sv, 200, "OK", canonical, {}, limited(14)),
    good("as long as the limit, bare LF", "SIP/2.0 200 OK\n"sv, 200, "OK", canonical, {{bare_lf, 14}}, limited(14)),
    good("shortest line of all", "SIP/2.0 100\r\n"sv, 100, "", absent, {{missing_separator, 11}}, limited(11)),
    good("shortest strict line", "SIP/2.0 100 \r\n"sv, 100, "", absent, {}, limited(12, strict)),
    open("exactly the limit may still be incomplete", "SIP/2.0 200 OK"sv, 200, "OK", {}, limited(14)),
    open("the limit and CR", "SIP/2.0 200 OK\r"sv, 200, "OK", {}, limited(14)),
    bad("one octet more than the limit", "SIP/2.0 200 OKs\r\n"sv, line_too_long, 14, limited(14)),
    bad("the limit, CR, and no LF", "SIP/2.0 200 OK\rs"sv, bad_line_end, 15, limited(14)),
    bad("CR within the limit, no LF at it", "SIP/2.0 200 OK\rs"sv, bad_line_end, 15, limited(15)),
    bad("the limit, CR, CR", "SIP/2.0 200 OK\r\r"sv, bad_line_end, 15, limited(14)),
    bad("no line is that short", "SIP/2.0 100\r\n"sv, line_too_long, 0, limited(10)),
    bad("no line is of no octet", ""sv, line_too_long, 0, limited(0)),
    bad("no strict line is that short", ""sv, line_too_long, 0, limited(11, strict)),
    bad("no line is that short, leading CRLFs or not", "\r\n\r\nSIP/2.0 100\r\n"sv, line_too_long, 0, limited(10)),
    bad("no line is that short, be it one or not", "INVITE"sv, line_too_long, 0, limited(10)),
    bad("the second blank leaves no room for the code", "SIP/2.0  100\r\n"sv, line_too_long, 8, limited(11)),
    good("the second blank leaves just the room", "SIP/2.0  100\r\n"sv, 100, "", absent, {{repeated_separator, 8}, {missing_separator, 12}}, limited(12)),
    bad("the second blank leaves no room for the separator", "SIP/2.0  100 \r\n"sv, line_too_long, 8, limited(12, refusing(missing_separator))),
    refused("a refused blank outranks the room after it", "SIP/2.0  100 \r\n"sv, limited(12, strict), repeated_separator, 8),
    bad("the third blank leaves no room for the code", "\r\nSIP/2.0   100\r\n"sv, line_too_long, 11, limited(12), 1),
    bad("no room for the separator, which may be missing", "SIP/2.0 100 \r\n"sv, line_too_long, 11, limited(11)),
    bad("a wrong octet beyond the limit is one too many first", "SIP/2.0 200x"sv, line_too_long, 11, limited(11)),
    good("escape begun at the limit, tolerated", "SIP/2.0 200 O%\r\n"sv, 200, "O%", local, {{bad_escape, 14}}, limited(14)),
    bad("escape begun at the limit, refused", "SIP/2.0 200 O%41\r\n"sv, line_too_long, 13, limited(14, strict)),
    bad("escape begun with one octet left, refused", "SIP/2.0 200 O%41\r\n"sv, line_too_long, 13, limited(15, strict)),
    good("escape begun with its octets left", "SIP/2.0 200 O%41\r\n"sv, 200, "O%41", local, {}, limited(16, strict)),
    bad("sequence begun at the limit, refused", "SIP/2.0 200 \xE2\x82\xAC\r\n"sv, line_too_long, 12, limited(14, refusing(bad_octet))),
    good("sequence begun with its octets left", "SIP/2.0 200 \xE2\x82\xAC\r\n"sv, 200, "\xE2\x82\xAC", local, {}, limited(15, strict)),
    refused("six octets are refused before they do not fit", "SIP/2.0 200 \xFC\x84\x80\x80\x80\x80\r\n"sv, limited(14, strict), not_utf8, 12),
    bad("six octets tolerated do not fit", "SIP/2.0 200 \xFC\x84\x80\x80\x80\x80\r\n"sv, line_too_long, 12, limited(17, refusing(bad_octet))),
    good("a broken sequence at the limit, tolerated", "SIP/2.0 200 \xE2\x82\r\n"sv, 200, "\xE2\x82", local, {{bad_octet, 14}}, limited(14)),
    bad("a lead that breaks an escape must fit", "SIP/2.0 200 %\xC3\xA9\r\n"sv, line_too_long, 13, limited(14, refusing(bad_octet))),

    // The end of a whole input.
    good("the end ends the line", "SIP/2.0 200 OK"sv, 200, "OK", canonical, {{missing_line_end, 14}}, whole()),
    good("the end after CR", "SIP/2.0 200 OK\r"sv, 200, "OK", canonical, {{missing_line_end, 14}}, whole()),
    good("a line end is still one", "SIP/2.0 200 OK\r\n"sv, 200, "OK", canonical, {}, whole(deviations::none())),
    good("a bare LF is still one", "SIP/2.0 200 OK\n"sv, 200, "OK", canonical, {{bare_lf, 14}}, whole()),
    good("what follows a line is not looked at", "SIP/2.0 200 OK\r\nVia"sv, 200, "OK", canonical, {}, whole(), 0, "Via"),
    good("the end after leading CRLFs and a line", "\r\nSIP/2.0 200 OK"sv, 200, "OK", canonical, {{missing_line_end, 14}}, whole(), 1),
    good("the end after the code", "SIP/2.0 100"sv, 100, "", absent, {{missing_separator, 11}, {missing_line_end, 11}}, whole()),
    good("the end after the code and CR", "SIP/2.0 100\r"sv, 100, "", absent, {{missing_separator, 11}, {missing_line_end, 11}}, whole()),
    good("the end after the separator", "SIP/2.0 100 "sv, 100, "", absent, {{missing_line_end, 12}}, whole()),
    good("the end breaks an escape", "SIP/2.0 200 %4"sv, 200, "%4", local, {{bad_escape, 14}, {missing_line_end, 14}}, whole()),
    good("the end breaks a sequence", "SIP/2.0 200 \xE2\x82"sv, 200, "\xE2\x82", local, {{bad_octet, 14}, {missing_line_end, 14}}, whole()),
    good("the end at the limit", "SIP/2.0 200 OK"sv, 200, "OK", canonical, {{missing_line_end, 14}}, limited(14, whole())),
    good("a long phrase to the end", "SIP/2.0 513 Message Too Large, and more than a block of it"sv, 513, "Message Too Large, and more than a block of it", local, {{missing_line_end, 58}}, whole()),
    refused("the end refused", "SIP/2.0 200 OK"sv, whole(deviations::none()), missing_line_end, 14),
    refused("the end after CR refused", "SIP/2.0 200 OK\r"sv, whole(deviations::none()), missing_line_end, 14),
    refused("the end after the code refused by the lower", "SIP/2.0 100"sv, whole(deviations::none()), missing_separator, 11),
    refused("the end after the code refused by the higher", "SIP/2.0 100"sv, whole(missing_separator), missing_line_end, 11),
    refused("the end refused for the escape it breaks", "SIP/2.0 200 %"sv, whole(missing_line_end), bad_escape, 13),
    open("no whole line", ""sv, 0, {}, {}, whole()),
    open("no whole line after leading CRLFs", "\r\n"sv, 0, {}, {}, whole(), 1),
    open("no whole version", "SIP/2"sv, 0, {}, {}, whole()),
    open("no code", "SIP/2.0 "sv, 0, {}, {}, whole()),
    open("no whole code", "SIP/2.0 20"sv, 0, {}, {}, whole()),
    bad("beyond the limit, whole", "SIP/2.0 200 OK"sv, line_too_long, 13, limited(13, whole())),
    bad("CR CR to the end", "SIP/2.0 200 OK\r\r"sv, bad_line_end, 15, whole()),
};
// clang-format on

// Whether the result is what the row states, the views by their content.
bool as_stated(const row &r, const parse_result &result) {
    if (result.outcome != r.verdict || result.offset != r.offset || result.consumed != r.consumed ||
        result.leading_crlfs != r.leading || (r.verdict == not_tolerated && result.refused != r.refused))
        return false;
    if (is_error(r.verdict)) return result.line == status_line{};
    const auto line = r.input.substr(2 * r.leading);
    deviations all_found;
    for (const auto &find : r.finds) all_found |= find.which;
    return result.line.version == (line.size() < 7 ? ""sv : line.substr(0, 7)) && to_int(result.line.code) == r.code &&
           result.line.phrase == r.phrase && result.line.kind == r.kind && result.line.deviations == all_found;
}

bool lies_in(std::string_view view, std::string_view buffer) {
    constexpr std::less_equal<const char *> not_after;
    return not_after(buffer.data(), view.data()) && not_after(view.data() + view.size(), buffer.data() + buffer.size());
}

bool no_line_is_acceptable(parse_options options) {
    return options.limit < (options.tolerated.contains(missing_separator) ? 11u : 12u);
}

// The default one, and every one that may matter to an input: below 11 no line is acceptable.
std::vector<std::size_t> limits_around(std::size_t size) {
    std::vector<std::size_t> limits{parse_options{}.limit, 0};
    for (std::size_t limit = 10; limit <= size + 2; ++limit) limits.push_back(limit);
    return limits;
}

// All sets of deviations that input without a known end can have; in a slow build, the empty one, the full one and some
// between.
template <class Function> void for_each_mask(Function function) {
    static_assert(static_cast<unsigned>(missing_line_end) == deviation_count - 1);
    constexpr unsigned last = (1u << (deviation_count - 1)) - 1;
    for (unsigned bits = 0; bits < last; bits += thinning) function(deviations::from_bits(bits));
    function(deviations::from_bits(last));
}

// What a line ends in, whatever it began with: a set of continuations that has, for each begun line, one that adds as
// few octets and deviations as any.
std::vector<std::string> endings() {
    std::vector<std::string> all;
    for (const std::string line : {"SIP/2.0 100 \r\n", "SIP/2.0 100\r\n"})
        for (std::size_t from = 0; from < line.size(); ++from) all.push_back(line.substr(from));
    all.push_back("\nSIP/2.0 100 \r\n"); // of a leading CRLF
    all.push_back("\nSIP/2.0 100\r\n");
    all.push_back("");
    for (const std::string pending : {"0", "00", "\x80", "\x90", "\xA0", "\x80\x80", "\x90\x80", "\xA0\x80",
                                      "\x80\x80\x80", "\x90\x80\x80", "\x80\x80\x80\x80", "\x80\x80\x80\x80\x80"})
        all.push_back(pending + "\r\n");
    return all;
}

// The members of L, under all masks and limits, that begin with some octets: the deviations and the length of each.
struct member {
    deviations strays;
    std::size_t length;
};

std::vector<member> members_from(std::string_view octets) {
    static const auto all_endings = endings();
    std::vector<member> members;
    for (const auto &ending : all_endings) {
        const auto input = std::string(octets) + ending;
        reference_automaton automaton;
        for (const char c : input) automaton.feed(static_cast<unsigned char>(c));
        const auto result = automaton.result(input.data());
        if (result.outcome != ok || result.consumed != input.size()) continue;
        const std::size_t line_end = input[input.size() - 2] == '\r' ? 2 : 1;
        members.push_back({result.line.deviations, input.size() - line_end - automaton.line_begin()});
    }
    return members;
}

bool acceptable(const std::vector<member> &members, parse_options options) {
    for (const auto &one : members)
        if (options.tolerated.contains(one.strays) && one.length <= options.limit) return true;
    return false;
}

} // namespace

BOOST_AUTO_TEST_CASE(each_row_is_as_stated_and_its_views_lie_in_the_buffer) {
    const guarded_buffer before_page(4096), after_page(4096);
    for (const auto &r : law) {
        BOOST_TEST_CONTEXT(r.name << ": '" << spelled(r.input) << "'") {
            for (const auto octets : {before_page.at_end(r.input), after_page.at_begin(r.input)}) {
                const auto result = parse(octets, r.options);
                BOOST_TEST(as_stated(r, result), "got " << spelled(result));
                if (result.line.version.data() != nullptr) BOOST_TEST(lies_in(result.line.version, octets));
                if (result.line.phrase.data() != nullptr) BOOST_TEST(lies_in(result.line.phrase, octets));
                if (result) BOOST_TEST(result.line.phrase.data() != nullptr);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(each_deviation_of_a_row_is_where_it_is_stated) {
    for (const auto &r : law) {
        BOOST_TEST_CONTEXT(r.name << ": '" << spelled(r.input) << "'") {
            const auto result = parse(r.input, r.options);
            if (!is_error(r.verdict) && result.line.version.empty()) continue;
            for (const auto which : reference_automaton::every_deviation()) {
                auto at = npos;
                for (const auto &find : r.finds)
                    if (find.which == which) at = find.at;
                BOOST_TEST_CONTEXT(name(which)) {
                    BOOST_TEST(deviation_offset(result.line, which) == at);
                    BOOST_TEST(deviation_offset(result, which) == (at == npos ? npos : at + 2 * r.leading));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_code_and_the_whole_line_are_where_a_plain_search_finds_them) {
    for (const auto &r : law) {
        const auto result = parse(r.input, r.options);
        const auto line = whole_line(result, r.input);
        BOOST_TEST_CONTEXT(r.name << ": '" << spelled(r.input) << "'") {
            auto rest = r.input.substr(2 * r.leading);
            BOOST_TEST((line.data() == rest.data()));
            const auto ends_in_cr =
                (r.verdict == incomplete || (r.verdict == ok && r.options.whole_input)) && rest.ends_with('\r');
            auto expected = rest.substr(0, rest.find('\n'));
            if (expected.ends_with('\r') && (ends_in_cr || expected.size() != rest.size())) expected.remove_suffix(1);
            BOOST_TEST(line == expected);

            // The first three digits after the version and its separator.
            const auto code = r.code == 0 ? npos : line.find_first_of("0123456789", sizeof "SIP/2.0" - 1);
            BOOST_TEST(code_offset(result.line) == code);
            if (code != npos) BOOST_TEST(line.substr(code, 3) == std::to_string(r.code));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_whole_line_is_told_of_any_octets) {
    struct given {
        std::string_view octets, line;
    };
    for (const auto &[octets, line] : {given{"", ""},
                                       {"\r", ""},
                                       {"\r\n", ""},
                                       {"\r\n\r", ""},
                                       {"\n", ""},
                                       {"x", "x"},
                                       {"x\r", "x\r"},
                                       {"x\n", "x"},
                                       {"x\r\n", "x"},
                                       {"x\r\r\ny\n", "x\r"},
                                       {"\r\n\rx\r\n", "\rx"},
                                       {"SIP/2.0 200 OK\rx", "SIP/2.0 200 OK\rx"},
                                       {"SIP/2.0 200 OK\r", "SIP/2.0 200 OK"},
                                       {"SIP/2.0 2", "SIP/2.0 2"},
                                       {"SIP/2.0 7\r\nx\r\n", "SIP/2.0 7"},
                                       {"\r\nSIP/2.0 200 OK\nx", "SIP/2.0 200 OK"}})
        BOOST_TEST(whole_line(parse(octets), octets) == line, spelled(octets));
    BOOST_TEST(whole_line(parse({}), {}).empty());
}

BOOST_AUTO_TEST_CASE(more_octets_never_change_any_verdict_but_incomplete) {
    const guarded_buffer before_page(4096), after_page(4096);
    for (const auto &r : law) {
        if (r.options.whole_input) continue;
        BOOST_TEST_CONTEXT(r.name << ": '" << spelled(r.input) << "'") {
            const auto decided = r.verdict == ok                    ? r.consumed
                                 : r.verdict == incomplete          ? r.input.size() + 1
                                 : no_line_is_acceptable(r.options) ? 0
                                                                    : r.offset + 1;
            for (std::size_t size = 0; size <= r.input.size(); ++size) {
                const auto prefix = r.input.substr(0, size);
                const auto result = parse(before_page.at_end(prefix), r.options);
                BOOST_TEST((parse(after_page.at_begin(prefix), r.options) == result), size << " octets");
                if (size < decided) {
                    BOOST_TEST((result.outcome == incomplete), size << " octets: " << spelled(result));
                    BOOST_TEST((result.offset == 0 && result.consumed == 0 && result.line.kind == absent));
                } else {
                    BOOST_TEST((result.outcome == r.verdict && result.offset == r.offset),
                               size << " octets: " << spelled(result));
                }
            }
            if (r.verdict == incomplete) continue;
            for (const auto after :
                 {"\n"sv, "\r\n"sv, " "sv, "x"sv, "0"sv, "\0"sv, "\xFF"sv, "SIP/2.0 200 OK\r\n"sv,
                  "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds;received=192.0.2.2\r\n"sv}) {
                const auto longer = std::string(r.input).append(after);
                const auto result = parse(before_page.at_end(longer), r.options);
                BOOST_TEST(as_stated(r, result), "followed by '" << spelled(after) << "': " << spelled(result));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_automaton_itself_obeys_the_law) {
    for (const auto &r : law) {
        BOOST_TEST_CONTEXT(r.name << ": '" << spelled(r.input) << "'") {
            std::vector<std::vector<member>> members;
            for (std::size_t size = 0; size <= r.input.size(); ++size)
                members.push_back(members_from(r.input.substr(0, size)));
            for_each_mask([&](deviations tolerated) {
                for (const auto limit : limits_around(r.input.size())) {
                    const parse_options options{.tolerated = tolerated, .limit = limit};
                    reference_automaton automaton(options);
                    std::size_t read = 0;
                    while (read < r.input.size() && !automaton.decided())
                        automaton.feed(static_cast<unsigned char>(r.input[read++]));
                    const auto result = automaton.result(r.input.data());
                    const bool lawful =
                        is_error(result.outcome)
                            ? !acceptable(members[read], options) &&
                                  (read == 0 || (acceptable(members[read - 1], options) && result.offset == read - 1))
                            : acceptable(members[read], options);
                    if (!lawful)
                        BOOST_ERROR("after " << read << " octets (" << spelled(options) << "): " << spelled(result));
                }
            });
        }
    }
}

BOOST_AUTO_TEST_CASE(every_row_under_every_mask_and_limit_agrees_with_the_automaton) {
    agreement agree;
    for (const auto &r : law)
        for_each_mask([&](deviations tolerated) {
            for (const auto limit : limits_around(r.input.size())) {
                agree.prefixes(r.input, {.tolerated = tolerated, .limit = limit});
                if (limit + 1 < r.input.size()) continue;
                for (const auto mask : {tolerated, tolerated | missing_line_end})
                    agree.prefixes(r.input, {.tolerated = mask, .whole_input = true, .limit = limit});
            }
        });
}

// Among them are two of one code and one size.
BOOST_AUTO_TEST_CASE(every_known_phrase_is_told_from_a_local_one) {
    agreement agree;
    const auto check = [&agree](status code, std::string_view phrase, reason_kind kind) {
        const auto line = "SIP/2.0 " + std::to_string(to_int(code)) + " " + std::string(phrase);
        for (const auto after : {"\r\n"sv, "\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n"sv}) {
            agree.whole(line + std::string(after));
            BOOST_TEST((agree.last().line.kind == kind), line);
            agree.whole(line + "!" + std::string(after));
            BOOST_TEST((agree.last().line.kind == local), line);
        }
    };
    for (const auto &entry : registry()) check(entry.code, entry.phrase, canonical);
    for (const auto &variant : phrase_variants()) check(variant.code, variant.phrase, variant.kind);
}

BOOST_AUTO_TEST_CASE(no_line_goes_on_from_a_result_that_was_decided) {
    for (const auto &before : law) {
        if (before.verdict == incomplete) continue;
        const auto decided = parse(before.input, before.options);
        for (const auto &r : law) {
            const auto result = resume(decided, r.input, r.options);
            if (!same(result, parse(r.input, r.options)))
                BOOST_ERROR("'" << spelled(r.input) << "' after '" << spelled(before.input)
                                << "': " << spelled(result));
        }
    }
}

// What arithmetic on all octets of a head at once may take for a line.
BOOST_AUTO_TEST_CASE(heads_whose_octets_are_all_changed_alike) {
    agreement agree;
    for (const auto line : {"SIP/2.0 100 Trying\r\n"sv, "SIP/2.0 345 Local wording, and more than a block of it\r\n"sv,
                            "SIP/2.0 699 x\r\nVia: SIP/2.0/UDP 192.0.2.1:5060\r\n"sv})
        for (unsigned n = 0; n < 256; ++n)
            for (const unsigned form : {0u, 1u, 2u}) {
                std::string changed(line);
                for (auto &c : std::span(changed).first(12)) {
                    const auto octet = static_cast<unsigned char>(c);
                    c = static_cast<char>(form == 0 ? octet + n : form == 1 ? n - octet : octet ^ n);
                }
                agree.whole(changed);
            }
}

// Where the blocks of a kernel meet, too.
BOOST_AUTO_TEST_CASE(what_is_cut_short_at_each_place_of_a_phrase) {
    agreement agree;
    for (const auto part :
         {"%"sv, "%4"sv, "%g"sv, "%4g"sv, "\xC3"sv, "\xE2\x82"sv, "\xF0\x9F\x98"sv, "\x80"sv, "\xED\xA0\x80"sv})
        for (std::size_t before = 0; before <= 70; ++before)
            for (const std::size_t after : {0u, 1u, 40u}) {
                const auto phrase = std::string(before, 'x').append(part).append(after, 'x');
                agree.whole("SIP/2.0 433 " + phrase + "\r\n");
                agree.whole("SIP/2.0 433 " + phrase + "\r\nVia: SIP/2.0/UDP 192.0.2.1:5060\r\n\r\n");
            }
}

BOOST_AUTO_TEST_CASE(the_default_limit_is_65535_octets) {
    agreement agree(65'536 + 4);
    const auto line = "SIP/2.0 200 " + std::string(65'535 - 12, 'x');
    agree.whole(line);
    BOOST_TEST((agree.last().outcome == incomplete));
    agree.whole(line + "\r\n");
    BOOST_TEST((agree.last().outcome == ok));
    BOOST_TEST(agree.last().line.phrase.size() == 65'535u - 12u);
    agree.whole(line + "x\r\n");
    BOOST_TEST((agree.last().outcome == line_too_long));
    BOOST_TEST(agree.last().offset == 65'535u);
}

BOOST_AUTO_TEST_CASE(a_limit_may_be_the_largest_number_there_is) {
    agreement agree;
    for (const auto &r : law) agree.prefixes(r.input, limited(static_cast<std::size_t>(-1), r.options));
    const auto line = parse("SIP/2.0 200 OK\r\n", limited(static_cast<std::size_t>(-1)));
    BOOST_TEST((line.outcome == ok));
}

BOOST_AUTO_TEST_CASE(an_empty_view_without_memory_is_read_as_no_octets) {
    const auto result = parse(std::string_view{});
    BOOST_TEST((result.outcome == incomplete));
    BOOST_TEST((result == parse_result{}));
}

BOOST_AUTO_TEST_CASE(grammatical_is_broken_by_every_deviation_but_two) {
    for (const auto which : reference_automaton::every_deviation())
        BOOST_TEST(grammatical(which) == (which == version_case || which == not_utf8), name(which));
    BOOST_TEST(grammatical(deviations::none()));
    BOOST_TEST(grammatical(version_case | not_utf8));
    BOOST_TEST(!grammatical(deviations::all()));
}
