#include "memory_in_use.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace {

std::size_t in_use = 0;
std::size_t peak = 0;

void *allocate(std::size_t size) {
    void *const memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) std::abort();
    in_use += malloc_usable_size(memory);
    peak = std::max(peak, in_use);
    return memory;
}

void release(void *memory) {
    if (memory != nullptr) in_use -= malloc_usable_size(memory);
    std::free(memory);
}

} // namespace

namespace fuzz {

std::size_t memory_in_use_now() {
    return in_use;
}

std::size_t take_peak_of_memory_in_use() {
    const auto taken = peak;
    peak = in_use;
    return taken;
}

} // namespace fuzz

// All forms but the aligned ones, which nothing here uses. Each is replaced, since a sanitizer's forms do not call one
// another.
void *operator new(std::size_t size) {
    return allocate(size);
}
void *operator new[](std::size_t size) {
    return allocate(size);
}
void *operator new(std::size_t size, const std::nothrow_t &) noexcept {
    return allocate(size);
}
void *operator new[](std::size_t size, const std::nothrow_t &) noexcept {
    return allocate(size);
}
void operator delete(void *memory) noexcept {
    release(memory);
}
void operator delete[](void *memory) noexcept {
    release(memory);
}
void operator delete(void *memory, std::size_t) noexcept {
    release(memory);
}
void operator delete[](void *memory, std::size_t) noexcept {
    release(memory);
}
void operator delete(void *memory, const std::nothrow_t &) noexcept {
    release(memory);
}
void operator delete[](void *memory, const std::nothrow_t &) noexcept {
    release(memory);
}
