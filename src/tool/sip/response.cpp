#include "sip/response.hpp"

namespace sipstatus::tool {

response read_response(const message &carrier) {
    parse_options options;
    options.whole_input = carrier.is_sipfrag;
    response made{carrier, parse(carrier.octets, options), {}};
    if (const auto before = carrier.octets_before; before == 0) {
        made.line = whole_line(made.result, carrier.octets);
    } else {
        const auto misplaced = carrier.octets.substr(before);
        made.line = carrier.octets.substr(0, before + whole_line(parse(misplaced), misplaced).size());
    }
    return made;
}

std::vector<deviation> members(deviations set) {
    std::vector<deviation> list;
    for (std::size_t i = 0; i < deviation_count; ++i)
        if (const auto which = static_cast<deviation>(i); set.contains(which)) list.push_back(which);
    return list;
}

} // namespace sipstatus::tool
