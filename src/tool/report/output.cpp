#include "report/output.hpp"

#include <cerrno>
#include <cstring>
#include <string_view>

#include <unistd.h>

namespace sipstatus::tool {

namespace {

void write_all(int descriptor, std::string_view octets) {
    while (!octets.empty()) {
        const auto written = ::write(descriptor, octets.data(), octets.size());
        if (written >= 0)
            octets.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            throw output_error(errno);
    }
}

} // namespace

output_error::output_error(int error_number)
    : std::runtime_error(std::strerror(error_number)), closed_pipe_(error_number == EPIPE) {}

output::output(int descriptor)
    : descriptor_(descriptor), write_([descriptor](std::string_view octets) { write_all(descriptor, octets); }) {}

void output::flush() {
    try {
        if (!buffer_.empty()) write_(buffer_);
    } catch (...) {
        buffer_.clear();
        throw;
    }
    buffer_.clear();
}

void output::write(std::string_view octets) {
    flush();
    if (!octets.empty()) write_(octets);
}

void output::close() {
    flush();
    if (descriptor_ >= 0 && ::close(descriptor_) != 0) throw output_error(errno);
}

} // namespace sipstatus::tool
