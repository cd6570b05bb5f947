#include "report/spelling.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <arpa/inet.h>

namespace sipstatus::tool {

std::string as_time(const timestamp &time) {
    // 0000-01-01 and 10000-01-01.
    if (time.seconds < -62'167'219'200 || time.seconds >= 253'402'300'800) return {};
    const auto when = fmt::gmtime(time.seconds);
    switch (time.basis) {
    case time_basis::utc: return fmt::format("{:%FT%T}.{:09}Z", when, time.nanoseconds);
    case time_basis::no_zone: return fmt::format("{:%FT%T}.{:09}", when, time.nanoseconds);
    case time_basis::no_year: return fmt::format("{:%m-%dT%T}.{:09}", when, time.nanoseconds);
    case time_basis::no_date: return fmt::format("{:%T}.{:09}", when, time.nanoseconds);
    }
    return {};
}

std::string_view day_of(std::string_view time) {
    const auto joint = time.find('T');
    return joint == time.npos ? std::string_view{} : time.substr(0, joint);
}

std::string_view time_of_day_of(std::string_view time) {
    const auto joint = time.find('T');
    return joint == time.npos ? time : time.substr(joint + 1);
}

std::string as_text(const endpoint &at) {
    const auto &a = at.address;
    const auto port = at.port == 0 ? std::string{} : fmt::format(":{}", at.port);
    if (!at.ipv6) return fmt::format("{}.{}.{}.{}{}", a[0], a[1], a[2], a[3], port);
    const auto text = as_text(host{at.ipv6, a});
    return port.empty() ? text : fmt::format("[{}]{}", text, port);
}

std::string as_text(const host &at) {
    char text[INET6_ADDRSTRLEN] = "";
    inet_ntop(at.ipv6 ? AF_INET6 : AF_INET, at.address.data(), text, sizeof text);
    return text;
}

void speller::append(std::string &to, const timestamp &time) {
    if (second_text_.empty() || second_ != time.seconds || basis_ != time.basis) {
        second_ = time.seconds;
        basis_ = time.basis;
        second_text_ = as_time({time.seconds, 0, time.basis});
        if (second_text_.empty()) return;
        second_text_.resize(second_text_.rfind('.') + 1);
    }
    to += second_text_;
    char digits[] = "000000000Z";
    auto left = time.nanoseconds;
    for (auto at = sizeof digits - 3; left != 0; --at, left /= 10) digits[at] = static_cast<char>('0' + left % 10);
    to.append(digits, time.basis == time_basis::utc ? 10 : 9);
}

void speller::append(std::string &to, const endpoint &at) {
    const auto &a = at.address;
    const auto place = (a[3] * 31u + a[2] * 7u + a[15] * 13u + a[14] + at.port) % endpoints_.size();
    auto &kept = endpoints_[place];
    if (kept.text.empty() || !(kept.at == at)) kept = {at, as_text(at)};
    to += kept.text;
}

} // namespace sipstatus::tool
