#ifndef SIPSTATUS_FUZZ_KERNELS_AT_HAND_HPP
#define SIPSTATUS_FUZZ_KERNELS_AT_HAND_HPP

// The kernels that this machine and build have, the best first. The library keeps using the best one.

#include "kernels/kernel.hpp"
#ifdef SIPSTATUS_FUZZ_PLANTED_BUG
#include "planted_bug.hpp"
#endif

#include <array>
#include <cstddef>

namespace fuzz {

class kernels_at_hand {
public:
    kernels_at_hand() {
        using sipstatus::kernel;
        for (const auto which : {kernel::neon, kernel::avx2, kernel::ssse3, kernel::scalar})
            if (sipstatus::kernels::force(which)) functions_[count_++] = sipstatus::kernels::active;
        sipstatus::kernels::active = functions_[0];
#ifdef SIPSTATUS_FUZZ_PLANTED_BUG
        functions_[count_++] = parse_with_planted_bug;
#endif
    }
    std::size_t size() const {
        return count_;
    }
    sipstatus::kernels::function *operator[](std::size_t at) const {
        return functions_[at];
    }

private:
    std::array<sipstatus::kernels::function *, 5> functions_{};
    std::size_t count_ = 0;
};

} // namespace fuzz

#endif
