// The sentences of status_line.def. Both enums count from 0 in the order of its rows.

#include <sipstatus/status_line.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {
namespace {

constexpr explanation rows_of_outcomes[] = {
#define SIPSTATUS_OUTCOME(name, section, expected) {expected, section},
#include <sipstatus/status_line.def>
};

constexpr explanation rows_of_deviations[] = {
#define SIPSTATUS_DEVIATION(name, section, expected) {expected, section},
#include <sipstatus/status_line.def>
};

template <std::size_t N> explanation row_of(const explanation (&rows)[N], std::size_t number) noexcept {
    return number < N ? rows[number] : explanation{};
}

} // namespace

explanation message(outcome o) noexcept {
    return row_of(rows_of_outcomes, static_cast<std::size_t>(o));
}

explanation message(deviation d) noexcept {
    return row_of(rows_of_deviations, static_cast<std::size_t>(d));
}

} // namespace sipstatus::inline SIPSTATUS_ABI
