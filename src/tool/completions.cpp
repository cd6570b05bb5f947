// Writes the completions of the command line, from the rows of commands/command.hpp: completions SHELL > FILE. The
// build runs it for each shell.

#include "commands/command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <exception>

namespace sipstatus::tool {

namespace {

// The values of an operand like "auto|always" or "method,cseq"; none of one like "CODES".
std::vector<std::string> values_of(const option &one) {
    const auto &operand = one.operand;
    if (operand.find_first_of("|,") == operand.npos) return {};
    std::vector<std::string> values(1);
    for (const char octet : operand)
        if (octet == '|' || octet == ',')
            values.emplace_back();
        else
            values.back() += octet;
    return values;
}

std::vector<std::string> spellings_of(const option &one) {
    std::vector<std::string> spellings;
    if (!one.short_name.empty()) spellings.emplace_back(one.short_name);
    spellings.emplace_back(one.long_name);
    return spellings;
}

// A text with a backslash before each of some octets.
std::string escaped(std::string_view text, std::string_view special) {
    std::string out;
    for (const char octet : text) {
        if (special.find(octet) != special.npos) out += '\\';
        out += octet;
    }
    return out;
}

// A text in single quotes, for a POSIX shell.
std::string quoted(std::string_view text) {
    std::string out;
    for (const char octet : text) out += octet == '\'' ? std::string("'\\''") : std::string(1, octet);
    return fmt::format("'{}'", out);
}

std::string for_bash() {
    std::string names;
    std::string values;
    std::string options;
    for (const auto &known : commands()) {
        names += fmt::format("{} ", known.name);
        options += fmt::format("    {})\n        words=\"", known.name);
        for (const auto &one : options_of(known)) {
            options += fmt::format("{} ", fmt::join(spellings_of(one), " "));
            if (one.operand.empty()) continue;
            for (const auto &spelling : spellings_of(one)) {
                values += fmt::format("    {}\\ {}) ", known.name, spelling);
                if (const auto some = values_of(one); !some.empty())
                    values += fmt::format(R"(COMPREPLY=($(compgen -W "{}" -- "$word")); )", fmt::join(some, " "));
                values += "return ;;\n";
            }
        }
        options += fmt::format("--help\"\n        takes_files={} ;;\n", known.reads_files() ? "yes" : "no");
    }
    return fmt::format(R"(# Completions of sipstatus for bash.
_sipstatus() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} command=${{COMP_WORDS[1]}} words takes_files=no
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "{}--help --version" -- "$word"))
        return
    fi
    case "$command ${{COMP_WORDS[COMP_CWORD-1]}}" in
{}    esac
    case $command in
{}    esac
    case $word in
    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *) [ "$takes_files" = no ] || {{ COMPREPLY=($(compgen -f -- "$word")) && compopt -o filenames 2>/dev/null; }} ;;
    esac
}}
complete -F _sipstatus sipstatus
)",
                       names, values, options);
}

std::string for_zsh() {
    std::string names;
    std::string options;
    for (const auto &known : commands()) {
        names += fmt::format("        {}\n", quoted(fmt::format("{}:{}", known.name, escaped(known.summary, ":\\"))));
        options += fmt::format("    {})\n        _arguments -s -S \\\n", known.name);
        for (const auto &one : options_of(known)) {
            auto about = fmt::format("[{}]", escaped(one.help, "[]:\\"));
            if (!one.operand.empty()) {
                about += fmt::format(":{}:", escaped(one.operand, ":\\"));
                if (const auto values = values_of(one); !values.empty())
                    about += fmt::format("({})", fmt::join(values, " "));
                else
                    about += " ";
            }
            for (const auto &spelling : spellings_of(one))
                options += fmt::format("            {} \\\n", quoted(fmt::format("*{}{}", spelling, about)));
        }
        options += fmt::format("            '(-)--help[a screen of help]' \\\n            '*:{}:{}' ;;\n",
                               known.operand, known.reads_files() ? "_files" : " ");
    }
    return fmt::format(R"(#compdef sipstatus
# Completions of sipstatus for zsh.
_sipstatus() {{
    if ((CURRENT == 2)); then
        local -a commands=(
{}        --help:'a screen of help'
        --version:'the version'
        )
        _describe command commands
        return
    fi
    local command=$words[2]
    shift words
    ((CURRENT--))
    case $command in
{}    esac
}}
_sipstatus "$@"
)",
                       names, options);
}

std::string for_fish() {
    std::string rows;
    for (const auto &known : commands()) {
        rows += fmt::format("complete -c sipstatus -n __fish_use_subcommand -a {} -d {}\n", known.name,
                            quoted(known.summary));
        const auto after = fmt::format("complete -c sipstatus -n '__fish_seen_subcommand_from {}'", known.name);
        for (const auto &one : options_of(known)) {
            rows += after;
            if (!one.short_name.empty()) rows += fmt::format(" -s {}", one.short_name.substr(1));
            rows += fmt::format(" -l {}", one.long_name.substr(2));
            if (!one.operand.empty()) rows += " -x";
            if (const auto values = values_of(one); !values.empty())
                rows += fmt::format(" -a '{}'", fmt::join(values, " "));
            rows += fmt::format(" -d {}\n", quoted(one.help));
        }
        if (known.reads_files()) rows += after + " -F\n";
    }
    return fmt::format(R"(# Completions of sipstatus for fish.
complete -c sipstatus -f
complete -c sipstatus -s h -l help -d 'a screen of help'
complete -c sipstatus -n __fish_use_subcommand -s V -l version -d 'the version'
{})",
                       rows);
}

std::string for_shell(std::string_view shell) {
    if (shell == "bash") return for_bash();
    if (shell == "zsh") return for_zsh();
    return shell == "fish" ? for_fish() : std::string();
}

} // namespace

} // namespace sipstatus::tool

int main(int argc, char **argv) try {
    const auto text = argc == 2 ? sipstatus::tool::for_shell(argv[1]) : std::string();
    if (text.empty()) {
        std::fputs("usage: completions bash|zsh|fish\n", stderr);
        return 2;
    }
    return std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? 1 : 0;
} catch (const std::exception &error) {
    std::fprintf(stderr, "completions: %s\n", error.what());
    return 1;
}
