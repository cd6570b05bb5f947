#include "planted_bug.hpp"

namespace fuzz {

void parse_with_planted_bug(sipstatus::parse_result &out, std::string_view octets,
                            sipstatus::parse_options options) noexcept {
    sipstatus::kernels::scalar(out, octets, options);
    if (out.outcome == sipstatus::outcome::ok && to_int(out.line.code) == 606 && out.line.phrase.size() == 23)
        out.line.phrase.remove_suffix(1);
}

} // namespace fuzz
