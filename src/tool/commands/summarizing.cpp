#include "commands/summarizing.hpp"

#include "octet_text.hpp"
#include "report/whole_file.hpp"

#include <fmt/format.h>

namespace sipstatus::tool {

void write_summary(run &on, const summary &whole) {
    const auto &to = on.options().to;
    if (!to.empty()) on.flush();
    on.report().stats(whole);
    if (to.empty()) return on.end_record();
    if (const auto why = write_whole_file(to, on.take_output())) on.complain(fmt::format("{}: {}", as_text(to), *why));
}

void say_limits(run &on, const summary &whole) {
    const auto open = whole.open_transactions();
    if (open != 0)
        on.hint(fmt::format("{} open at the edge of a file: sipstatus merge closes what another file has the rest of",
                            counted(static_cast<std::uint64_t>(open), "transaction")));
    if (whole.counts().is_exact()) return;
    std::string parts;
    for (std::size_t i = 0; i < shortfall_count; ++i)
        if (const auto sum = whole.counts().missing[i]; sum != 0)
            parts += fmt::format("{}{} of {}", parts.empty() ? "" : ", ", sum, name(static_cast<shortfall>(i)));
    on.hint(fmt::format("approximate: beyond the limit of --max-tally: {}", parts));
}

} // namespace sipstatus::tool
