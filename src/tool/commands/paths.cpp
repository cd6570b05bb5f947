#include "commands/paths.hpp"

#include "octet_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace sipstatus::tool {

namespace fs = std::filesystem;

namespace {

// Adds the files of a folder and of those below. Links to folders are not followed: they may lead in a circle. What is
// neither, such as a pipe, is left out and said, because reading it might never end.
void add_files_below(const std::string &folder, std::vector<std::string> &to, run &on) {
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    std::vector<std::string> folders;
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        std::error_code ignored; // a link that leads nowhere is neither
        const auto path = entry->path().string();
        if (entry->is_directory(ignored)) {
            if (!entry->is_symlink(ignored)) folders.push_back(path);
        } else if (entry->is_regular_file(ignored)) {
            to.push_back(path);
        } else {
            on.complain(fmt::format("{}: not read: neither a file nor a folder", input_name(path)));
        }
    }
    if (error) on.complain(fmt::format("{}: {}", input_name(folder), error.message()));
    for (const auto &below : folders) add_files_below(below, to, on);
}

std::vector<std::string> files_below(const std::string &folder, run &on) {
    std::vector<std::string> files;
    add_files_below(folder, files, on);
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

std::vector<std::string> paths_of(run &on) {
    std::vector<std::string> paths;
    for (const auto &argument : on.options().arguments) {
        std::error_code error;
        if (argument == "-" || !fs::is_directory(argument, error)) {
            paths.push_back(argument);
        } else if (!on.options().recursive) {
            on.complain(fmt::format("{}: a folder: add --recursive to read the files in it", input_name(argument)));
        } else {
            const auto files = files_below(argument, on);
            paths.insert(paths.end(), files.begin(), files.end());
            if (files.empty()) on.complain(fmt::format("{}: no file in this folder", input_name(argument)));
        }
    }
    return paths;
}

std::uint64_t size_of(const std::vector<std::string> &paths) {
    std::uint64_t sum = 0;
    for (const auto &path : paths) {
        std::error_code error;
        const fs::path file = path == "-" ? "/dev/stdin" : path;
        if (!fs::is_regular_file(file, error)) return 0;
        sum += fs::file_size(file, error);
        if (error) return 0;
    }
    return sum;
}

} // namespace sipstatus::tool
