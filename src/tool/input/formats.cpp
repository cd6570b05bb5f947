#include "input/formats.hpp"

#include "start_line.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sipstatus::tool {

namespace {

struct capture_format {
    bool (*begins_like)(std::string_view octets);
    std::unique_ptr<packet_reader> (*read)(source &in);
};
constexpr capture_format capture_formats[] = {
#define SIPSTATUS_CAPTURE_FORMAT(name) {begins_like_##name, read_##name},
#include "input/formats.def"
};

struct compression {
    bool (*begins_like)(std::string_view octets);
    source::filter *decompress;
};
constexpr compression compressions[] = {
#define SIPSTATUS_COMPRESSION(name) {begins_like_##name, decompress_##name},
#include "input/formats.def"
    {nullptr, nullptr} // so that there may be none
};

void decompress(source &in) {
    for (const auto &one : compressions)
        if (one.begins_like && one.begins_like(in.look(4))) return in.read_through(one.decompress);
}

struct encoding {
    bool (*begins_like)(std::string_view octets);
    source::filter *recode;
};
constexpr encoding encodings[] = {
#define SIPSTATUS_ENCODING(name) {begins_like_##name, recode_##name},
#include "input/formats.def"
};

bool recode(source &in) {
    for (const auto &one : encodings)
        if (one.begins_like(in.look(8))) {
            in.read_through(one.recode);
            return true;
        }
    return false;
}

// Formats that users have and that are not read: their first octets, and what to do.
struct foreign_format {
    std::string_view magic;
    std::string_view advice;
};
constexpr foreign_format foreign_formats[] = {
    {"\x1f\x8b",
     "the file is compressed by gzip, which this build does not read: try gzip -dc FILE | sipstatus COMMAND -"},
    {"\x28\xb5\x2f\xfd",
     "the file is compressed by zstd, which this build does not read: try zstd -dc FILE | sipstatus COMMAND -"},
    {"\xfd"
     "7zXZ",
     "the file is compressed by xz: try xz -dc FILE | sipstatus COMMAND -"},
    {"BZh", "the file is compressed by bzip2: try bzip2 -dc FILE | sipstatus COMMAND -"},
    {"\x04\x22\x4d\x18", "the file is compressed by lz4: try lz4 -dc FILE | sipstatus COMMAND -"},
    {"PK\x03\x04", "the file is a zip archive: try unzip -p FILE | sipstatus COMMAND -"},
    {std::string_view("snoop\0\0\0", 8), "the file is a snoop capture: try editcap -F pcapng FILE OUT"},
};

// As many octets show what is not text.
constexpr std::size_t most_to_look_at = 512;

// From the first line that is not blank on, within that many octets.
std::string_view first_line(std::string_view octets) {
    octets = octets.substr(0, most_to_look_at);
    if (octets.substr(0, 3) == "\xef\xbb\xbf") octets.remove_prefix(3);
    octets.remove_prefix(std::min(octets.find_first_not_of(" \t\r\n"), octets.size()));
    return octets;
}

// A text begins with a status line, whatever else is in that line, or has a first line without controls but those that
// colour it: "ESC [".
bool begins_like_text(std::string_view octets) {
    octets = first_line(octets);
    if (claims_to_be_response(octets)) return true;
    octets = octets.substr(0, octets.find('\n'));
    for (std::size_t at = 0; at < octets.size(); ++at) {
        const char c = octets[at];
        const auto octet = static_cast<unsigned char>(c);
        const bool is_colour = c == '\x1b' && octets.substr(at + 1, 1) == "[";
        if ((octet < 0x20 && c != '\t' && c != '\r' && !is_colour) || octet == 0x7f || octet >= 0xfe) return false;
    }
    return true;
}

std::string in_hexadecimal(std::string_view octets) {
    std::string text;
    for (const char c : octets) text += fmt::format(" {:02x}", static_cast<unsigned char>(c));
    return text;
}

} // namespace

input open_input(source &in, bool is_text_for_sure) {
    decompress(in);
    in.read_ahead();
    auto first = in.look(4);
    if (first.empty()) throw input_error("the input is empty: expected a capture, status lines or a log", 0);
    if (!is_text_for_sure)
        for (const auto &format : capture_formats)
            if (format.begins_like(first)) return format.read(in);
    for (const auto &[magic, advice] : foreign_formats)
        if (in.look(magic.size()).substr(0, magic.size()) == magic) throw input_error(std::string(advice), 0);
    if (recode(in)) first = in.look(4);
    if (is_text_for_sure) return plain_text{};
    for (std::size_t seen = 0;
         first.size() > seen && first.size() < most_to_look_at && first_line(first).find('\n') == first.npos;) {
        seen = first.size();
        first = in.look(seen + 1);
    }
    if (begins_like_text(first)) return plain_text{};
    throw input_error(
        fmt::format("the file begins with{}: not pcap, pcapng or text", in_hexadecimal(in.look(8).substr(0, 8))), 0);
}

} // namespace sipstatus::tool
