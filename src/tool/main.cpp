// The command line.

#include "commands/command.hpp"
#include "octet_text.hpp"

#include <sipstatus/version.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>

namespace sipstatus::tool {

namespace {

// To standard error. Where that takes nothing, there is nobody to tell.
void print_message(const std::string &text) {
    std::fputs(text.c_str(), stderr);
}

void say(const std::string &text) {
    print_message(fmt::format("sipstatus: {}\n", text));
}

// Calls body(output), sees that what it wrote is written, and returns the exit status that it gave, or a worse one.
template <class Body> int with_output(Body body) {
    output to;
    int status = clean;
    try {
        status = body(to);
        to.close();
    } catch (const output_error &error) {
        if (error.is_closed_pipe()) return status;
        say(fmt::format("standard output: {}", error.what()));
        return unreadable;
    }
    return status;
}

int print(const std::string &text) {
    return with_output([&text](output &to) {
        to.buffer() += text;
        return clean;
    });
}

void declare(CLI::App &parser, const option &one, options &chosen) {
    const auto names =
        one.short_name.empty() ? std::string(one.long_name) : fmt::format("{},{}", one.short_name, one.long_name);
    const auto store_value = [&chosen, one](const std::string &value) {
        try {
            store(one, chosen, value);
        } catch (const selection_error &error) {
            throw CLI::ValidationError(std::string(one.long_name), as_text(error.what()));
        }
    };
    if (one.operand.empty())
        parser.add_flag_callback(names, [store_value] { store_value(""); });
    else
        parser
            .add_option_function<std::vector<std::string>>(names,
                                                           [store_value](const std::vector<std::string> &values) {
                                                               for (const auto &value : values) store_value(value);
                                                           })
            ->allow_extra_args(false);
}

void declare(CLI::App &app, options &chosen) {
    app.set_version_flag("-V,--version", fmt::format("sipstatus {}.{}.{}", SIPSTATUS_VERSION_MAJOR,
                                                     SIPSTATUS_VERSION_MINOR, SIPSTATUS_VERSION_PATCH));
    for (const auto &known : commands()) {
        auto *parser = app.add_subcommand(std::string(known.name));
        parser->add_option(std::string(known.operand), chosen.arguments);
        for (const auto &one : options_of(known)) declare(*parser, one, chosen);
    }
}

// The command of the line that `app` has read, in whole or in part; null where it has none.
const command *selected_by(const CLI::App &app) {
    const auto place = std::find_if(commands().begin(), commands().end(), [&app](const command &known) {
        return app.got_subcommand(std::string(known.name));
    });
    return place == commands().end() ? nullptr : &*place;
}

std::string names_of_commands() {
    std::vector<std::string_view> names;
    for (const auto &known : commands()) names.push_back(known.name);
    return fmt::format("{}", fmt::join(names, ", "));
}

colour_choice colour_of(const options &chosen) {
    return chosen.colour == "always"  ? colour_choice::always
           : chosen.colour == "never" ? colour_choice::never
                                      : colour_choice::automatic;
}

// Says what is wrong with the command line, and where there is help.
int complain_of_usage(const std::string &text, const command *selected) {
    say(text);
    print_message(fmt::format("Try: sipstatus {}{}--help\n", selected ? selected->name : "", selected ? " " : ""));
    return usage;
}

int start(int argc, char **argv) {
    options chosen;
    chosen.format = formats().front().name;
    chosen.colour = "auto";
    CLI::App app("", "sipstatus");
    declare(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp &) {
        const auto *selected = selected_by(app);
        return print(selected ? help_of(*selected) : main_help());
    } catch (const CLI::CallForVersion &) {
        return print(app.version() + "\n");
    } catch (const CLI::ParseError &error) {
        const auto *selected = selected_by(app);
        if (!selected && argc > 1 && argv[1][0] != '-')
            return complain_of_usage(
                fmt::format("there is no command \"{}\": there are {}", as_text(argv[1]), names_of_commands()),
                nullptr);
        return complain_of_usage(as_text(error.what()), selected);
    }
    const auto *selected = selected_by(app);
    if (!selected) {
        print_message(main_help());
        return usage;
    }
    if (const auto conflict = conflict_in(*selected, chosen); !conflict.empty())
        return complain_of_usage(conflict, selected);
    return with_output([&](output &to) {
        run one(chosen, to, describe_screen(colour_of(chosen)), say);
        selected->action(one);
        return one.status();
    });
}

} // namespace

} // namespace sipstatus::tool

int main(int argc, char **argv) try {
    // write() reports a reader of our output that has gone.
    std::signal(SIGPIPE, SIG_IGN);
    return sipstatus::tool::start(argc, argv);
} catch (const std::exception &error) {
    std::fprintf(stderr, "sipstatus: %s\n", error.what()); // out of memory
    return sipstatus::tool::unreadable;
}
