#ifndef SIPSTATUS_TOOL_SIP_RESPONSE_HPP
#define SIPSTATUS_TOOL_SIP_RESPONSE_HPP

// Messages in, responses out: what the parser makes of each message.

#include "sip/header_fields.hpp"
#include "sip/message.hpp"
#include "stage.hpp"

#include <sipstatus/sipstatus.hpp>

#include <string_view>
#include <vector>

namespace sipstatus::tool {

struct response {
    const message &carrier; // the message that it stands in
    parse_result result;
    std::string_view line; // from its first octet, after leading CRLFs, without its line end

    // Whether there is a response to list: a whole line, or the first part of one.
    bool is_readable() const noexcept { return !is_error(result.outcome); }
    // Whether the code of a readable one is known.
    bool has_code() const noexcept { return to_int(result.line.code) != 0; }
    // From the header after the line.
    header_fields fields() const noexcept { return read_header_fields(carrier.octets.substr(result.consumed)); }
};

// `carrier` must outlive the response.
response read_response(const message &carrier);

// The deviations of a set, in the library's order.
std::vector<deviation> members(deviations set);

class response_reader final : public stage<message> {
public:
    // `next` must outlive the reader.
    explicit response_reader(stage<response> &next) : next_(next) {}

    void push(const message &item) override { next_.push(read_response(item)); }
    void finish() override { next_.finish(); }

private:
    stage<response> &next_;
};

} // namespace sipstatus::tool

#endif
