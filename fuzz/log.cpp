// The harness of logs. In: a log, then one octet that seeds the sizes of pieces. What must hold:
//   - a log that arrives in pieces gives the same as at once
//   - a message stands in the log at its line and column, and begins with "SIP/2.0" in any case; lines ascend
//   - the memory in use has a bound that does not depend on the log

#include "stages.hpp"

#include <sipstatus/status.hpp>

using fuzz::require;

namespace {

// From the octet at a line and a column on, both from 1; empty where there is none.
std::string_view part_at(std::string_view log, std::uint64_t line, std::uint64_t column) {
    if (log.starts_with("\xEF\xBB\xBF")) log.remove_prefix(3);
    for (; line > 1; --line) {
        const auto end = log.find('\n');
        if (end == log.npos) return {};
        log.remove_prefix(end + 1);
    }
    log = log.substr(0, log.find('\n'));
    return column - 1 < log.size() ? log.substr(column - 1) : std::string_view{};
}

void check_places(std::string_view log, const fuzz::transcript &read) {
    std::uint64_t last_line = 1, last_column = 0;
    for (const auto &one : read) {
        if (one.kind != fuzz::entry::of::message) continue;
        require(one.frame > last_line || (one.frame == last_line && one.column > last_column), "places ascend");
        last_line = one.frame;
        last_column = one.column;
        const auto part = part_at(log, one.frame, one.column);
        require(sipstatus::tables::equal_but_for_case(part.substr(0, 7), "SIP/2.0"), "a message stands at its place");
        require(one.octets.starts_with(part.substr(0, 7)), "a message is its line");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::input in(data, size);
    const unsigned seed = in.take_octet();
    const auto octets = in.octets();
    constexpr auto form = fuzz::text_form::log;
    const auto at_once = fuzz::read_at_once(octets, form);
    require(fuzz::read_in_pieces(octets, fuzz::dice(seed), form) == at_once, "a log is read alike in any pieces");
    if (!fuzz::is_recoded(octets)) check_places(octets, at_once);
    if (fuzz::is_checked_thoroughly(octets, 64))
        require(fuzz::memory_growth({}, std::string(octets) + "\n", form) <= fuzz::most_memory_growth(octets),
                "the memory in use has a bound");
    return 0;
}
