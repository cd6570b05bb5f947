#include "commands/summarizing.hpp"

#include "octet_text.hpp"
#include "report/html.hpp"
#include "report/whole_file.hpp"

#include <fmt/format.h>

namespace sipstatus::tool {

namespace {

// Whole or not at all.
bool is_written_to(run &on, const std::string &path, std::string_view octets) {
    const auto why = write_whole_file(path, octets);
    if (why) on.complain(fmt::format("{}: {}", as_text(path), *why));
    return !why;
}

} // namespace

void write_summary(run &on, const summary &whole, const chronicle *more) {
    const auto &to = on.options().to;
    const auto &html = on.options().html;
    if (!to.empty()) on.flush();
    on.report().stats(whole);
    if (to.empty())
        on.end_record();
    else
        is_written_to(on, to, on.take_output());
    if (html.empty()) return;
    if (is_written_to(on, html, write_html(whole, more)))
        on.hint(fmt::format("report for browsers: {}", as_text(html)));
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
