#ifndef SIPSTATUS_TESTS_FORCED_KERNEL_HPP
#define SIPSTATUS_TESTS_FORCED_KERNEL_HPP

// A fixture for a whole test program: `PROGRAM -- KERNEL` runs its tests with that kernel instead of the machine's
// best. Where the machine lacks it, the program says `skipped` and exits with 77.

#include "kernels/kernel.hpp"

#include <sipstatus/names.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <iostream>
#include <string_view>

struct forced_kernel {
    forced_kernel() {
        const auto &suite = boost::unit_test::framework::master_test_suite();
        if (suite.argc < 2) return;
        const std::string_view wanted = suite.argv[1];
        if (!force(wanted)) {
            std::cout << "skipped: no kernel " << wanted << " here\n";
            std::exit(77);
        }
    }

private:
    static bool force(std::string_view wanted) {
        using sipstatus::kernel;
        for (const auto which : {kernel::scalar, kernel::ssse3, kernel::avx2, kernel::neon})
            if (name(which) == wanted) return sipstatus::kernels::force(which);
        return false;
    }
};

#endif
