#include "report/report.hpp"

namespace sipstatus::tool {

#define SIPSTATUS_FORMAT(name) std::unique_ptr<report> make_##name##_report(std::string &to, const screen &on);
#include "report/formats.def"

const std::vector<format> &formats() {
    static const std::vector<format> all{
#define SIPSTATUS_FORMAT(name) {#name, make_##name##_report},
#include "report/formats.def"
    };
    return all;
}

} // namespace sipstatus::tool
