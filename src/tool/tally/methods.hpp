#ifndef SIPSTATUS_TOOL_TALLY_METHODS_HPP
#define SIPSTATUS_TOOL_TALLY_METHODS_HPP

// Methods as small numbers. One table serves all summaries of a run, so that their numbers mean the same. It may be
// used by several threads at a time.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace sipstatus::tool {

class method_table {
public:
    using number = std::uint16_t;
    static constexpr number none = 0, invite = 1, ack = 2, bye = 3, registration = 4; // whatever else is there
    static constexpr std::size_t most = 64;                                           // further ones are "other"
    static constexpr std::size_t longest = 32;                                        // octets; further ones are cut

    method_table();

    number number_of(std::string_view name);
    // Empty for none.
    std::string_view name_of(number which) const noexcept { return names_[which]; }
    // The hash of the name.
    std::uint64_t hash_of(number which) const noexcept { return hashes_[which]; }
    std::size_t size() const noexcept { return size_.load(std::memory_order_acquire); }

private:
    // Its number, or size().
    std::size_t find(std::string_view name) const noexcept;
    std::size_t find_or_add(std::string_view spelled);

    std::array<std::string, most> names_; // what is below size() does not change any more
    std::array<std::uint64_t, most> hashes_{};
    std::atomic<std::size_t> size_{0};
    std::mutex mutex_; // of who adds
};

} // namespace sipstatus::tool

#endif
