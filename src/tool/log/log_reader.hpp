#ifndef SIPSTATUS_TOOL_LOG_LOG_READER_HPP
#define SIPSTATUS_TOOL_LOG_LOG_READER_HPP

// A log in, its status lines out. The octets are searched for "SIP/2.0" and not read line by line; what stands around a
// status line is looked at only where one was found.

#include "account.hpp"
#include "input/source.hpp"
#include "log/header_lines.hpp"
#include "log/log_entry.hpp"
#include "log/log_format.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sipstatus::tool {

class log_reader {
public:
    // Skips a byte order mark. Both must outlive the reader.
    log_reader(source &in, account &left_out, bool reads_sipfrag);

    // Gives the next status line; false at the end of the input. Throws input_error.
    bool next(log_entry &to);

    // How many lines were read so far.
    std::uint64_t lines() const noexcept { return line_ends_ + (has_open_line_ ? 1 : 0); }

    // Puts the lines read so far that hold no status line into the account.
    void account_for_lines();

private:
    bool find_candidate();
    bool read_candidate(log_entry &to);
    std::size_t end_of_line();
    std::size_t end_of_text(std::size_t line_end) const;
    surroundings look_around(std::size_t line_end) const;
    bool is_payload_of_tcpdump(const surroundings &around);
    bool is_repeated(const surroundings &around) const;
    bool has_dots_for_cr(std::string_view status, std::size_t line_end) const;
    void note_entry(const log_entry &one, const surroundings &around);
    void count_up_to(std::size_t place);
    bool grow();

    source &in_;
    account &left_out_;
    bool reads_sipfrag_;
    std::string_view window_;  // what the source shows; places are in it, offsets in the input
    std::uint64_t offset_ = 0; // of the window
    bool is_at_end_ = false;   // the input ends with the window

    std::size_t at_ = 0;      // searched up to here; the candidate's place where there is one
    std::size_t counted_ = 0; // line ends are counted up to this place
    std::uint64_t line_ends_ = 0;
    std::uint64_t line_begin_ = 0;  // offset of the line that `counted_` stands in
    bool has_open_line_ = false;    // octets follow the last line end
    std::uint64_t searched_to_ = 0; // no line end stands between a candidate and this offset

    std::size_t last_entry_ = 0;   // where the last entry's status line ends
    std::uint64_t entry_line_ = 0; // its line
    origin entry_origin_;          // for another one in its line
    bool has_tcpdump_heading_ = false;
    std::uint64_t entry_lines_ = 0;   // how many lines have entries
    std::uint64_t first_ignored_ = 0; // the first line that has none, if one with an entry followed
    std::uint64_t unsure_line_ = 0;   // the last line where the code of a candidate was not one
    std::uint64_t payload_line_ = 0;  // the line that `is_payload_` is about
    bool is_payload_ = false;

    std::string made_;
    header_text header_;
    log_formats formats_;
};

} // namespace sipstatus::tool

#endif
