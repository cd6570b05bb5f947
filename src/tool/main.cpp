// The command line: which stages run, on what, and the exit status.

#include "findings.hpp"
#include "framing.hpp"
#include "help.hpp"
#include "output.hpp"
#include "report.hpp"
#include "screen.hpp"
#include "source.hpp"
#include "spelling.hpp"
#include "topics.hpp"

#include <sipstatus/version.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iterator>
#include <string>
#include <vector>

namespace sipstatus::tool {

namespace {

enum exit_status { clean = 0, found = 1, usage = 2, unreadable = 3 };

struct options {
    std::vector<std::string> arguments; // files, or what to explain
    std::string format = "text";
    std::string colour = "auto";
    bool quiet = false;
};

// To standard error; where that takes nothing, there is nobody to tell.
void print_message(const std::string &text) {
    std::fputs(text.c_str(), stderr);
}

void say(const std::string &text) {
    print_message(fmt::format("sipstatus: {}\n", text));
}

std::string counted(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// One run of one command.
class run {
public:
    explicit run(const options &chosen)
        : options_(chosen), screen_(describe_screen(chosen.colour == "always"  ? colour_choice::always
                                                    : chosen.colour == "never" ? colour_choice::never
                                                                               : colour_choice::automatic)),
          report_(chosen.format == "ndjson" ? report_ndjson(output_) : report_text(output_, screen_)) {}

    int list() {
        return guarded([this] {
            for (const auto &path : options_.arguments) {
                std::uint64_t refused = 0;
                read(path, [&](const message &from) {
                    const auto seen = read_response(from);
                    if (seen.is_readable())
                        report_->list(seen);
                    else
                        ++refused;
                });
                if (refused != 0)
                    hint(fmt::format("{}: {} left out, not readable as a status line: sipstatus check says why",
                                     input_name(path), counted(refused, "message")));
            }
        });
    }

    int check() {
        std::uint64_t counts[3] = {}, total = 0;
        return guarded([&] {
            std::vector<finding> findings;
            for (const auto &path : options_.arguments)
                total += read(path, [&](const message &from) {
                    const auto seen = read_response(from);
                    find(seen, findings);
                    for (const auto &one : findings) {
                        ++counts[static_cast<std::size_t>(one.level)];
                        if (one.level != severity::note) status_ = std::max<int>(status_, exit_status::found);
                        report_->check(seen, one, &one == &findings.front());
                    }
                });
            hint(fmt::format("{}: {}, {}, {}", counted(total, "response"), counted(counts[0], "error"),
                             counted(counts[1], "warning"), counted(counts[2], "note")));
        });
    }

    int explain() {
        return guarded([this] {
            const auto all = fmt::format("{}", fmt::join(options_.arguments, " "));
            // Words without quotes are one phrase if there is such a phrase, else each is a topic.
            auto topics = find_topics(all);
            std::vector<std::string> unknown;
            if (topics.empty())
                for (const auto &argument : options_.arguments) {
                    const auto some = find_topics(argument);
                    topics.insert(topics.end(), some.begin(), some.end());
                    if (some.empty()) unknown.push_back(argument);
                }
            if (unknown.size() == options_.arguments.size()) unknown.assign(1, all);
            for (std::size_t i = 0; i < topics.size(); ++i) report_->explain(topics[i], i == 0);
            output_.flush();
            for (const auto &words : unknown) complain_about(words);
        });
    }

private:
    // Runs `body`, sees that its output is written, and gives the exit status.
    template <class Body> int guarded(Body body) {
        try {
            body();
            output_.close();
        } catch (const output_error &error) {
            if (!error.is_closed_pipe()) {
                say(fmt::format("standard output: {}", error.what()));
                status_ = unreadable;
            }
        }
        return status_;
    }

    // Calls each(message) for every message of the input, and reports what of the input cannot be read. Returns how
    // many messages there were.
    template <class Each> std::uint64_t read(const std::string &path, Each each) {
        std::uint64_t count = 0;
        try {
            source in(path, [this] { output_.flush(); });
            const auto messages = read_messages(
                in, path, [&](const std::string &why, std::uint64_t offset) { complain(path, why, offset); });
            try {
                message next;
                for (; messages->next(next); ++count) each(next);
            } catch (const input_error &error) {
                complain(path, error.what(), error.offset());
            }
            if (count == 0)
                hint(fmt::format("{}: no responses in {}", input_name(path),
                                 counted(messages->frames(), messages->unit())));
        } catch (const input_error &error) {
            complain(path, error.what(), error.offset());
        }
        return count;
    }

    void complain(const std::string &path, const std::string &why, std::optional<std::uint64_t> offset) {
        status_ = unreadable;
        output_.flush();
        const auto name = input_name(path);
        say(offset ? fmt::format("{}: offset {}: {}", name, *offset, why) : fmt::format("{}: {}", name, why));
    }

    // What helps a person and is no problem of the input.
    void hint(const std::string &text) {
        output_.flush();
        if (!options_.quiet) say(text);
    }

    void complain_about(const std::string &words) {
        status_ = usage;
        if (!words.empty() && words.size() < 10 && words.find_first_not_of("0123456789") == words.npos)
            return say(
                fmt::format("{} is no status code: they are three digits, 100 to 699 (RFC 3261 section 7.2)", words));
        std::string near;
        for (const auto &suggestion : suggest(words))
            near += fmt::format("{}\"{}\"", near.empty() ? "; near it: " : ", ", suggestion);
        say(fmt::format("\"{}\" is no code, phrase, class or rule that is known{}", as_text(words), near));
    }

    const options &options_;
    output output_;
    screen screen_;
    std::unique_ptr<report> report_;
    int status_ = clean;
};

// Standard output for what is no run of a command.
int print(const std::string &text) {
    output to;
    to.buffer() += text;
    try {
        to.close();
    } catch (const output_error &error) {
        if (error.is_closed_pipe()) return clean;
        say(fmt::format("standard output: {}", error.what()));
        return unreadable;
    }
    return clean;
}

struct command {
    const char *name;
    const char *help;
    const char *operand;
    int (run::*action)();
};

constexpr command commands[] = {{"list", list_help, "FILE", &run::list},
                                {"check", check_help, "FILE", &run::check},
                                {"explain", explain_help, "TOPIC", &run::explain}};

std::string names_of_commands() {
    std::vector<std::string_view> names;
    for (const auto &known : commands) names.emplace_back(known.name);
    return fmt::format("{}", fmt::join(names, ", "));
}

void declare(CLI::App &app, options &chosen) {
    app.set_version_flag("-V,--version", fmt::format("sipstatus {}.{}.{}", SIPSTATUS_VERSION_MAJOR,
                                                     SIPSTATUS_VERSION_MINOR, SIPSTATUS_VERSION_PATCH));
    for (const auto &known : commands) {
        auto *parser = app.add_subcommand(known.name);
        parser->add_option(known.operand, chosen.arguments)->required();
        parser->add_option("-o,--output", chosen.format)->check(CLI::IsMember({"text", "ndjson"}));
        parser->add_option("--color", chosen.colour)->check(CLI::IsMember({"auto", "always", "never"}));
        if (known.action != &run::explain) parser->add_flag("-q,--quiet", chosen.quiet);
    }
}

// The command of the line that `app` has read, in whole or in part; null where it has none.
const command *selected_by(const CLI::App &app) {
    const auto *found = std::find_if(std::begin(commands), std::end(commands),
                                     [&app](const command &known) { return app.got_subcommand(known.name); });
    return found == std::end(commands) ? nullptr : found;
}

int start(int argc, char **argv) {
    options chosen;
    CLI::App app("", "sipstatus");
    declare(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp &) {
        const auto *selected = selected_by(app);
        return print(selected ? selected->help : main_help);
    } catch (const CLI::CallForVersion &) {
        return print(app.version() + "\n");
    } catch (const CLI::ParseError &error) {
        const auto *selected = selected_by(app);
        if (!selected && argc > 1 && argv[1][0] != '-')
            say(fmt::format("there is no command \"{}\": there are {}", as_text(argv[1]), names_of_commands()));
        else
            say(as_text(error.what()));
        print_message(fmt::format("Try: sipstatus {}{}--help\n", selected ? selected->name : "", selected ? " " : ""));
        return usage;
    }
    const auto *selected = selected_by(app);
    if (!selected) {
        print_message(main_help);
        return usage;
    }
    run one(chosen);
    return (one.*selected->action)();
}

} // namespace

} // namespace sipstatus::tool

int main(int argc, char **argv) try {
    // A reader of our output that has gone is found out by write().
    std::signal(SIGPIPE, SIG_IGN);
    return sipstatus::tool::start(argc, argv);
} catch (const std::exception &error) {
    std::fprintf(stderr, "sipstatus: %s\n", error.what()); // out of memory
    return sipstatus::tool::unreadable;
}
