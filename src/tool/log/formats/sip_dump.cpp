// Kamailio's module sipdump: between a line of "=" and one of "~" stands one word a line, with its value.

#include "log/log_format.hpp"
#include "log/times.hpp"
#include "log/words.hpp"

#include <string>

namespace sipstatus::tool {

bool read_sip_dump(const surroundings &around, origin &to) {
    constexpr std::size_t most_lines = 24;
    auto above = around.above;
    std::string_view line;
    if (!above.next_with_words(line) || !without_quote_marks(line).starts_with("~~~~")) return false;
    std::string words; // in the file's order
    for (std::size_t n = 0; n < most_lines && above.next(line); ++n) {
        line = without_quote_marks(line);
        if (line.starts_with("====")) break;
        if (begins_with(line, "time:")) to.time = find_time(line);
        if (begins_with(line, "date:")) continue;
        words.insert(0, std::string(line) + '\n');
    }
    read_peers(words, to);
    return true;
}

} // namespace sipstatus::tool
