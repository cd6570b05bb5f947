// The messages of one TCP stream, and what only resembles one; segments of a stream, under tight limits.

#include "net/tcp_reassembler.hpp"
#include "sip/header_fields.hpp"
#include "sip/stream_framer.hpp"
#include "start_line.hpp"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

using namespace sipstatus::tool;
using namespace std::string_literals;

namespace {

// Writes down what a framer finds: "head 16", "sipfrag 20", "message 16", by size.
class note final : public framed_messages {
public:
    void push_message(const segment &, std::string_view octets) override { add("message", octets); }
    void push_head(const segment &, std::string_view octets) override { add("head", octets); }
    void push_sipfrag(const segment &, std::string_view octets) override { add("sipfrag", octets); }

    std::string text;

private:
    void add(std::string_view what, std::string_view octets) {
        text.append(what).append(" ").append(std::to_string(octets.size())).append("; ");
    }
};

struct piece {
    std::string octets;
    std::uint64_t lost_before = 0;
};

struct stream {
    bool from_start = true;
    std::uint16_t source_port = 40'000, destination_port = 5060;
};

// What a framer makes of the pieces, and what it leaves out.
std::string framed(const std::vector<piece> &pieces, const stream &of = {}) {
    note to;
    account left_out;
    stream_framer framer(to, left_out, true);
    for (const auto &[octets, lost_before] : pieces) {
        segment item;
        item.carriage = carriage::stream;
        item.source.port = of.source_port;
        item.destination.port = of.destination_port;
        item.stream = {1, of.from_start, lost_before, false};
        item.octets = octets;
        framer.push(item);
    }
    framer.finish();
    for (const auto &row : left_out.rows()) to.text += words_of(row) + "; ";
    return to.text;
}

const std::string ok = "SIP/2.0 200 OK\r\n"; // 16 octets

std::string with_body(std::size_t length) {
    return ok + "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

} // namespace

BOOST_AUTO_TEST_CASE(tls) {
    const auto hello = "\x16\x03\x01\x00\x10xxxxxxxx"s;
    BOOST_TEST(framed({{hello}}) == "1 TCP segment of TLS on port 5060, not readable without keys; ");
    BOOST_TEST(framed({{hello}, {"x"}}, {true, 5061, 40'000}) ==
               "2 TCP segments of TLS on port 5061, not readable without keys; ");
    BOOST_TEST(framed({{hello}}, {true, 443, 40'000}) ==
               "1 TCP segment of TLS on port 443, not readable without keys; ");
    // A gap changes nothing of it.
    BOOST_TEST(framed({{hello}, {"SIP/2.0 200 OK\r\n\r\n", 10}}) ==
               "2 TCP segments of TLS on port 5060, not readable without keys; 1 gap in a TCP stream without SIP; ");
    // After octets of something else.
    BOOST_TEST(framed({{"something else"}, {hello}}, {false}) ==
               "1 TCP segment of TLS on port 5060, not readable without keys; ");
    for (const auto &other : {"\x16\x02\x01\x00\x10xxxxxxxx"s, "\x16\x03\x05\x00\x10xxxxxxxx"s,
                              "\x16\x03\x01\xff\xffxxxxxxxx"s, "\x16\x03\x01\x00\x00xxxxxxxx"s})
        BOOST_TEST(framed({{other}}) == "");
}

BOOST_AUTO_TEST_CASE(bodies) {
    const auto body = with_body(500); // 39 octets
    BOOST_TEST(framed({{body + std::string(500, 'x') + with_body(0)}}) == "head 39; head 37; ");
    // A body quotes a start line: no header field follows.
    for (const auto *const quoted : {"x\nINVITE sip:a", "x\nINVITE sip:a SIP/2.0\nabc", "x\nINVITE sip:a SIP/2.0\n\n",
                                     "x\nBYE sip:a SIP/2.0\na b:"})
        BOOST_TEST(framed({{body + quoted}}) == "head 39; ", quoted);
    // Right after the head, it is the body's own.
    BOOST_TEST(framed({{body + "INVITE sip:a SIP/2.0\r\nVia: x\r\n\r\n"}}) == "head 39; ");
    // A Content-Length that is too large.
    const std::string wrong = "1 message with a wrong Content-Length: the next one was searched for; ";
    BOOST_TEST(framed({{body + "x"}, {with_body(0)}}) == "head 39; head 37; " + wrong);
    BOOST_TEST(framed({{body + "x\r\n" + with_body(0)}}) == "head 39; head 37; " + wrong);
    // And one that is too small.
    BOOST_TEST(framed({{with_body(0) + "rest\r\n" + with_body(0)}}) == "head 37; head 37; " + wrong);
}

BOOST_AUTO_TEST_CASE(gaps_in_bodies) {
    const std::string gap = "1 gap in a TCP stream with SIP; ";
    BOOST_TEST(framed({{with_body(500) + "x"}, {with_body(0), 499}}) == "head 39; head 37; " + gap);
    BOOST_TEST(framed({{with_body(500) + "x"}, {std::string(99, 'x') + with_body(0), 400}}) ==
               "head 39; head 37; " + gap);
    BOOST_TEST(framed({{with_body(500) + "x"}, {"x\r\n" + with_body(0), 600}}) == "head 39; head 37; " + gap);
}

BOOST_AUTO_TEST_CASE(sipfrags) {
    const auto head = ok + "Content-Type: message/sipfrag\r\n"; // 47 octets
    BOOST_TEST(framed({{head + "Content-Length: 16\r\n\r\n" + ok}}) == "head 69; sipfrag 16; ");
    BOOST_TEST(framed({{head + "Content-Length: 16\r\n\r\n" + "SIP/"}, {"2.0 200 OK\r\n"}}) == "head 69; sipfrag 16; ");
    BOOST_TEST(framed({{head + "\r\n"}}) == "head 49; ");
    BOOST_TEST(framed({{head + "Content-Length: 65537\r\n\r\n"}}) == "head 72; ");
}

BOOST_AUTO_TEST_CASE(heads_without_end) {
    const auto cut = "head 65536; 1 message with a head of more than 65536 octets, on TCP; "s;
    BOOST_TEST(framed({{ok + std::string(70'000, 'x')}}) == cut);
    BOOST_TEST(framed({{ok + std::string(40'000, 'x')}, {std::string(40'000, 'x')}}) == cut);
    BOOST_TEST(framed({{"GET /" + std::string(70'000, 'x')}, {with_body(0)}}) == "head 37; ");
    BOOST_TEST(framed({{"SIP/2.0 200"}, {""}, {" OK\r\n\r\n"}}) == "head 18; ");
    BOOST_TEST(framed({{""}, {ok + "\r\n"}}) == "head 18; ");
}

BOOST_AUTO_TEST_CASE(frames_of_websockets) {
    BOOST_TEST(begins_like_websocket_sip("\x81\x10" + ok));
    for (const auto &other : {""s, "\x81"s, "\x81\xfe\x00"s, "\x82\x04"s, "\x83\x10" + ok, "\x81\x04GET "s})
        BOOST_TEST(!begins_like_websocket_sip(other));
    std::string seen;
    const auto see = [&seen](std::string_view message) { seen.append(message).append("|"); };
    websocket_reader reader;
    BOOST_TEST(reader.push("\x81\x00"s, see));
    BOOST_TEST(seen == "|");
    BOOST_TEST(reader.push("\x01\x02"s + "ab", see));
    BOOST_TEST(reader.unfinished() == "ab");
    BOOST_TEST(reader.push("\x80\x01"s + "c", see));
    BOOST_TEST(seen == "|abc|");
    BOOST_TEST(!reader.push("\xf1\x01"s + "c", see));
}

BOOST_AUTO_TEST_CASE(start_lines) {
    struct row {
        std::string_view octets;
        int expected; // -1 for none
    };
    for (const auto &[octets, expected] : {
             row{"SIP/2.0 200 OK", 0},
             row{"{SIP/2.0 200 OK", 1},
             row{"xSIP/2.0 200 OK", -1},
             row{"SIP/2.0 000 OK", -1},
             row{"SIP/2.0 700 OK", -1},
             row{"SIP/2.0200 OK", -1},
             row{"2.0 200 OK", -1},
             row{"SIP 2.0 200 OK", -1},
             row{".SIP / 2.0\t200", 1},
         }) {
        const auto at = find_status_line(octets);
        BOOST_TEST((at ? static_cast<int>(*at) : -1) == expected, octets);
    }
    BOOST_TEST(!find_start_of_message("SIP/x SIP/2.0 200 OK\r\n"));
    BOOST_TEST(!find_start_of_message("\rSIP/2.0 200 OK\r\n"));
    BOOST_TEST(find_start_of_message("x\nSIP/2.0 200 OK\r\n").value() == 2u);
}

BOOST_AUTO_TEST_CASE(ends_of_headers) {
    BOOST_TEST(find_head_end("a\n\nb") == 3u);
    BOOST_TEST(find_head_end("a\r\n\r\nb") == 5u);
    BOOST_TEST(find_head_end("a\r\nb") == std::string_view::npos);
    // What follows the empty line is the body.
    BOOST_TEST(read_header_fields("i: a\nx\n\nCSeq: 1 BYE\n").call_id == "a");
    BOOST_TEST(!read_header_fields("i: a\nx\n\nCSeq: 1 BYE\n").cseq);
    BOOST_TEST(!read_header_fields("i: a\r\n\r\nCSeq: 1 BYE\r\n").cseq);
    BOOST_TEST(read_header_fields("i: a\nCSeq: 1 BYE\n\n").cseq.value() == 1u);
}

namespace {

class stream_note final : public stage<segment> {
public:
    void push(const segment &item) override {
        if (item.stream.lost_before != 0) text += fmt::format("({})", item.stream.lost_before);
        text += item.stream.ends ? "." : item.octets.size() > 9 ? "long" : std::string(item.octets);
    }
    void finish() override {}

    std::string text;
};

segment tcp_of(std::uint16_t port, std::uint32_t sequence, std::string_view octets) {
    segment made;
    made.carriage = carriage::tcp_segment;
    made.source.port = port;
    made.tcp.sequence = sequence;
    made.octets = octets;
    return made;
}

} // namespace

// The stream that nothing came of for longest is given up.
BOOST_AUTO_TEST_CASE(most_streams) {
    stream_note to;
    tcp_reassembler streams(to, {2, 1'000'000});
    streams.push(tcp_of(1, 100, "a"));
    streams.push(tcp_of(2, 100, "b"));
    streams.push(tcp_of(1, 101, "c"));
    streams.push(tcp_of(3, 100, "d"));
    BOOST_TEST(to.text == "abc.d");
    streams.push(tcp_of(1, 102, "e"));
    BOOST_TEST(to.text == "abc.de");
}

// Octets that wait are handed on with a gap before them when too many do.
BOOST_AUTO_TEST_CASE(most_octets_that_wait) {
    stream_note to;
    tcp_reassembler streams(to, {10, 1'500}); // each part costs 512 octets besides
    streams.push(tcp_of(9, 100, "x"));
    streams.push(tcp_of(1, 100, "a"));
    streams.push(tcp_of(1, 103, "d"));
    streams.push(tcp_of(1, 106, "g"));
    BOOST_TEST(to.text == "xa");
    streams.push(tcp_of(1, 109, "j"));
    BOOST_TEST(to.text == "xa(2)d(2)g(2)j");
}

BOOST_AUTO_TEST_CASE(most_that_one_stream_waits_for) {
    stream_note parts;
    tcp_reassembler many(parts);
    many.push(tcp_of(1, 100, "a"));
    for (std::uint32_t n = 0; n < 256; ++n) many.push(tcp_of(1, 102 + 2 * n, "c"));
    BOOST_TEST(parts.text == "a");
    many.push(tcp_of(1, 102 + 2 * 256, "c"));
    BOOST_TEST(parts.text == "a(1)c");

    stream_note octets;
    tcp_reassembler large(octets);
    const std::string most(std::size_t{1} << 19, 'x');
    large.push(tcp_of(1, 100, "a"));
    large.push(tcp_of(1, 102, most));
    BOOST_TEST(octets.text == "a");
    large.push(tcp_of(1, 103 + (1u << 19), most));
    BOOST_TEST(octets.text == "a(1)long");
}
