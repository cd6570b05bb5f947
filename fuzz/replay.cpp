// A main for a harness, where there is no fuzzing engine: runs it on each file given, and on each file in the folders
// given, each in memory of its own size. Fails where it finds no file: a replay of nothing proves nothing.

#include "harness.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace {

std::vector<std::filesystem::path> files_of(int count, char **names) {
    namespace fs = std::filesystem;
    std::vector<fs::path> files;
    for (int n = 0; n < count; ++n) {
        if (!fs::is_directory(names[n])) {
            files.emplace_back(names[n]);
            continue;
        }
        for (const auto &entry : fs::recursive_directory_iterator(names[n]))
            if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

bool run_on(const std::filesystem::path &file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return false;
    const std::string octets(std::istreambuf_iterator<char>(in), {});
    const auto exact = std::make_unique<std::uint8_t[]>(octets.size());
    if (!octets.empty()) std::memcpy(exact.get(), octets.data(), octets.size());
    LLVMFuzzerTestOneInput(exact.get(), octets.size());
    return true;
}

} // namespace

int main(int argc, char **argv) {
    try {
        const auto files = files_of(argc - 1, argv + 1);
        for (const auto &file : files) {
            // The last line shows which file it was, should the harness end the program.
            std::printf("%s\n", file.c_str());
            std::fflush(stdout);
            if (run_on(file)) continue;
            std::fprintf(stderr, "cannot read %s\n", file.c_str());
            return 1;
        }
        std::printf("%zu inputs, nothing found\n", files.size());
        return files.empty() ? 1 : 0;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
