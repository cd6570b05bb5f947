#include "tally/methods.hpp"

#include "octet_text.hpp"
#include "tally/hash.hpp"

#include <algorithm>
#include <iterator>

namespace sipstatus::tool {

namespace {

// The registered methods, the first ones in the order of the constants.
constexpr std::string_view registered_names[] = {"",        "INVITE",  "ACK",    "BYE",  "REGISTER", "CANCEL",
                                                 "OPTIONS", "PRACK",   "UPDATE", "INFO", "MESSAGE",  "SUBSCRIBE",
                                                 "NOTIFY",  "PUBLISH", "REFER",  "other"};
static_assert(std::size(registered_names) == method_table::registered);
static_assert(registered_names[method_table::other] == "other");

} // namespace

method_table::method_table() {
    for (const auto name : registered_names) entries_.push_back({std::string(name), tool::hash_of(name)});
}

method_table::number method_table::number_of(std::string_view name) {
    const auto *const known = std::find(std::begin(registered_names), std::end(registered_names), name);
    if (known != std::end(registered_names)) return static_cast<number>(known - std::begin(registered_names));
    auto shown = as_text(name.substr(0, longest));
    const std::lock_guard lock(mutex_);
    if (const auto there = numbers_.find(shown); there != numbers_.end()) return there->second;
    if (entries_.size() == most) return other;
    const auto made = static_cast<number>(entries_.size());
    entries_.push_back({shown, tool::hash_of(shown)});
    numbers_.emplace(std::move(shown), made);
    return made;
}

const method_table::entry &method_table::at(number which) const {
    const std::lock_guard lock(mutex_);
    return entries_[which];
}

std::string_view method_table::name_of(number which) const {
    return which < registered ? registered_names[which] : std::string_view(at(which).name);
}

std::uint64_t method_table::hash_of(number which) const {
    return at(which).hash;
}

std::vector<method_table::number> method_table::sorted(std::size_t size) const {
    std::vector<number> order(size);
    for (std::size_t i = 0; i < size; ++i) order[i] = static_cast<number>(i);
    std::sort(order.begin(), order.end(), [this](number a, number b) { return name_of(a) < name_of(b); });
    return order;
}

} // namespace sipstatus::tool
