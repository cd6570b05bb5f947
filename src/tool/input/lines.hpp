#ifndef SIPSTATUS_TOOL_INPUT_LINES_HPP
#define SIPSTATUS_TOOL_INPUT_LINES_HPP

// The lines of a text, one at a time.

#include "input/source.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sipstatus::tool {

struct text_line {
    std::uint64_t number = 0; // counts from 1
    std::string_view octets;  // without the line end; valid until the next line is asked for
    bool is_cut = false;      // the line is longer than a reader looks at: these are its first octets
};

class line_reader {
public:
    // Skips a byte order mark. `in` must outlive the reader.
    explicit line_reader(source &in);

    // Gives the next line; false at the end of the input. LF and CRLF both end a line. Throws input_error.
    bool next(text_line &to);

    std::uint64_t lines() const noexcept { return number_; }

private:
    void skip_rest();

    source &in_;
    std::uint64_t number_ = 0;
    std::size_t unread_ = 0;
    bool rest_is_skipped_ = false;
};

} // namespace sipstatus::tool

#endif
