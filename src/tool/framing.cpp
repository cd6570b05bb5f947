#include "framing.hpp"

#include <sipstatus/status_line.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sipstatus::tool {

namespace {

bool begins_like_sip(std::string_view octets) {
    return tables::equal_but_for_case(octets.substr(0, 4), "SIP/");
}

bool claims_to_be_response(std::string_view octets) {
    while (octets.size() >= 2 && octets[0] == '\r' && octets[1] == '\n') octets.remove_prefix(2);
    return begins_like_sip(octets);
}

class capture_messages final : public message_reader {
public:
    capture_messages(std::unique_ptr<capture_reader> packets, std::string_view file, complaint complain)
        : packets_(std::move(packets)), file_(file), complain_(std::move(complain)) {}

    bool next(message &to) override {
        while (packets_->next(packet_)) {
            if (!is_known_link_type(packet_.link_type)) {
                leave_out();
                continue;
            }
            const auto found = decode(packet_);
            if (!found || !claims_to_be_response(found->payload)) continue;
            to.file = file_;
            to.frame = packet_.frame;
            to.time = packet_.time;
            to.transport = "udp";
            to.source = found->source;
            to.destination = found->destination;
            to.octets = found->payload;
            to.missing = found->missing;
            return true;
        }
        return false;
    }

    std::uint64_t frames() const override { return packet_.frame; }
    std::string_view unit() const override { return "frame"; }

private:
    void leave_out() {
        if (!left_out_.insert(packet_.link_type).second) return;
        complain_(fmt::format("frame {} has link type {}, which is not read: all frames of that type are left out",
                              packet_.frame, packet_.link_type),
                  packet_.offset);
    }

    std::unique_ptr<capture_reader> packets_;
    std::string_view file_;
    complaint complain_;
    packet packet_;
    std::set<unsigned> left_out_;
};

// The line end of the file, LF or CRLF, is framing: every line is handed on with a CRLF, so that none is a finding. A
// line longer than any status line the parser takes is handed on cut, without an end, and the rest of it is skipped.
class text_messages final : public message_reader {
public:
    text_messages(source &in, std::string_view file) : in_(in), file_(file) {
        if (in_.look(3).substr(0, 3) == "\xef\xbb\xbf") in_.skip(3);
    }

    bool next(message &to) override {
        std::string_view octets;
        do {
            if (!next_line(octets)) return false;
        } while (is_blank(octets));
        to = message{};
        to.file = file_;
        to.frame = line_;
        to.octets = octets;
        return true;
    }

    std::uint64_t frames() const override { return line_; }
    std::string_view unit() const override { return "line"; }

private:
    // The parser's limit, the CRLF, and one octet more, so that a line of the limit is told from a longer one.
    static constexpr std::size_t longest_line = parse_options{}.limit + 3;

    static bool is_blank(std::string_view octets) { return octets.find_first_not_of(" \t\r\n") == octets.npos; }

    bool next_line(std::string_view &to) {
        in_.skip(unread_);
        if (rest_is_skipped_) skip_rest();
        std::size_t searched = 0;
        auto octets = in_.look(1);
        if (octets.empty()) return false;
        auto end = octets.npos;
        while ((end = octets.substr(0, longest_line).find('\n', searched)) == octets.npos &&
               octets.size() < longest_line) {
            searched = octets.size();
            octets = in_.look(searched + 1);
            if (octets.size() == searched) break;
        }
        ++line_;
        if (end != octets.npos) {
            unread_ = end + 1;
            to = end > 0 && octets[end - 1] == '\r' ? octets.substr(0, unread_) : with_line_end(octets.substr(0, end));
        } else if (octets.size() < longest_line) {
            unread_ = octets.size();
            if (octets.back() == '\r') octets.remove_suffix(1);
            to = with_line_end(octets);
        } else {
            unread_ = longest_line;
            rest_is_skipped_ = true;
            to = octets.substr(0, longest_line);
        }
        return true;
    }

    std::string_view with_line_end(std::string_view octets) {
        own_.assign(octets);
        own_ += "\r\n";
        return own_;
    }

    void skip_rest() {
        rest_is_skipped_ = false;
        for (;;) {
            const auto octets = in_.look(1);
            if (octets.empty()) return;
            const auto end = octets.find('\n');
            in_.skip(end == octets.npos ? octets.size() : end + 1);
            if (end != octets.npos) return;
        }
    }

    source &in_;
    std::string_view file_;
    std::string own_;
    std::uint64_t line_ = 0;
    std::size_t unread_ = 0;
    bool rest_is_skipped_ = false;
};

// Formats that users hand us and that are not read, by their first octets, with what to do.
struct foreign_format {
    std::string_view magic;
    std::string_view advice;
};

constexpr foreign_format foreign_formats[] = {
    {"\x1f\x8b", "the file is compressed by gzip: try gzip -dc FILE | sipstatus COMMAND -"},
    {"\x28\xb5\x2f\xfd", "the file is compressed by zstd: try zstd -dc FILE | sipstatus COMMAND -"},
    {"\xfd"
     "7zXZ",
     "the file is compressed by xz: try xz -dc FILE | sipstatus COMMAND -"},
    {"BZh", "the file is compressed by bzip2: try bzip2 -dc FILE | sipstatus COMMAND -"},
    {"\x04\x22\x4d\x18", "the file is compressed by lz4: try lz4 -dc FILE | sipstatus COMMAND -"},
    {"PK\x03\x04", "the file is a zip archive: try unzip -p FILE | sipstatus COMMAND -"},
    {std::string_view("snoop\0\0\0", 8), "the file is a snoop capture: try editcap -F pcapng FILE OUT"},
};

// What is not text shows in as many octets.
constexpr std::size_t most_to_look_at = 512;

// From the first line on that is not blank, as far as that many octets show it.
std::string_view first_line(std::string_view octets) {
    octets = octets.substr(0, most_to_look_at);
    if (octets.substr(0, 3) == "\xef\xbb\xbf") octets.remove_prefix(3);
    octets.remove_prefix(std::min(octets.find_first_not_of(" \t\r\n"), octets.size()));
    return octets;
}

// Text is what begins with a status line, whatever else is in that line, or whose first line has no controls.
bool begins_like_text(std::string_view octets) {
    octets = first_line(octets);
    if (begins_like_sip(octets)) return true;
    octets = octets.substr(0, octets.find('\n'));
    return std::none_of(octets.begin(), octets.end(), [](char c) {
        const auto octet = static_cast<unsigned char>(c);
        return (octet < 0x20 && c != '\t' && c != '\r') || octet == 0x7f || octet >= 0xfe;
    });
}

} // namespace

std::unique_ptr<message_reader> read_messages(source &in, std::string_view file, message_reader::complaint complain) {
    auto first = in.look(4);
    if (first.empty()) throw input_error("the input is empty: neither a capture nor status lines", 0);
    if (begins_like_pcap(first)) return std::make_unique<capture_messages>(read_pcap(in), file, std::move(complain));
    if (begins_like_pcapng(first))
        return std::make_unique<capture_messages>(read_pcapng(in), file, std::move(complain));
    for (const auto &[magic, advice] : foreign_formats)
        if (in.look(magic.size()).substr(0, magic.size()) == magic) throw input_error(std::string(advice), 0);
    for (std::size_t seen = 0;
         first.size() > seen && first.size() < most_to_look_at && first_line(first).find('\n') == first.npos;) {
        seen = first.size();
        first = in.look(seen + 1);
    }
    if (begins_like_text(first)) return std::make_unique<text_messages>(in, file);
    std::string octets;
    for (const char c : in.look(8).substr(0, 8)) octets += fmt::format(" {:02x}", static_cast<unsigned char>(c));
    throw input_error(
        fmt::format("the file begins with{}, which is no capture that is read (pcap, pcapng) and no text", octets), 0);
}

} // namespace sipstatus::tool
