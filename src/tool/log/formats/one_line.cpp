// The message stands in the line that tells of it, after the time and the peers: syslog, journald, JSON, xlog.

#include "log/line_ends.hpp"
#include "log/log_format.hpp"
#include "log/times.hpp"
#include "log/words.hpp"

namespace sipstatus::tool {

namespace {

constexpr std::size_t most_octets = 1024;

// What stands after the message: "[Time:19-12@12:44:56.587]" of AudioCodes, the other members of an object.
std::string_view after_message(std::string_view text) {
    if (text.size() > 2 * most_octets) text.remove_prefix(text.size() - 2 * most_octets);
    for (const std::string_view name :
         {"[Time:", "_REALTIME_TIMESTAMP\"", "\"time\"", "\"timestamp\"", "\"@timestamp\"", "\"ts\""})
        if (const auto at = text.rfind(name); at != text.npos) return text.substr(at);
    return {};
}

} // namespace

bool read_one_line(const surroundings &around, origin &to) {
    const auto before = around.before;
    if (without_blanks_before(before).size() < 8) return false;
    origin made;
    read_origin(before.substr(0, most_octets), made);
    if (before.size() > most_octets) read_origin(before.substr(before.size() - most_octets), made);
    // Only what the line says besides a message is its own.
    if (!made.time) made.time = find_time(after_message(around.text));
    if (!made.has_peer()) {
        if (!around.near(0).empty() && is_introduction(around.near(0))) read_peers(around.near(0), made);
        if (!made.has_peer() && !around.near(1).empty() && is_introduction(around.near(1)))
            read_peers(around.near(1), made);
    }
    if (!made.time && !made.has_peer()) return false;
    to = made;
    return true;
}

} // namespace sipstatus::tool
