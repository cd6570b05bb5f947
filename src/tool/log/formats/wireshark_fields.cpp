// Wireshark's fields by name, each in a line or all in one: PDML, and the JSON of tshark -T json and -T ek.
//
//     <field name="ip.src" ... show="192.0.2.1" .../>     "ip.src": "192.0.2.1"     "ip_ip_src":"192.0.2.1"

#include "log/header_lines.hpp"
#include "log/log_format.hpp"
#include "log/times.hpp"
#include "log/words.hpp"
#include "octets.hpp"

#include <string>

namespace sipstatus::tool {

namespace {

// The value of the last field of one of these names, which the innermost packet has.
std::string_view last_value(std::string_view text, std::initializer_list<std::string_view> names) {
    std::size_t last = 0;
    std::string_view value;
    for (const auto name : names)
        if (const auto at = text.rfind(name); at != text.npos && at >= last) {
            last = at;
            value = wireshark_value(text.substr(at + name.size()));
        }
    return value;
}

std::optional<endpoint> endpoint_of(std::string_view address, std::string_view port) {
    auto made = endpoint_at(address);
    if (!made) return std::nullopt;
    std::uint32_t number = 0;
    for (const char c : port.substr(0, 5))
        if (octets::is_digit(c)) number = number * 10 + static_cast<unsigned>(c - '0');
    made->at.port = number <= 0xffff ? static_cast<std::uint16_t>(number) : std::uint16_t{0};
    return made->at;
}

// The lines of the packet above the status line, in the file's order.
std::string lines_of_packet(lines_above above) {
    constexpr std::size_t most_lines = 512;
    std::string text;
    std::string_view line;
    for (std::size_t n = 0; n < most_lines && above.next(line); ++n) {
        if (line.find("\"_index\"") != line.npos || line.find("<packet>") != line.npos) break;
        text.insert(0, std::string(line) + '\n');
    }
    return text;
}

} // namespace

bool read_wireshark_fields(const surroundings &around, origin &to) {
    if (!is_wireshark_field(around.before)) return false;
    const auto text = lines_of_packet(around.above).append(around.before);
    if (const auto time = last_value(text, {"frame.time_epoch\"", "frame_time_epoch\""}); !time.empty())
        to.time = find_time(std::string("time ").append(time));
    to.source = endpoint_of(last_value(text, {"ip.src\"", "ipv6.src\"", "ip_src\"", "ipv6_src\""}),
                            last_value(text, {"udp.srcport\"", "tcp.srcport\"", "sctp.srcport\"", "p_srcport\""}));
    to.destination = endpoint_of(last_value(text, {"ip.dst\"", "ipv6.dst\"", "ip_dst\"", "ipv6_dst\""}),
                                 last_value(text, {"udp.dstport\"", "tcp.dstport\"", "sctp.dstport\"", "p_dstport\""}));
    const auto last_of = [&text](std::string_view name) {
        return text.rfind(name) == text.npos ? 0 : text.rfind(name) + 1;
    };
    const auto udp = last_of("udp"), tcp = last_of("tcp"), sctp = last_of("sctp");
    to.transport = udp + tcp + sctp == 0       ? transport::none
                   : udp >= tcp && udp >= sctp ? transport::udp
                   : tcp >= sctp               ? transport::tcp
                                               : transport::sctp;
    return true;
}

} // namespace sipstatus::tool
