#ifndef SIPSTATUS_TOOL_SIP_LOG_FRAMER_HPP
#define SIPSTATUS_TOOL_SIP_LOG_FRAMER_HPP

// Status lines of a log in, messages out.

#include "log/log_entry.hpp"
#include "sip/message.hpp"
#include "stage.hpp"

#include <string_view>

namespace sipstatus::tool {

class log_framer final : public stage<log_entry> {
public:
    // Both must outlive the framer. `file` is the name of the input.
    log_framer(std::string_view file, stage<message> &next) : file_(file), next_(next) {}

    void push(const log_entry &item) override;
    void finish() override { next_.finish(); }

private:
    std::string_view file_;
    stage<message> &next_;
};

} // namespace sipstatus::tool

#endif
