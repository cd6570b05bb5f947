// "192.0.2.1:5060 -> 192.0.2.2:5060" in the line above, or after the time in the same one; the time may stand in the
// line above that.

#include "log/log_format.hpp"
#include "log/times.hpp"
#include "log/words.hpp"

namespace sipstatus::tool {

namespace {

bool has_arrow(std::string_view line) {
    for (const std::string_view arrow : {"->", " > ", "=>", "\xe2\x86\x92"})
        if (line.find(arrow) != line.npos) return true;
    return false;
}

bool read_line(std::string_view line, origin &to) {
    line = without_quote_marks(line);
    if (!has_arrow(line)) return false;
    origin made;
    read_peers(line, made);
    if (!made.source || !made.destination) return false;
    made.time = find_time(line);
    to = made;
    // ngrep and baresip name the transport by the first word.
    if (to.transport == transport::none && line.size() > 1 && line[1] == ' ')
        to.transport = line[0] == 'U' ? transport::udp : line[0] == 'T' ? transport::tcp : transport::none;
    return true;
}

} // namespace

bool has_arrow_between_peers(std::string_view line) {
    constexpr std::size_t most_octets = 256;
    origin ignored;
    return read_line(line.substr(0, most_octets), ignored);
}

bool read_arrow(const surroundings &around, origin &to) {
    if (read_line(around.before, to)) return true;
    if (around.near(0).empty() || !read_line(around.near(0), to)) return false;
    if (!to.time) to.time = find_time(around.near(1));
    return true;
}

} // namespace sipstatus::tool
