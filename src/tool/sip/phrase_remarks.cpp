#include "sip/phrase_remarks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace sipstatus::tool {

namespace {

// Who makes up the code, or what it is; of the first row that the phrase fits, else of the code's first row.
std::string owner_of(int number, std::string_view phrase) {
    const stack_code *known = nullptr;
    for (const auto &row : stack_codes()) {
        if (row.code != number) continue;
        const bool fits = phrase.find(row.phrase.view()) != phrase.npos;
        if (known == nullptr || fits) known = &row;
        if (fits) break;
    }
    if (known != nullptr) return fmt::format("a code of {}", known->stack.view());
    const auto code = to_status(number);
    if (code && find(*code) != nullptr) return canonical_phrase(*code).data();
    return code ? "which is not registered" : "which is no status code";
}

} // namespace

std::string remarks_on(status code, std::string_view phrase) {
    const auto says = read_wording(code, phrase);
    std::vector<std::string> remarks;
    if (to_int(says.other) != 0) remarks.push_back(fmt::format("it is the phrase of {}", to_int(says.other)));
    if (says.is_canonical_and_more)
        remarks.emplace_back(says.asks_for_detail
                                 ? "it is the canonical phrase with the detail that the code's section asks for"
                                 : "it is the canonical phrase and more");
    else if (says.asks_for_detail)
        remarks.emplace_back("the code's section asks for detail in the phrase");
    if (says.repeats_code) remarks.emplace_back("it repeats the code");
    if (says.named_code != 0)
        remarks.push_back(fmt::format("it names {}, {}", says.named_code, owner_of(says.named_code, phrase)));
    if (says.subcode != 0)
        remarks.push_back(fmt::format("it has the subcode {}, as Microsoft Teams sends them", says.subcode));
    return fmt::format("{}", fmt::join(remarks, "; "));
}

} // namespace sipstatus::tool
