#include "report/report.hpp"

namespace sipstatus::tool {

#define SIPSTATUS_FORMAT(name, commands)                                                                               \
    std::unique_ptr<report> make_##name##_report(std::string &to, const layout &how);
#include "report/formats.def"

const std::vector<format> &formats() {
    static const std::vector<format> all{
#define SIPSTATUS_FORMAT(name, commands) {#name, make_##name##_report, commands},
#include "report/formats.def"
    };
    return all;
}

} // namespace sipstatus::tool
