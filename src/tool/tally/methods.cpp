#include "tally/methods.hpp"

#include "octet_text.hpp"
#include "tally/hash.hpp"

#include <algorithm>

namespace sipstatus::tool {

namespace {

// The registered methods, the first ones in the order of the constants.
constexpr std::string_view registered[] = {"",        "INVITE",    "ACK",    "BYE",     "REGISTER",
                                           "CANCEL",  "OPTIONS",   "PRACK",  "UPDATE",  "INFO",
                                           "MESSAGE", "SUBSCRIBE", "NOTIFY", "PUBLISH", "REFER"};

} // namespace

method_table::method_table() {
    for (const auto name : registered) find_or_add(name);
}

method_table::number method_table::number_of(std::string_view name) {
    const auto place = find(name);
    return static_cast<number>(place < size() ? place : find_or_add(as_text(name.substr(0, longest))));
}

std::size_t method_table::find(std::string_view name) const noexcept {
    const auto end = names_.begin() + static_cast<std::ptrdiff_t>(size());
    return static_cast<std::size_t>(std::find(names_.begin(), end, name) - names_.begin());
}

// The last one stands for all that have no room.
std::size_t method_table::find_or_add(std::string_view spelled) {
    const std::lock_guard lock(mutex_);
    const auto size = size_.load(std::memory_order_relaxed);
    if (const auto place = find(spelled); place < size) return place;
    if (size == most) return most - 1;
    names_[size] = size + 1 == most ? "other" : spelled;
    hashes_[size] = tool::hash_of(names_[size]);
    size_.store(size + 1, std::memory_order_release);
    return size;
}

} // namespace sipstatus::tool
