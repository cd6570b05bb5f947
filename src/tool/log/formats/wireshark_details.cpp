// Wireshark's packet details: "Status-Line: SIP/2.0 486 Busy Here", and above it a line for each layer.

#include "log/log_format.hpp"
#include "log/times.hpp"
#include "log/words.hpp"
#include "octets.hpp"

namespace sipstatus::tool {

namespace {

// "User Datagram Protocol, Src Port: 5060, Dst Port: 5080", with a name before the number in brackets, too.
std::uint16_t port_in(std::string_view line, std::string_view name) {
    const auto at = line.find(name);
    if (at == line.npos) return 0;
    line = line.substr(at + name.size());
    line = line.substr(0, line.find(','));
    const auto digits = line.find_first_of("0123456789");
    if (digits == line.npos) return 0;
    std::uint32_t port = 0;
    for (auto n = digits; n < line.size() && line[n] >= '0' && line[n] <= '9' && port <= 0xffff; ++n)
        port = port * 10 + static_cast<unsigned>(line[n] - '0');
    return port > 0xffff ? std::uint16_t{0} : static_cast<std::uint16_t>(port);
}

// "Frame 3: 273 bytes on wire".
bool is_frame(std::string_view text) {
    return text.starts_with("Frame ") && text.size() > 6 && octets::is_digit(text[6]);
}

} // namespace

bool read_wireshark_details(const surroundings &around, origin &to) {
    constexpr std::size_t most_lines = 256;
    if (!ends_with(without_blanks_after(around.before), "Status-Line:")) return false;
    auto above = around.above;
    std::string_view line;
    std::uint16_t source_port = 0, destination_port = 0;
    for (std::size_t n = 0; n < most_lines && above.next(line); ++n) {
        const auto text = without_quote_marks(line);
        if (is_frame(text)) break;
        if (to.transport == transport::none) {
            to.transport = text.starts_with("User Datagram")          ? transport::udp
                           : text.starts_with("Transmission Control") ? transport::tcp
                           : text.starts_with("Stream Control")       ? transport::sctp
                           : text.starts_with("WebSocket")            ? transport::ws
                                                                      : transport::none;
        }
        if (source_port == 0) {
            source_port = port_in(text, "Src Port:");
            destination_port = port_in(text, "Dst Port:");
        }
        if (text.starts_with("Internet Protocol") && !to.source) read_peers(text, to);
        if (begins_with(text, "Arrival Time:") || begins_with(text, "UTC Arrival Time:") ||
            begins_with(text, "Epoch Arrival Time:") || begins_with(text, "Epoch Time:")) {
            const auto time = find_time(text);
            if (time && (!to.time || time->basis < to.time->basis)) to.time = time;
        }
    }
    if (to.source) to.source->port = source_port;
    if (to.destination) to.destination->port = destination_port;
    return true;
}

} // namespace sipstatus::tool
