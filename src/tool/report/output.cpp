#include "report/output.hpp"

#include <cerrno>
#include <cstring>
#include <string_view>

#include <unistd.h>

namespace sipstatus::tool {

output_error::output_error(int error_number)
    : std::runtime_error(std::strerror(error_number)), closed_pipe_(error_number == EPIPE) {}

void output::flush() {
    std::string_view left = buffer_;
    int error_number = 0;
    while (!left.empty() && error_number == 0) {
        const auto written = write(descriptor_, left.data(), left.size());
        if (written >= 0)
            left.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            error_number = errno;
    }
    buffer_.clear();
    if (error_number != 0) throw output_error(error_number);
}

void output::close() {
    flush();
    if (::close(descriptor_) != 0) throw output_error(errno);
}

} // namespace sipstatus::tool
