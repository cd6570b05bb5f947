#ifndef SIPSTATUS_TOOL_ACCOUNT_HPP
#define SIPSTATUS_TOOL_ACCOUNT_HPP

// What of an input was not read, by kind. Every stage that leaves something out says so here: a frame is either read or
// counted.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

// What is counted: whole frames of the input, or parts of what was read, such as a gap in a stream.
enum class unread_unit : std::uint8_t { frame, part };
std::string_view name(unread_unit unit);

// Why something is left out. Two kinds are the same if their names and numbers are.
struct unread_kind {
    std::string_view name;   // with hyphens, for programs
    std::string_view noun;   // what one of them is, for people: "TCP segment"
    std::string_view detail; // after the noun; "{}" stands for the number. May be empty
    unread_unit unit = unread_unit::frame;
};

class account {
public:
    // What the octets that were left out may have been.
    enum class suspicion : std::uint8_t { none, looks_like_sip, unknown };

    struct row {
        const unread_kind *kind;
        std::uint32_t number;
        std::uint64_t count;
        std::uint64_t first_frame;
        std::uint64_t looks_like_sip; // of the count
        bool may_hide_sip;            // some of them look like SIP, or nobody can tell
    };

    // `count` of them, the first of which is `frame`.
    void leave_out(const unread_kind &kind, std::uint32_t number, std::uint64_t frame, suspicion what,
                   std::uint64_t count = 1);

    // In the order in which each kind came first.
    const std::vector<row> &rows() const noexcept { return rows_; }
    // How many frames were left out.
    std::uint64_t frames() const noexcept;
    // Whether SIP may be among what was left out.
    bool may_hide_sip() const noexcept;

private:
    std::vector<row> rows_;
};

// "38 TCP segments", "3 frames of link type 147".
std::string words_of(const account::row &row);

} // namespace sipstatus::tool

#endif
