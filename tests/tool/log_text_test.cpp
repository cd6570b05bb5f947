// The text of logs: where a status line begins and ends in its line, its header, and what stands around it.

#include "log/header_lines.hpp"
#include "log/line_ends.hpp"
#include "log/log_format.hpp"
#include "log/status_text.hpp"
#include "report/spelling.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace sipstatus::tool;

BOOST_AUTO_TEST_CASE(spelled_line_ends) {
    struct row {
        std::string_view text;
        std::size_t expected;
    };
    for (const auto &[text, expected] : {
             row{"", 0},
             row{"x", 0},
             row{"#012", 4},
             row{"#015#012x", 8},
             row{"#013", 0},
             row{"^M^Jx", 4},
             row{"<CR><LF>", 8},
             row{"\\n", 2},
             row{"\\r\\n\"", 4},
             row{"\\n \"", 2},
             row{"\\nVia: x", 2},
             row{"\\network", 0},
             row{"\\n#012etwork", 6},
         })
        BOOST_TEST(size_of_spelled_line_ends(text) == expected, text);
    for (const std::string_view text : {"x\\r\\n", "x#012", "x<LF>", "^M"})
        BOOST_TEST(ends_with_spelled_line_end(text), text);
    for (const std::string_view text : {"", "n", "x#011", "xn"}) BOOST_TEST(!ends_with_spelled_line_end(text), text);
}

BOOST_AUTO_TEST_CASE(control_sequences) {
    struct row {
        std::string_view text;
        std::size_t expected;
    };
    for (const auto &[text, expected] : {
             row{"\x1b[0m", 4},
             row{"\x1b[0;31mx", 7},
             row{"#033[1mx", 7},
             row{"^[[Kx", 4},
             row{"x", 0},
             row{"\x1b", 0},
             row{"\x1bx", 0},
             row{"\x1b[", 0},
             row{"\x1b[0;31", 0},
             row{"\x1b[0 m", 0},
         })
        BOOST_TEST(size_of_control_sequence(text) == expected, text);
    for (const std::string_view text : {"\x1b[0m", "x #033[0;31m", "^[[K"})
        BOOST_TEST(ends_with_control_sequence(text), text);
    for (const std::string_view text : {"", "\x1b[0", "m", "a[0m", "\x1b[0m m", "[m"})
        BOOST_TEST(!ends_with_control_sequence(text), text);

    std::string without;
    append_without_control_sequences("\x1b[1m#1 ^_^ #033[0mx\\y\x1b[0m", without);
    BOOST_TEST(without == "#1 ^_^ x\\y");
}

BOOST_AUTO_TEST_CASE(after_a_version) {
    for (const std::string_view text : {"SIP/2.0 200", "SIP/2.0  200 OK", "SIP/2.0\t2000"})
        BOOST_TEST((look_after_version(text) == after_version::code), text);
    for (const std::string_view text : {"SIP/2.0 20", "SIP/2.0 20x", "SIP/2.0 2x0", "SIP/2.0 \x1b[1m200"})
        BOOST_TEST((look_after_version(text) == after_version::unsure), text);
    for (const std::string_view text : {"SIP/2.0", "SIP/2.0 ", "SIP/2.0/UDP 192.0.2.1", "SIP/2.0 x00"})
        BOOST_TEST((look_after_version(text) == after_version::other), text);
}

// Whether a status line may begin after some text.
BOOST_AUTO_TEST_CASE(beginnings) {
    constexpr std::string_view line = "SIP/2.0 200 OK";
    for (const std::string_view before : {"", " ", "> ", "\"", "got: ", "x\\n", "#012", "\x1b[1m", "=",
                                          "1=", "ab=", "to sip:a@b ", "INVITE ", " sip:b ", "OK sip:b "})
        BOOST_TEST(may_begin_after(before, line), before);
    for (const std::string_view before :
         {"x", "9", "a/", "a-", "v=", "m s=", "INVITE sip:a@example.com ", "(ACK tel:1 ", "BYE  sip:a\t"})
        BOOST_TEST(!may_begin_after(before, line), before);

    // A request line's URI may hold anything.
    constexpr std::string_view rest = "SIP/2.0 200 OK SIP/2.0 \r";
    for (const std::string_view before : {"INVITE sip:a@b;x=(", "ACK sips:(", "BYE tel:(", "1 A sip:( SOS urn:("})
        BOOST_TEST(!may_begin_after(before, rest), before);
    for (const std::string_view before : {"(", "A sip:(", "It sip:(", "I1 sip:(", " xI sip:(", " 1I sip:(", "in urn:("})
        BOOST_TEST(may_begin_after(before, rest), before);
}

BOOST_AUTO_TEST_CASE(hex_dumps) {
    for (const std::string_view before :
         {"0x0020: 5349 502f 322e 3020 ", "53 49 50 2f ", "00000000  53 49 50 2f 32 2e 30 20  |"})
        BOOST_TEST(is_after_hex_dump(before), before);
    BOOST_TEST(!is_after_hex_dump("53 49 50 2f " + std::string(96, 'x')));
    for (const std::string_view before : {"", "53 49 50 ", "53 49 50,2f ", "534 950 2f3 22e ", "at 10 20 30 of "})
        BOOST_TEST(!is_after_hex_dump(before), before);
}

BOOST_AUTO_TEST_CASE(ends_of_status_lines) {
    struct row {
        std::string_view before, text, expected;
    };
    for (const auto &[before, text, expected] : {
             row{"", "SIP/2.0 200 OK", "SIP/2.0 200 OK"},
             row{"", "SIP/2.0 200 OK\r", "SIP/2.0 200 OK"},
             // What opened is closed.
             row{"\"", "SIP/2.0 200 OK\" x", "SIP/2.0 200 OK"},
             row{"\"", "SIP/2.0 200 OK\\\" x", "SIP/2.0 200 OK"},
             row{"'", "SIP/2.0 481 Call doesn't exist' x", "SIP/2.0 481 Call doesn't exist"},
             row{"'", "SIP/2.0 200 OK ' x", "SIP/2.0 200 OK"},
             row{"'", "SIP/2.0'", "SIP/2.0"},
             row{"'", "SIP/2.0 200 OK'", "SIP/2.0 200 OK"},
             row{"(", "SIP/2.0 200 OK (a) b) c", "SIP/2.0 200 OK (a) b"},
             row{"(", "SIP/2.0 200 OK (a", "SIP/2.0 200 OK (a"},
             row{"(", "SIP/2.0)", "SIP/2.0"},
             row{"<b>", "SIP/2.0 200 OK</b>", "SIP/2.0 200 OK"},
             row{"**", "SIP/2.0 200 OK**", "SIP/2.0 200 OK"},
             row{"| ", "SIP/2.0 200 OK  | x", "SIP/2.0 200 OK"},
             row{"a,", "SIP/2.0 200 OK,b", "SIP/2.0 200 OK"},
             row{"\xe2\x80\x9c", "SIP/2.0 200 OK\xe2\x80\x9d.", "SIP/2.0 200 OK"},
             row{"\"got ", "SIP/2.0 200 OK\" x", "SIP/2.0 200 OK"},
             row{"{\"a\":\"got ", "SIP/2.0 200 OK\",", "SIP/2.0 200 OK"},
             row{"{\"a\": got ", "SIP/2.0 200 OK\",", "SIP/2.0 200 OK\","},
             row{"a \\\"b ", "SIP/2.0 200 OK\" x", "SIP/2.0 200 OK\" x"},
             // The SP after the code stays.
             row{"\"", "SIP/2.0 200\" x", "SIP/2.0 200"},
             row{"\"", "SIP/2.0 200 \" x", "SIP/2.0 200 "},
             row{"\"", "SIP/2.0 200  \" x", "SIP/2.0 200 "},
             row{"\"", "SIP/2.0 \" x", "SIP/2.0"},
             row{"\"", "SIP/2.0 x0 \" x", "SIP/2.0 x0"},
             row{"\"", "SIP/2.0 xx0 \" x", "SIP/2.0 xx0"},
             row{"\"", "SIP/2.0 x00 \" x", "SIP/2.0 x00"},
             row{"\"", "SIP/2.0 2200 \" x", "SIP/2.0 2200"},
             row{"\"", "SIP/2.0 200 OK \" x", "SIP/2.0 200 OK"},
             // Spelled line ends, and what only begins like one.
             row{"", "SIP/2.0 200 OK#015#012Via: x", "SIP/2.0 200 OK"},
             row{"", "SIP/2.0 200 OK\\r\\nVia: x", "SIP/2.0 200 OK"},
             row{"", "SIP/2.0 200 #1 & <all>", "SIP/2.0 200 #1 & <all>"},
             // A field without a line end before it.
             row{"", "SIP/2.0 200 OK Via: x", "SIP/2.0 200 OK"},
             row{"", "SIP/2.0 200 OK.Via: x", "SIP/2.0 200 OK"},
             row{"", "SIP/2.0 200 OK..Via: x", "SIP/2.0 200 OK"},
             row{"", "SIP/2.0 200 OK, Via: x", "SIP/2.0 200 OK,"},
             row{"", "SIP/2.0 200 OK (Via: x", "SIP/2.0 200 OK"},
             row{"", "SIP/2.0(Via: x", "SIP/2.0"},
             row{"", "SIP/2.0 200 OK_Via: x", "SIP/2.0 200 OK_"},
             row{"", "SIP/2.0 200 Trivia: x", "SIP/2.0 200 Trivia: x"},
             row{"", "SIP/2.0 200 Note: x", "SIP/2.0 200 Note: x"},
             // The peer in a sentence.
             row{"got ", "SIP/2.0 200 OK from 192.0.2.1", "SIP/2.0 200 OK"},
             row{"got ", "SIP/2.0 200 OK to udp:[2001:db8::1]:5060", "SIP/2.0 200 OK"},
             row{"got ", "SIP/2.0 200 OK from somebody 192.0.2.1", "SIP/2.0 200 OK from somebody 192.0.2.1"},
             row{"got ", "SIP/2.0 200 OK from us", "SIP/2.0 200 OK from us"},
             row{"", "SIP/2.0 200 OK from 192.0.2.1", "SIP/2.0 200 OK from 192.0.2.1"},
         }) {
        const auto made = status_line_in(before, text);
        BOOST_TEST(made == expected, before << text << ": \"" << made << '"');
    }
}

BOOST_AUTO_TEST_CASE(fields_in_lines) {
    struct row {
        std::string_view line, before, expected;
    };
    for (const auto &[line, before, expected] : {
             row{"Call-ID: a", "", "Call-ID: a"},
             row{"Call ID: a", "", ""},
             row{"12 [1] Via: x", "12 [1] ", "Via: x"},
             row{"12 [1] X-Own: x", "12 [1] ", "X-Own: x"},
             row{"> | v: x", "12 [1] ", "v: x"},
             row{"13 [100] Call-ID: a", "12 [1] ", "Call-ID: a"},
             row{"13 [100] X-Own: a", "12 [1] ", ""},
             row{"13:12:01 [100] Call-ID : a", "13:12:00 [1] ", "Call-ID : a"},
             row{"   : Call", "12 [1] ", ""},
             row{"x", "12 [1] a longer prefix ", ""},
         }) {
        const auto made = field_in(line, before);
        BOOST_TEST(made == expected, line << ": " << made);
    }
    for (const std::string_view line : {"", "  ", "> |", "12 [1]", "12 [1] "})
        BOOST_TEST(is_blank_after(line, "12 [1] "), line);
    for (const std::string_view line : {"x", "12 [1] x", "12 [2", "12 [1}", "12"})
        BOOST_TEST(!is_blank_after(line, "12 [1] "), line);
    BOOST_TEST(is_blank_after(" ", ""));
    BOOST_TEST(!is_blank_after("x", ""));
}

BOOST_AUTO_TEST_CASE(headers) {
    constexpr std::string_view both = "Call-ID: a\r\nCSeq: 1 INVITE\r\n\r\n";
    struct row {
        std::string_view rest, after, before;
        bool has_dots;
        std::string_view expected;
        bool needs_more;
    };
    for (const auto &[rest, after, before, has_dots, expected, needs_more] : {
             row{"", "Via: x\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n\r\n", "", false, both, false},
             row{"", "i: a\nCSeq : 1 INVITE\n", "", false, both, false},
             row{"", "Call-ID:\n a\nCSeq: 1\n", "", false, "Call-ID: a\r\nCSeq: 1 \r\n\r\n", false},
             row{"", "Call-ID: a.\nCSeq: 1 INVITE.\n.\n", "", true, both, false},
             row{"", "Call-ID: a\nCSeq: 1 INVITE\n", "", true, both, false},
             row{"", "Call-ID:\n\nx\n", "", true, "", false},
             row{"", "Call-ID: a\nCall-ID: b\nCSeq: 1 INVITE\n", "", false, both, false},
             row{"", "CSeq: 1 INVITE\nCSeq: 2 BYE\nCall-ID: a\n", "", false, "CSeq: 1 INVITE\r\nCall-ID: a\r\n\r\n",
                 false},
             row{"", "CSeq: x INVITE\nCall-ID: a\n\n\n", "", false, "Call-ID: a\r\n\r\n", false},
             row{"", "Via: x\n folded\nCall-ID: a\nCSeq: 1 INVITE\n", "", false, both, false},
             row{"", "Via: x\nCall-ID: a\nCSe", "", false, "Call-ID: a\r\n\r\n", true},
             row{"", "Not a field\nCall-ID: a\n", "", false, "", false},
             row{"", "Own-Field: x\nCall-ID: a\n", "", false, "", false},
             row{"", "\nCall-ID: a\n\nCSeq: 1 INVITE\n\n", "", false, both, false},
             row{"", "\n\nCall-ID: a\n", "", false, "", false},
             row{"", "x Call-ID: a\nx CSeq: 1 INVITE\n", "x ", false, both, false},
             // In the line of the status line.
             row{"\\r\\nCall-ID: a\\r\\nCSeq: 1 INVITE\\r\\n", "", "", false, both, false},
             row{"\\r\\ni: a\\r\\nCSeq: 1 INVITE\\r\\n", "", "", false, both, false},
             row{"..Call-ID: a..CSeq: 1 INVITE..", "", "", false, both, false},
             row{"#012Max-Fi: x#012Call-ID : a#012CSeq: 1", "\n\n", "", false, "Call-ID: a\r\nCSeq: 1 \r\n\r\n", false},
             row{"#012CSeq: 1 INVITE#012SIP/2.0 200 OK#012Call-ID: b", "\n\n", "", false, "CSeq: 1 INVITE\r\n\r\n",
                 false},
             row{"#012CSeq: 1 INVITE#012x: SIP/2.0 x#012Call-ID: a", "", "", false,
                 "CSeq: 1 INVITE\r\nCall-ID: a\r\n\r\n", false},
             row{"#012CSeq: 1 INVITE#012x: SIP/2.0 ", "\n\n", "", false, "CSeq: 1 INVITE\r\n\r\n", false},
             // Wireshark's: PDML, JSON and details.
             row{"", " name=\"sip.Call-ID\" show=\"a\"\n name=\"sip.CSeq\" show=\"1 INVITE\"\n",
                 " name=\"sip.Status-Line\" show=\"", false, both, false},
             row{"", "\"sip.Call-ID\": \"a\",\n\"_index\": \"x\"\n\"sip.CSeq\": \"2\"\n", "\"sip.Status-Line\": \"",
                 false, "Call-ID: a\r\n\r\n", false},
             row{"", " name=\"sip.Call-ID\" show=\"a\"\n</proto>\n name=\"sip.CSeq\" show=\"2\"\n",
                 " name=\"sip.Status-Line\" show=\"", false, "Call-ID: a\r\n\r\n", false},
             row{"", "  Message Header\n    Call-ID: a\n    [Generated: b]\n    CSeq: 1 INVITE\n",
                 "  Status-Line: ", false, both, false},
             row{"", "    Call-ID: a\n\n    CSeq: 1 INVITE\n", "  Status-Line: ", false, "Call-ID: a\r\n\r\n", false},
         }) {
        header_text made;
        read_header(rest, after, before, has_dots, made);
        BOOST_TEST(made.lines == expected, rest << '|' << after << ": " << made.lines);
        BOOST_TEST(made.needs_more == needs_more, rest << '|' << after);
    }
}

BOOST_AUTO_TEST_CASE(names_and_values) {
    BOOST_TEST(is_wireshark_field("\"sip.Status-Line\": \""));
    BOOST_TEST(is_wireshark_field("\"sip_sip_Status-Line\":\""));
    BOOST_TEST(!is_wireshark_field("\"sip.Request-Line\": \""));
    BOOST_TEST(!is_wireshark_field("\"sip.Status-Line\": \"" + std::string(96, ' ')));
    BOOST_TEST(wireshark_value(": \"192.0.2.1\",") == "192.0.2.1");
    BOOST_TEST(wireshark_value(" showname=\"x\" show=\"192.0.2.1\" value=\"\"") == "192.0.2.1");
    BOOST_TEST(wireshark_value(": \n\"x\"").empty());

    BOOST_TEST(is_before_field_value("Own-Status: ", lines_above("Via: x\n")));
    BOOST_TEST(!is_before_field_value("Own-Status: ", lines_above("Nothing known\n")));
    BOOST_TEST(!is_before_field_value("Own-Status: ", lines_above("")));
    BOOST_TEST(!is_before_field_value("Own-Status ", lines_above("Via: x\n")));
    BOOST_TEST(!is_before_field_value(":", lines_above("Via: x\n")));

    for (const std::string_view above :
         {"Content-Type: message/sipfrag\n\n", "c: message/sipfrag;version=2.0\n\n", "c : message/sipfrag\nTo: x\n\n"})
        BOOST_TEST(is_in_sipfrag(lines_above(above), ""), above);
    for (const std::string_view above :
         {"", "\n", "Content-Type: text/plain\nTo: x\n\n", "To: x\n\n", "Content-Type: message/sipfrag\nno field\n\n"})
        BOOST_TEST(!is_in_sipfrag(lines_above(above), ""), above);
}

namespace {

// "TIME SOURCE > DESTINATION TRANSPORT" of what the surroundings tell.
std::string told(std::string_view before, std::string_view text, std::string_view above, log_formats &formats) {
    surroundings around;
    around.before = before;
    around.text = text;
    around.above = lines_above(above);
    origin made;
    formats.read(around, made);
    const auto spelled = [](const std::optional<endpoint> &at) { return at ? as_text(*at) : std::string("-"); };
    return (made.time ? as_time(*made.time) : std::string("-")) + ' ' + spelled(made.source) + " > " +
           spelled(made.destination) + ' ' + std::string(name(made.transport));
}

} // namespace

BOOST_AUTO_TEST_CASE(surroundings_of_status_lines) {
    const std::string far(1100, 'x');
    const std::string line = "SIP/2.0 200 OK";
    struct row {
        std::string before, text, above, expected;
    };
    for (const auto &[before, text, above, expected] : {
             row{"", line, "", "- - > - "},
             // An arrow between the peers.
             row{"", line, "U 192.0.2.1:5060 -> 192.0.2.2:5070\n", "- 192.0.2.1:5060 > 192.0.2.2:5070 udp"},
             row{"", line, "T 192.0.2.1:5060 -> 192.0.2.2:5070\n", "- 192.0.2.1:5060 > 192.0.2.2:5070 tcp"},
             row{"", line, "I 192.0.2.1:5060 -> 192.0.2.2:5070\n", "- 192.0.2.1:5060 > 192.0.2.2:5070 "},
             row{"", line, "2023-11-14 22:13:20\n192.0.2.1:5060 > 192.0.2.2:5070\n",
                 "2023-11-14T22:13:20.000000000 192.0.2.1:5060 > 192.0.2.2:5070 "},
             row{"", line, "x -> 192.0.2.2:5070\n", "- - > 192.0.2.2:5070 "},
             row{"", line, "192.0.2.1 -> x\n", "- - > - "},
             row{"", line,
                 "192.0.2.1\xe2\x86\x92"
                 "192.0.2.2\n",
                 "- 192.0.2.1 > 192.0.2.2 "},
             // Wireshark's packet details.
             row{"    Status-Line: ", line,
                 "Frame 2: 1 byte\nInternet Protocol Version 4, Src: 192.0.2.9, Dst: 192.0.2.8\n"
                 "Frame 3: 1 byte\n    Arrival Time: Nov 14, 2023 22:13:20.5 CET\n    Epoch Time: 1700000000.500\n"
                 "Internet Protocol Version 4, Src: 192.0.2.1, Dst: 192.0.2.2\n"
                 "User Datagram Protocol, Src Port: sip (5060), Dst Port: 5070\nSession Initiation Protocol (200)\n",
                 "2023-11-14T22:13:20.500000000Z 192.0.2.1:5060 > 192.0.2.2:5070 udp"},
             row{"    Status-Line: ", line,
                 "Frame x\n    UTC Arrival Time: Nov 14, 2023 22:13:20.5 UTC\n    Epoch Arrival Time: 1700000001.500\n"
                 "Internet Protocol Version 4, Src: 192.0.2.1, Dst: 192.0.2.2\n"
                 "Stream Control Transmission Protocol, Src Port: 5060, Dst Port: 65536\n",
                 "2023-11-14T22:13:21.500000000Z 192.0.2.1:5060 > 192.0.2.2 sctp"},
             row{"    Status-Line: ", line,
                 "Internet Protocol Version 4, Src: 192.0.2.8, Dst: 192.0.2.9\n"
                 "Internet Protocol Version 6, Src: 2001:db8::1, Dst: 2001:db8::2\n"
                 "Transmission Control Protocol, Src Port: 5060 (sip), Dst Port: none\nWebSocket\n    Arrival Time: "
                 "never\n",
                 "- [2001:db8::1]:5060 > 2001:db8::2 ws"},
             row{"    Status-Line: ", line, "Frame \n", "- - > - "},
             // Its fields, by name.
             row{"\"sip.Status-Line\": \"", line,
                 "\"_index\": 1\n\"ip.src\": \"192.0.2.1\",\n\"ip.dst\": \"192.0.2.2\",\n\"sctp.srcport\": \"5060\",\n"
                 "\"sctp.dstport\": \"99999\",\n\"frame.time_epoch\": \"1700000000.5\",\n",
                 "2023-11-14T22:13:20.500000000Z 192.0.2.1:5060 > 192.0.2.2 sctp"},
             row{"\"sip.Status-Line\": \"", line,
                 "\"ip.src\": \"192.0.2.1\",\n\"ipv6.src\": \"2001:db8::1\",\n\"ip.src\": "
                 "\"x\",\n\"udp\"\n\"tcp.srcport\": \"5x0\",\n",
                 "- - > - tcp"},
             row{"\"sip.Status-Line\": \"", line,
                 "\"ip.src\": \"192.0.2.1\",\n\"ipv6.src\": \"2001:db8::1\",\n\"tcp.srcport\": "
                 "\"5x0\",\n\"sctp\"\n\"udp\"\n",
                 "- [2001:db8::1]:50 > - udp"},
             row{"\"sip.Status-Line\": \"", line, "\"ip.src\": \"192.0.2.1\",\n\"sctp\"\n\"tcp\"\n",
                 "- 192.0.2.1 > - tcp"},
             row{"\"sip.Status-Line\": \"", line, "\"tcp\"\n\"udp\"\n\"sctp\"\n", "- - > - sctp"},
             row{"\"sip.Status-Line\": \"", line, "", "- - > - "},
             // A table.
             row{"1\t192.0.2.1\t5060\t192.0.2.2\t5070\t", line, "", "- 192.0.2.1:5060 > 192.0.2.2:5070 "},
             row{"\"192.0.2.1\",\"192.0.2.2\",\"5060\",\"5070\",\"", line, "", "- 192.0.2.1:5060 > 192.0.2.2:5070 "},
             row{"192.0.2.1;5060;0;70000;5070;", line, "", "- 192.0.2.1:5060 > - "},
             row{"192.0.2.1|192.0.2.2|192.0.2.3|192.0.2.4 x|5060|5070|5080|", line, "",
                 "- 192.0.2.1:5060 > 192.0.2.2:5070 "},
             row{"\"x,22:13:20,22:13:21,192.0.2.1,", line, "", "22:13:20.000000000 192.0.2.1 > - "},
             row{std::string(64, ',') + "192.0.2.1,", line, "", "- - > - "},
             // All in one line.
             row{"2023-11-14 22:13:20 from 192.0.2.1: ", line, "", "2023-11-14T22:13:20.000000000 192.0.2.1 > - "},
             row{"from 192.0.2.1: " + far + " 22:13:20 ", line, "", "22:13:20.000000000 192.0.2.1 > - "},
             row{"something ", line + "#012 [Time:14-11@22:13:20.5]", "", "11-14T22:13:20.500000000 - > - "},
             row{"something ", line + far + far + "\"ts\":1700000000", "", "2023-11-14T22:13:20.000000000Z - > - "},
             row{"something ", "[Time:14-11@22:13:20.5]" + line + far + far, "", "- - > - "},
             // The lines above, where no format fits.
             row{"", line, "at 22:13:20\nfrom 192.0.2.1\nx\n", "- 192.0.2.1 > - "},
             row{"", line, "at 22:13:21\nfrom 192.0.2.1 22:13:20\n", "22:13:20.000000000 192.0.2.1 > - "},
             row{"", line, "at 22:13:21\nat 22:13:20\n", "22:13:20.000000000 - > - "},
             row{"", line, "from 192.0.2.1\n" + std::string(13, '\n'), "- - > - "},
             row{"", line, "from 192.0.2.1\nv=0\n", "- - > - "},
             row{"", line, "from 192.0.2.1\n1=0\n", "- 192.0.2.1 > - "},
         }) {
        log_formats formats;
        const auto made = told(before, text, above, formats);
        BOOST_TEST(made == expected, before << '|' << above << ": " << made);
    }
}

// A log remembers that its messages stand in the line that tells of them; the peers may stand above, all the same.
BOOST_AUTO_TEST_CASE(the_line_itself_and_an_introduction) {
    constexpr std::string_view before = "22:13:20 host x: ", line = "SIP/2.0 200 OK", heading = "recv 10 bytes from ";
    log_formats formats;
    BOOST_TEST(told(before, line, "", formats) == "22:13:20.000000000 - > - ");
    for (const std::string_view after : {"192.0.2.1:5060\n", "192.0.2.1:5060\nx\n"})
        BOOST_TEST(told(before, line, std::string(heading).append(after), formats) ==
                       "22:13:20.000000000 192.0.2.1:5060 > - ",
                   after);
    BOOST_TEST(told(before, line, "recv 10 bytes from\nx\n", formats) == "22:13:20.000000000 - > - ");
}
