#ifndef SIPSTATUS_TOOL_REPORT_JSON_ROW_HPP
#define SIPSTATUS_TOOL_REPORT_JSON_ROW_HPP

// One JSON object, written member by member to the end of a string. A string without anything to escape is copied; the
// JSON library writes every other.

#include "report/spelling.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sipstatus::tool {

class json_row {
public:
    // With `ascii`, characters that are not ASCII are escaped. Octets that are not UTF-8 become U+FFFD.
    json_row(std::string &to, bool ascii) : to_(to), ascii_(ascii) {}

    void add(std::string_view key, std::string_view text);
    void add(std::string_view key, std::uint64_t number) { append_number(begin(key), number); }
    void add(std::string_view key, bool value) { begin(key) += value ? "true" : "false"; }
    void add_null(std::string_view key) { begin(key) += "null"; }
    void add_text_or_null(std::string_view key, std::string_view text);
    // Where the octets are not UTF-8, a member of all of them follows, in hexadecimal digits.
    void add_octets(std::string_view key, std::string_view octets);
    // A member whose value needs no escape: `append` writes it, with its quotes.
    template <class Append> void add_plain(std::string_view key, Append append) { append(begin(key)); }
    void end() { to_ += "}\n"; }

    // Whether nothing had to be escaped so far.
    bool is_plain() const noexcept { return is_plain_; }

private:
    std::string &begin(std::string_view key);

    std::string &to_;
    bool ascii_;
    bool is_first_ = true, is_plain_ = true;
};

} // namespace sipstatus::tool

#endif
