// The main of a harness without a fuzzing engine. It runs the harness on each given file, and on each file in the given
// folders, each in memory of exactly its size. It fails if it finds no file: a replay of nothing proves nothing.
//
// It uses no streams, strings or paths of the C++ library: MemorySanitizer would report what their compiled parts write
// as uninitialised.

#include "harness.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include <dirent.h>
#include <sys/stat.h>

namespace {

using path = std::unique_ptr<char[]>;

path join(const char *folder, const char *name) {
    const auto size = std::strlen(folder) + std::strlen(name) + 2;
    auto joined = std::make_unique<char[]>(size);
    std::snprintf(joined.get(), size, *folder == '\0' ? "%s%s" : "%s/%s", folder, name);
    return joined;
}

// Adds a file, or the files in a folder and its subfolders; false if something cannot be read.
bool add_files(path name, std::vector<path> &files) {
    struct stat status;
    if (stat(name.get(), &status) != 0) return false;
    if (!S_ISDIR(status.st_mode)) {
        files.push_back(std::move(name));
        return true;
    }
    DIR *const folder = opendir(name.get());
    if (folder == nullptr) return false;
    bool all = true;
    while (const dirent *const entry = readdir(folder))
        if (std::strcmp(entry->d_name, ".") != 0 && std::strcmp(entry->d_name, "..") != 0)
            all = add_files(join(name.get(), entry->d_name), files) && all;
    closedir(folder);
    return all;
}

bool run_on(const char *name) {
    std::FILE *const file = std::fopen(name, "rb");
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
    std::vector<path> files;
    for (int n = 1; n < argc; ++n) {
        if (add_files(join("", argv[n]), files)) continue;
        std::perror(argv[n]);
        return 1;
    }
    std::sort(files.begin(), files.end(),
              [](const path &a, const path &b) { return std::strcmp(a.get(), b.get()) < 0; });
    for (const auto &file : files) {
        // If the harness ends the program, the last line names the file.
        std::printf("%s\n", file.get());
        std::fflush(stdout);
        if (run_on(file.get())) continue;
        std::fprintf(stderr, "cannot read %s\n", file.get());
        return 1;
    }
    std::printf("%zu inputs, nothing found\n", files.size());
    return files.empty() ? 1 : 0;
}
