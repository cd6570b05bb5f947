#ifndef SIPSTATUS_TOOL_TALLY_METHODS_HPP
#define SIPSTATUS_TOOL_TALLY_METHODS_HPP

// Methods as small numbers. One table serves all summaries of a run, so that their numbers mean the same. It may be
// used by several threads at a time.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sipstatus::tool {

class method_table {
public:
    using number = std::uint16_t;
    static constexpr number none = 0, invite = 1, ack = 2, bye = 3, registration = 4; // whatever else is there
    static constexpr number other = 15;           // stands for methods that are not told apart
    static constexpr std::size_t registered = 16; // methods that are there from the start, with `other`
    static constexpr std::size_t most = 65'535;   // further ones are `other`
    static constexpr std::size_t longest = 32;    // octets; further ones are cut

    method_table();

    number number_of(std::string_view name);
    // Empty for none.
    std::string_view name_of(number which) const;
    // The hash of the name.
    std::uint64_t hash_of(number which) const;
    // The first `size` numbers, in the order of their names: that of the numbers depends on what was read first.
    std::vector<number> sorted(std::size_t size) const;

private:
    struct entry {
        std::string name;
        std::uint64_t hash = 0;
    };
    const entry &at(number which) const;

    std::deque<entry> entries_; // what is there does not change any more
    std::unordered_map<std::string, number> numbers_;
    mutable std::mutex mutex_; // guards both, but for the registered methods
};

} // namespace sipstatus::tool

#endif
