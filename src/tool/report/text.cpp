#include "report/text.hpp"

namespace sipstatus::tool {

namespace {

constexpr palette coloured{"\x1b[0m",    "\x1b[1m",    "\x1b[2m",    "\x1b[1;31m",
                           "\x1b[1;32m", "\x1b[1;33m", "\x1b[1;35m", "\x1b[1;36m"};
constexpr palette plain{};

} // namespace

std::string_view palette::colour_of(severity level) const {
    switch (level) {
    case severity::error: return red;
    case severity::warning: return magenta;
    case severity::note: return cyan;
    }
    return {};
}

std::string_view palette::colour_of(status code) const {
    switch (class_of(code)) {
    case status_class::provisional: return cyan;
    case status_class::success: return green;
    case status_class::redirection: return yellow;
    case status_class::client_error:
    case status_class::server_error:
    case status_class::global_failure: return red;
    }
    return {};
}

text_report::text_report(std::string &to, const layout &how)
    : output_(to), screen_(how.screen), extra_fields_(how.extra_fields), most_rows_(how.most_rows),
      paint_(screen_.colour ? coloured : plain) {}

std::unique_ptr<report> make_text_report(std::string &to, const layout &how) {
    return std::make_unique<text_report>(to, how);
}

} // namespace sipstatus::tool
