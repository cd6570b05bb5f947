#include "report/spelling.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <arpa/inet.h>

namespace sipstatus::tool {

std::string as_time(const timestamp &time) {
    // 0000-01-01 and 10000-01-01.
    if (time.seconds < -62'167'219'200 || time.seconds >= 253'402'300'800) return {};
    return fmt::format("{:%FT%T}.{:09}Z", fmt::gmtime(time.seconds), time.nanoseconds);
}

std::string as_text(const endpoint &at) {
    const auto &a = at.address;
    if (!at.ipv6) return fmt::format("{}.{}.{}.{}:{}", a[0], a[1], a[2], a[3], at.port);
    char text[INET6_ADDRSTRLEN] = "";
    inet_ntop(AF_INET6, a.data(), text, sizeof text);
    return fmt::format("[{}]:{}", text, at.port);
}

} // namespace sipstatus::tool
