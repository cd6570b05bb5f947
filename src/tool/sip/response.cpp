#include "sip/response.hpp"

namespace sipstatus::tool {

response read_response(const message &carrier) {
    response made{carrier, parse(carrier.octets), carrier.octets};
    if (carrier.octets_before == 0) made.line.remove_prefix(2 * made.result.leading_crlfs);
    const auto end = made.line.find('\n', carrier.octets_before);
    made.line = made.line.substr(0, end);
    const bool may_end = end != made.line.npos || made.result.outcome == outcome::incomplete;
    if (may_end && !made.line.empty() && made.line.back() == '\r') made.line.remove_suffix(1);
    return made;
}

std::vector<deviation> members(deviations set) {
    std::vector<deviation> list;
    for (std::size_t i = 0; i < deviation_count; ++i)
        if (const auto which = static_cast<deviation>(i); set.contains(which)) list.push_back(which);
    return list;
}

} // namespace sipstatus::tool
