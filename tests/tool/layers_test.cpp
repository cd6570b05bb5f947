// Packets that are too short for a layer, and layers that few captures have.

#include "net/packet_decoder.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace sipstatus::tool;
using namespace std::string_literals;

namespace {

std::string number_16(std::size_t value) {
    return {static_cast<char>(value >> 8 & 0xff), static_cast<char>(value & 0xff)};
}

std::string ipv4_of(char protocol, std::string_view payload) {
    return "\x45\x00"s + number_16(20 + payload.size()) + "\0\0\0\0\x40"s + protocol + "\0\0\xc0\0\2\1\xc0\0\2\2"s +
           std::string(payload);
}

std::string ipv6_of(char next, std::string_view payload) {
    return "\x60\0\0\0"s + number_16(payload.size()) + next + "\x40" + std::string(32, '\1') + std::string(payload);
}

std::string udp_of(std::size_t port, std::string_view payload) {
    return number_16(port) + number_16(port) + number_16(8 + payload.size()) + "\0\0"s + std::string(payload);
}

class note final : public stage<segment> {
public:
    void push(const segment &item) override { text.append(item.octets).append("; "); }
    void finish() override {}

    std::string text;
};

// The payload of a packet of IP, or why there is none.
std::string decoded(std::string_view octets) {
    note to;
    account left_out;
    packet_decoder packets(to, left_out);
    packet one;
    one.frame = 1;
    one.link_type = 101;
    one.octets = octets;
    packets.push(one);
    packets.finish();
    for (const auto &row : left_out.rows()) to.text += words_of(row) + "; ";
    return to.text;
}

} // namespace

BOOST_AUTO_TEST_CASE(messages_of_icmp) {
    for (const char type : {'\3', '\4', '\5', '\x0b', '\x0c'})
        BOOST_TEST(decoded(ipv4_of(1, std::string(8, type))) == "1 ICMP error which quotes another packet; ",
                   int{type});
    for (const char type : {'\0', '\2', '\6', '\x08', '\x0d'})
        BOOST_TEST(decoded(ipv4_of(1, std::string(8, type))) == "1 ICMP message; ", int{type});
    BOOST_TEST(decoded(ipv6_of(58, std::string(8, '\1'))) == "1 ICMP error which quotes another packet; ");
    BOOST_TEST(decoded(ipv6_of(58, std::string(8, '\x80'))) == "1 ICMP message; ");
    BOOST_TEST(decoded(ipv4_of(1, "")) == "1 packet with a malformed header: ICMP; ");
    BOOST_TEST(decoded(ipv6_of(58, "")) == "1 packet with a malformed header: ICMPv6; ");
}

BOOST_AUTO_TEST_CASE(authentication_headers) {
    const auto inner = udp_of(5060, "SIP/2.0");
    const auto header = [](char words) { return "\x11"s + words + std::string(10, '\0'); };
    BOOST_TEST(decoded(ipv4_of(51, header(1) + inner)) == "SIP/2.0; ");
    BOOST_TEST(decoded(ipv4_of(51, header(4).substr(0, 11))) == "1 packet with a malformed header: AH; ");
    BOOST_TEST(decoded(ipv4_of(51, header(9) + inner)) == "1 packet with a malformed header: AH; ");
}

// VXLAN with the extension for other protocols than Ethernet.
BOOST_AUTO_TEST_CASE(protocols_in_vxlan) {
    const auto header = [](char protocol) { return "\x0c\0\0"s + protocol + "\0\0\1\0"s; };
    const auto inner = udp_of(5060, "SIP/2.0");
    BOOST_TEST(decoded(ipv4_of(17, udp_of(4789, header(1) + ipv4_of(17, inner)))) == "SIP/2.0; ");
    BOOST_TEST(decoded(ipv4_of(17, udp_of(4789, header(2) + ipv6_of(17, inner)))) == "SIP/2.0; ");
    // Not a tunnel.
    const auto other = header(1) + std::string(20, 'x');
    BOOST_TEST(decoded(ipv4_of(17, udp_of(4789, other))) == other + "; ");
    const auto unknown = header(4) + ipv4_of(17, inner);
    BOOST_TEST(decoded(ipv4_of(17, udp_of(4789, unknown))) == unknown + "; ");
}
