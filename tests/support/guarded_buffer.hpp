#ifndef SIPSTATUS_TESTS_GUARDED_BUFFER_HPP
#define SIPSTATUS_TESTS_GUARDED_BUFFER_HPP

// Memory between two unreadable pages. Octets placed in it end exactly where the second begins, or begin exactly where
// the first ends, so that one octet read or written outside them ends the test with a signal. AddressSanitizer, where
// it is on, watches the rest of the memory between the pages too.

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <system_error>

#if defined(__has_include) && __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) (static_cast<void>(address), static_cast<void>(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) (static_cast<void>(address), static_cast<void>(size))
#endif

class guarded_buffer {
public:
    // Room for `capacity` octets at least.
    explicit guarded_buffer(std::size_t capacity) {
        page_ = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
        room_ = (capacity + page_ - 1) / page_ * page_;
        if (room_ == 0) room_ = page_;
        void *mapped = ::mmap(nullptr, room_ + 2 * page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (mapped == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
        mapping_ = static_cast<char *>(mapped);
        if (::mprotect(mapping_ + page_, room_, PROT_READ | PROT_WRITE) != 0) {
            const auto error = errno;
            ::munmap(mapping_, room_ + 2 * page_);
            throw std::system_error(error, std::generic_category(), "mprotect");
        }
    }
    ~guarded_buffer() {
        ASAN_UNPOISON_MEMORY_REGION(begin(), room_);
        ::munmap(mapping_, room_ + 2 * page_);
    }
    guarded_buffer(const guarded_buffer &) = delete;
    guarded_buffer &operator=(const guarded_buffer &) = delete;

    std::size_t capacity() const noexcept { return room_; }
    char *begin() const noexcept { return mapping_ + page_; }
    char *end() const noexcept { return begin() + room_; }

    // A copy of the octets, no more than capacity(), that ends at the unreadable page; valid until the next one.
    std::string_view at_end(std::string_view octets) const noexcept { return copy(octets, end() - octets.size()); }

    // The same, beginning after the unreadable page.
    std::string_view at_begin(std::string_view octets) const noexcept { return copy(octets, begin()); }

private:
    std::string_view copy(std::string_view octets, char *to) const noexcept {
        ASAN_UNPOISON_MEMORY_REGION(begin(), room_);
        if (!octets.empty()) std::memcpy(to, octets.data(), octets.size());
        ASAN_POISON_MEMORY_REGION(begin(), static_cast<std::size_t>(to - begin()));
        char *const after = to + octets.size();
        ASAN_POISON_MEMORY_REGION(after, static_cast<std::size_t>(end() - after));
        return {to, octets.size()};
    }

    char *mapping_ = nullptr;
    std::size_t page_ = 0;
    std::size_t room_ = 0;
};

#endif
