// The harness of text input. In: a text, then one octet that seeds the sizes of pieces. What must hold:
//   - a text that arrives in pieces gives the same as at once
//   - each line that is not blank is a message, with the line's number, and with CRLF for any line end
//   - the memory in use has a bound that does not depend on the text

#include "stages.hpp"

#include "input/formats.hpp"

using fuzz::require;

namespace {

// A longer line is cut.
constexpr std::size_t longest_line = 65'535;

struct line {
    std::uint64_t number;
    std::string octets;
};

// Nothing if a line is too long for this plain account.
std::optional<std::vector<line>> lines_of(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::vector<line> lines;
    for (std::uint64_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        auto octets = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (octets.ends_with('\r')) octets.remove_suffix(1);
        if (octets.size() > longest_line) return std::nullopt;
        if (octets.find_first_not_of(" \t\r") != octets.npos) lines.push_back({number, std::string(octets) + "\r\n"});
    }
    return lines;
}

void compare_with_lines(std::string_view text, const fuzz::transcript &read) {
    const auto lines = lines_of(text);
    if (!lines) return;
    require(read.size() == lines->size(), "there are as many messages as lines that are not blank");
    for (std::size_t n = 0; n < read.size(); ++n)
        require(read[n].kind == fuzz::entry::of::message && read[n].frame == (*lines)[n].number &&
                    read[n].octets == (*lines)[n].octets,
                "a message is its line");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::input in(data, size);
    const unsigned seed = in.take_octet();
    const auto octets = in.octets();
    if (sipstatus::tool::begins_like_pcap(octets) || sipstatus::tool::begins_like_pcapng(octets)) return 0;

    // The tool may take it for a list of status lines, or for a log.
    const auto at_once = fuzz::read_at_once(octets);
    require(fuzz::read_in_pieces(octets, fuzz::dice(seed)) == at_once, "a text is read alike in any pieces");
    const auto lines = fuzz::read_at_once(octets, fuzz::text_form::lines);
    const bool refused = lines.size() == 1 && lines[0].kind == fuzz::entry::of::error;
    if (!refused && !fuzz::is_recoded(octets)) compare_with_lines(octets, lines);
    if (fuzz::is_checked_thoroughly(octets, 64))
        require(fuzz::memory_growth({}, std::string(octets) + "\n") <= fuzz::most_memory_growth(octets),
                "the memory in use has a bound");
    return 0;
}
