#include "commands/command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace sipstatus::tool {

#define SIPSTATUS_COMMAND(name) extern const command name##_command;
#include "commands/commands.def"

const std::vector<command> &commands() {
    static const std::vector<command> all{
#define SIPSTATUS_COMMAND(name) name##_command,
#include "commands/commands.def"
    };
    return all;
}

const std::vector<option> &command_options() {
    static const std::vector<option> all = [] {
        std::vector<std::string> format_names;
        for (const auto &known : formats()) format_names.emplace_back(known.name);
        return std::vector<option>{
            {"-o", "--output", "text for people, or one JSON object a line", false, format_names, &options::format},
            {"",
             "--color",
             "auto: on a terminal; none under NO_COLOR",
             false,
             {"auto", "always", "never"},
             &options::colour},
            {"-q", "--quiet", "no summary and no hints on standard error", true, {}, nullptr, &options::quiet},
        };
    }();
    return all;
}

namespace {

constexpr std::string_view about_files = R"(FILE is a pcap or pcapng capture, or text with one status line a line; - is
standard input. Their first octets tell which. In a capture every UDP datagram,
on any port, that begins with SIP/ in any case is taken for a response; of the
fragments of an IP packet the first is read. What is not read is counted.
)";

std::string row_of(const option &one) {
    const auto names = one.short_name.empty() ? fmt::format("    {}", one.long_name)
                                              : fmt::format("{}, {}", one.short_name, one.long_name);
    return fmt::format("  {:<32} {}\n", fmt::format("{} {}", names, fmt::join(one.values, "|")), one.help);
}

} // namespace

std::string main_help() {
    std::string rows;
    for (const auto &one : commands())
        rows += fmt::format("  sipstatus {:<7} {:<11} {}\n", one.name, fmt::format("{}...", one.operand), one.summary);
    return fmt::format(R"(sipstatus: reads the status lines of SIP responses and says what they mean.

{}
  -h, --help       this screen; after a command, that command's and its options
  -V, --version    the version

FILE is a pcap or pcapng capture, or text with one status line a line; - is
standard input. Their first octets tell which.

Exit status: 0 clean; 1 check found errors or warnings; 2 usage; 3 some input
could not be read, whole or in part, or output could not be written.
)",
                       rows);
}

std::string help_of(const command &about) {
    auto text = fmt::format("usage: sipstatus {} [OPTIONS] {}...\n  {}\n\n", about.name, about.operand, about.summary);
    for (const auto &one : command_options())
        if (about.reads_files() || !one.for_files_only) text += row_of(one);
    if (about.reads_files()) text += fmt::format("\n{}", about_files);
    return text += fmt::format("\n{}", about.details);
}

} // namespace sipstatus::tool
