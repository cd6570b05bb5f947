// Parsers that are wrong on purpose, which valgrind and MemorySanitizer must name; and one that is right, about which
// they must be silent.
//
//     defects none KERNEL          parse(), as it is
//     defects over_read KERNEL     a parser that reads an octet too many; that octet has no value
//     defects after_block KERNEL   the same, but the octet is outside the block of memory
//     defects unset KERNEL         a parser that leaves a field of its result without a value
//
// The verdict is the exit status, so that it matters what was read. A kernel that is not here is `skipped`.

#include "kernels/kernel.hpp"

#include <cstdio>
#include <cstring>
#include <memory>

namespace {

constexpr char line[] = "SIP/2.0 486 Busy Here, or so it seems\r";
constexpr std::size_t size = sizeof line - 1;

using sipstatus::kernel;
struct named {
    const char *name;
    kernel which;
};
constexpr named kernels[] = {
    {"neon", kernel::neon}, {"avx2", kernel::avx2}, {"ssse3", kernel::ssse3}, {"scalar", kernel::scalar}};

// The line in memory of `room` octets; those after it have no value.
std::unique_ptr<char[]> line_in(std::size_t room) {
    std::unique_ptr<char[]> octets(new char[room]);
    std::memcpy(octets.get(), line, size);
    return octets;
}

bool is_incomplete(const char *octets, std::size_t count) {
    return sipstatus::parse({octets, count}).outcome == sipstatus::outcome::incomplete;
}

bool leaves_a_field_unset(const char *octets) {
    // A kernel takes a default result for granted, and sets what differs.
    alignas(sipstatus::parse_result) unsigned char memory[sizeof(sipstatus::parse_result)];
    auto *const volatile place = reinterpret_cast<sipstatus::parse_result *>(memory);
    sipstatus::kernels::active(*place, {octets, size}, {});
    return place->consumed == 0;
}

int run(const char *defect) {
    const bool reads_on = std::strcmp(defect, "over_read") == 0;
    const auto octets = line_in(reads_on ? size + 1 : size);
    if (reads_on || std::strcmp(defect, "after_block") == 0) return is_incomplete(octets.get(), size + 1) ? 0 : 3;
    if (std::strcmp(defect, "unset") == 0) return leaves_a_field_unset(octets.get()) ? 0 : 3;
    return is_incomplete(octets.get(), size) ? 0 : 3;
}

} // namespace

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    for (const auto &[name, which] : kernels)
        if (std::strcmp(argv[2], name) == 0 && sipstatus::kernels::force(which)) return run(argv[1]);
    std::printf("skipped: no kernel %s here\n", argv[2]);
}
