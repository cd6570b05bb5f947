#ifndef SIPSTATUS_TOOL_LOG_LINES_ABOVE_HPP
#define SIPSTATUS_TOOL_LOG_LINES_ABOVE_HPP

// The lines above a line, the nearest first.

#include "log/line_ends.hpp"
#include "log/words.hpp"

#include <cstring>
#include <string_view>

namespace sipstatus::tool {

class lines_above {
public:
    lines_above() = default;
    // `text` ends right before the line. Its first line may be a part of one.
    explicit lines_above(std::string_view text) : left_(text) {}

    // Gives the next line above, without its line end; false where there is none.
    bool next(std::string_view &line) {
        if (left_.empty()) return false;
        left_.remove_suffix(1);
        const auto *const end = static_cast<const char *>(memrchr(left_.data(), '\n', left_.size()));
        const auto begin = end ? static_cast<std::size_t>(end - left_.data()) + 1 : 0;
        line = without_line_end(left_.substr(begin));
        left_ = left_.substr(0, begin);
        return true;
    }

    // The same, and passes over blank lines.
    bool next_with_words(std::string_view &line) {
        while (next(line))
            if (!without_blanks_before(line).empty()) return true;
        return false;
    }

private:
    std::string_view left_;
};

} // namespace sipstatus::tool

#endif
