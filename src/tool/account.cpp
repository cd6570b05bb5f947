#include "account.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sipstatus::tool {

std::string_view name(unread_unit unit) {
    return unit == unread_unit::frame ? "frame" : "part";
}

void account::leave_out(const unread_kind &kind, std::uint32_t number, std::uint64_t frame, suspicion what,
                        std::uint64_t count) {
    auto place = std::find_if(rows_.begin(), rows_.end(), [&](const row &one) {
        return one.number == number && (one.kind == &kind || one.kind->name == kind.name);
    });
    if (place == rows_.end()) {
        // A hostile file must not make kinds without end: beyond this many, numbers are no longer told apart.
        constexpr std::size_t most_rows = 64;
        if (rows_.size() >= most_rows) number = 0;
        if (rows_.size() >= 2 * most_rows)
            place = rows_.end() - 1;
        else
            place = rows_.insert(rows_.end(), {&kind, number, 0, frame, 0, false});
    }
    place->count += count;
    if (what == suspicion::looks_like_sip) place->looks_like_sip += count;
    if (what != suspicion::none) place->may_hide_sip = true;
}

std::uint64_t account::frames() const noexcept {
    std::uint64_t sum = 0;
    for (const auto &one : rows_)
        if (one.kind->unit == unread_unit::frame) sum += one.count;
    return sum;
}

bool account::may_hide_sip() const noexcept {
    return std::any_of(rows_.begin(), rows_.end(), [](const row &one) { return one.may_hide_sip; });
}

std::string words_of(const account::row &row) {
    auto words = fmt::format("{} {}{}", row.count, row.kind->noun, row.count == 1 ? "" : "s");
    if (!row.kind->detail.empty()) words += ' ' + fmt::format(fmt::runtime(row.kind->detail), row.number);
    return words;
}

} // namespace sipstatus::tool
