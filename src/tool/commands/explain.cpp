#include "commands/command.hpp"
#include "octet_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace sipstatus::tool {

namespace {

void complain_about(run &on, const std::string &words) {
    if (!words.empty() && words.size() < 10 && words.find_first_not_of("0123456789") == words.npos)
        return on.complain_of_usage(
            fmt::format("{} is not a status code: they are three digits, 100 to 699 (RFC 3261 section 7.2)", words));
    std::string near;
    for (const auto &suggestion : suggest(words))
        near += fmt::format("{}\"{}\"", near.empty() ? "; near it: " : ", ", suggestion);
    on.complain_of_usage(fmt::format("\"{}\" is not a known code, phrase, class or rule{}", as_text(words), near));
}

// Words without quotes are one phrase if there is such a phrase; otherwise each is a topic.
void explain(run &on) {
    const auto &arguments = on.options().arguments;
    const auto all = fmt::format("{}", fmt::join(arguments, " "));
    auto topics = find_topics(all);
    std::vector<std::string> unknown;
    if (topics.empty())
        for (const auto &argument : arguments) {
            const auto some = find_topics(argument);
            topics.insert(topics.end(), some.begin(), some.end());
            if (some.empty()) unknown.push_back(argument);
        }
    if (unknown.size() == arguments.size()) unknown.assign(1, all);
    for (const auto &one : topics) on.report().explain(one);
    on.flush();
    for (const auto &words : unknown) complain_about(on, words);
}

} // namespace

extern const command explain_command;
const command explain_command{"explain", "TOPIC", "what is known of a code, phrase, class or rule",
                              R"(TOPIC is a code, a reason phrase (all codes that have it), a class by its digit
or any of its names, or a rule of check. Letter case does not matter, and words
that are one phrase need no quotes. Exit status: 2 if a topic is not known.

  sipstatus explain 437
  sipstatus explain Not Acceptable
  sipstatus explain 4xx "server error"
  sipstatus explain bare-lf
)",
                              explain};

} // namespace sipstatus::tool
