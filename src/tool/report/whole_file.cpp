#include "report/whole_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sipstatus::tool {

namespace {

bool is_written(int descriptor, std::string_view octets) {
    while (!octets.empty()) {
        const auto written = ::write(descriptor, octets.data(), octets.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        octets.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// mkstemp() lets nobody else read the file; a file of a program is as its user wants files to be.
mode_t usual_mode() {
    const auto mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

} // namespace

std::optional<std::string> write_whole_file(const std::string &path, std::string_view octets) {
    std::string name = path + ".XXXXXX";
    const int descriptor = mkstemp(name.data());
    if (descriptor < 0) return std::generic_category().message(errno);
    bool is_fine = is_written(descriptor, octets) && fchmod(descriptor, usual_mode()) == 0 && fsync(descriptor) == 0;
    int why = errno;
    if (close(descriptor) != 0 && is_fine) {
        is_fine = false;
        why = errno;
    }
    if (is_fine && std::rename(name.c_str(), path.c_str()) != 0) {
        is_fine = false;
        why = errno;
    }
    if (is_fine) return std::nullopt;
    unlink(name.c_str());
    return std::generic_category().message(why);
}

} // namespace sipstatus::tool
