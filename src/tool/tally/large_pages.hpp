#ifndef SIPSTATUS_TOOL_TALLY_LARGE_PAGES_HPP
#define SIPSTATUS_TOOL_TALLY_LARGE_PAGES_HPP

// Memory for tables that are looked up at random: in large pages where the system has them, so that a look-up does not
// miss the translation of its address as well.

#include <cstddef>
#include <cstdlib>
#include <new>

#include <sys/mman.h>

namespace sipstatus::tool {

template <class Value> struct large_page_allocator {
    using value_type = Value;
    static constexpr std::size_t page = std::size_t{1} << 21;

    large_page_allocator() = default;
    template <class Other> explicit large_page_allocator(const large_page_allocator<Other> &) noexcept {}

    Value *allocate(std::size_t number) {
        const auto octets = number * sizeof(Value);
        if (octets < page) return static_cast<Value *>(::operator new(octets));
        const auto size = (octets + page - 1) / page * page;
        void *const made = std::aligned_alloc(page, size);
        if (!made) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
        madvise(made, size, MADV_HUGEPAGE);
#endif
        return static_cast<Value *>(made);
    }
    void deallocate(Value *from, std::size_t number) noexcept {
        if (number * sizeof(Value) < page)
            ::operator delete(from);
        else
            std::free(from);
    }
    template <class Other> friend bool operator==(const large_page_allocator &, const large_page_allocator<Other> &) {
        return true;
    }
};

} // namespace sipstatus::tool

#endif
