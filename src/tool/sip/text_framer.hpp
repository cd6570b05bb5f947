#ifndef SIPSTATUS_TOOL_SIP_TEXT_FRAMER_HPP
#define SIPSTATUS_TOOL_SIP_TEXT_FRAMER_HPP

// Lines of a text in, messages out: every line that is not blank claims to be a status line.

#include "input/lines.hpp"
#include "sip/message.hpp"
#include "stage.hpp"

#include <string>
#include <string_view>

namespace sipstatus::tool {

class text_framer final : public stage<text_line> {
public:
    // Both must outlive the framer. `file` is the name of the input.
    text_framer(std::string_view file, stage<message> &next) : file_(file), next_(next) {}

    void push(const text_line &item) override;
    void finish() override { next_.finish(); }

private:
    std::string_view file_;
    stage<message> &next_;
    std::string line_;
};

} // namespace sipstatus::tool

#endif
