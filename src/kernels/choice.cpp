// The choice between the kernels: the best that the machine and the build have.

#include "kernel.hpp"

namespace sipstatus::inline SIPSTATUS_ABI {
namespace kernels {
namespace {

function *function_of(kernel which) noexcept {
    switch (which) {
    case kernel::scalar: return scalar;
#ifdef SIPSTATUS_KERNELS_X86
    case kernel::ssse3: return __builtin_cpu_supports("ssse3") ? ssse3 : nullptr;
    case kernel::avx2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") ? avx2 : nullptr;
#elif defined(SIPSTATUS_KERNELS_NEON)
    case kernel::neon: return neon;
#endif
    default: return nullptr;
    }
}

// From the slowest to the fastest, so the last one that the machine has stays. It runs when the library is loaded,
// before any thread can parse. The scalar kernel serves a parse before that.
[[gnu::constructor]] void choose() noexcept {
    for (const auto which : {kernel::ssse3, kernel::avx2, kernel::neon}) force(which);
}

} // namespace

constinit function *active = scalar;

bool force(kernel which) noexcept {
    function *const candidate = function_of(which);
    if (candidate != nullptr) active = candidate;
    return candidate != nullptr;
}

} // namespace kernels

kernel kernel_in_use() noexcept {
    for (const auto which : {kernel::ssse3, kernel::avx2, kernel::neon})
        if (kernels::active == kernels::function_of(which)) return which;
    return kernel::scalar;
}

} // namespace sipstatus::inline SIPSTATUS_ABI
