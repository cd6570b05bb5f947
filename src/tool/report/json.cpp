// A summary as one JSON object: tally/document.hpp.

#include "report/report.hpp"
#include "tally/document.hpp"

namespace sipstatus::tool {

namespace {

class json_report final : public report {
public:
    explicit json_report(std::string &to) : output_(to) {}

    void stats(const summary &whole) override { output_ += write_document(whole); }

private:
    std::string &output_;
};

} // namespace

std::unique_ptr<report> make_json_report(std::string &to, const layout &) {
    return std::make_unique<json_report>(to);
}

} // namespace sipstatus::tool
