#ifndef SIPSTATUS_TOOL_LOG_LOG_FORMAT_HPP
#define SIPSTATUS_TOOL_LOG_LOG_FORMAT_HPP

// The formats of logs: what stands around a status line, and what it tells. log_formats.def has the rows.

#include "log/lines_above.hpp"
#include "log/origin.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace sipstatus::tool {

// What stands around a status line.
struct surroundings {
    std::string_view before; // it in its line
    std::string_view text;   // from "SIP/2.0" to the end of the line
    lines_above above;

    // The nearest lines above with words in them, from 0 on, up to one that belongs to another message; empty where
    // there are fewer.
    static constexpr std::size_t most_near = 5;
    std::string_view near(std::size_t number) const;

private:
    mutable std::array<std::string_view, most_near> near_{};
    mutable std::size_t near_count_ = 0; // how many are known
    mutable std::size_t passed_ = 0;     // lines that were looked at
    mutable bool has_cursor_ = false, is_at_top_ = false;
    mutable lines_above cursor_;
};

#define SIPSTATUS_LOG_FORMAT(name) bool read_##name(const surroundings &around, origin &to);
#include "log/log_formats.def"

// Remembers the format of the last message, because a log mostly has one.
class log_formats {
public:
    // Puts into `to` what the surroundings tell.
    void read(const surroundings &around, origin &to);

private:
    std::size_t last_ = 0;
};

// Whether the line introduces a message in one of the formats.
bool is_introduction(std::string_view line);

// Whether "192.0.2.1:5060 -> 192.0.2.2:5060" stands in the line.
bool has_arrow_between_peers(std::string_view line);

} // namespace sipstatus::tool

#endif
