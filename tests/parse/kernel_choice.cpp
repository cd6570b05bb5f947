// What the library chose on this machine. In: the name of the kernel that is to be in use, then of all others that the
// machine can run. Out: status 0 where it is so, and a sentence where it is not. The tests run it on emulated machines.

#include "kernels/kernel.hpp"

#include <sipstatus/names.hpp>

#include <iostream>
#include <string_view>

int main(int argc, char **argv) {
    using namespace sipstatus;
    int faults = 0;
    const auto expect = [&faults](std::string_view what, std::string_view expected, std::string_view found) {
        if (found == expected) return;
        std::cerr << what << ": expected " << expected << ", found " << found << '\n';
        ++faults;
    };

    const auto chosen = kernel_in_use();
    expect("the kernel in use", argc > 1 ? argv[1] : "a name to compare with", name(chosen));
    for (const auto which : {kernel::scalar, kernel::ssse3, kernel::avx2, kernel::neon}) {
        bool can_run = false;
        for (int at = 1; at < argc; ++at) can_run = can_run || argv[at] == name(which);
        const auto before = kernel_in_use();
        const bool forced = kernels::force(which);
        expect(name(which), can_run ? "at hand" : "not at hand", forced ? "at hand" : "not at hand");
        expect("the kernel in use then", name(forced ? which : before), name(kernel_in_use()));
        const auto line = parse("SIP/2.0 486 Busy Here\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n");
        expect("486 Busy Here", "ok", name(line.outcome));
        expect("its phrase", "canonical", name(line.line.kind));
    }
    expect("a kernel that nobody has", "not at hand",
           kernels::force(static_cast<kernel>(4)) ? "at hand" : "not at hand");
    return faults == 0 ? 0 : 1;
}
