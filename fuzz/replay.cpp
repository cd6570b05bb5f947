// A main for a harness, where there is no fuzzing engine: runs it on each file given, and on each file in the folders
// given, each in memory of its own size. Fails where it finds no file: a replay of nothing proves nothing.
//
// No streams, strings and paths of the C++ library in it: MemorySanitizer takes what their compiled parts write for
// uninitialised.

#include "harness.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include <ftw.h>
#include <sys/stat.h>

namespace {

// Paths that live as long as the program.
std::vector<const char *> files;

int note(const char *path, const struct stat *, int kind, FTW *) {
    if (kind == FTW_F) files.push_back(strdup(path));
    return kind == FTW_DNR || kind == FTW_NS ? -1 : 0;
}

bool run_on(const char *path) {
    std::FILE *const file = std::fopen(path, "rb");
    if (file == nullptr) return false;
    std::vector<std::uint8_t> octets;
    std::uint8_t piece[4096];
    for (std::size_t got = sizeof piece; got == sizeof piece;) {
        got = std::fread(piece, 1, sizeof piece, file);
        octets.insert(octets.end(), piece, piece + got);
    }
    const bool was_read = std::ferror(file) == 0;
    std::fclose(file);
    if (!was_read) return false;
    const auto exact = std::make_unique<std::uint8_t[]>(octets.size());
    std::copy(octets.begin(), octets.end(), exact.get());
    LLVMFuzzerTestOneInput(exact.get(), octets.size());
    return true;
}

} // namespace

int main(int argc, char **argv) {
    constexpr int open_folders = 16;
    for (int n = 1; n < argc; ++n) {
        if (nftw(argv[n], note, open_folders, 0) == 0) continue;
        std::perror(argv[n]);
        return 1;
    }
    std::sort(files.begin(), files.end(), [](const char *a, const char *b) { return std::strcmp(a, b) < 0; });
    for (const auto *file : files) {
        // The last line shows which file it was, should the harness end the program.
        std::printf("%s\n", file);
        std::fflush(stdout);
        if (run_on(file)) continue;
        std::fprintf(stderr, "cannot read %s\n", file);
        return 1;
    }
    std::printf("%zu inputs, nothing found\n", files.size());
    return files.empty() ? 1 : 0;
}
