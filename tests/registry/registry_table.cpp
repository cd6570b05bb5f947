// Prints the tables of the README that are made from the registries, as Markdown, to standard output.
//   registry_table codes        the status codes, from status.def
//   registry_table meanings     the same with what each means, and its kinds of phrase with their sources
//   registry_table deviations   what the parser tolerates and what it refuses, from status_line.def
// tests/readme_tables.cmake compares them with the README and can write them there.

#include <sipstatus/reason.hpp>

#include <iostream>
#include <string>
#include <string_view>

namespace {

struct sentence {
    std::string_view name;
    std::string_view section;
    std::string_view expected;
};

constexpr sentence outcomes[] = {
#define SIPSTATUS_OUTCOME(name, section, expected) {#name, section, expected},
#include <sipstatus/status_line.def>
};

constexpr sentence deviations[] = {
#define SIPSTATUS_DEVIATION(name, section, expected) {#name, section, expected},
#include <sipstatus/status_line.def>
};

// Text in a table's cell, the characters that Markdown or the table would read escaped.
std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (std::string_view("\\`*_[]<>|").find(c) != std::string_view::npos) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string other_phrases(sipstatus::status code) {
    std::string list;
    for (const auto &variant : sipstatus::phrase_variants()) {
        if (variant.code != code) continue;
        if (!list.empty()) list += ", ";
        list += cell(variant.phrase);
    }
    return list;
}

std::string standing_note(sipstatus::standing level) {
    switch (level) {
    case sipstatus::standing::current: return {};
    case sipstatus::standing::deprecated: return " (deprecated)";
    case sipstatus::standing::historical: return " (historical)";
    case sipstatus::standing::unregistered: return " (unregistered)";
    }
    return {};
}

void print_codes() {
    std::cout << "| code | phrase | defined in | other phrases |\n|---|---|---|---|\n";
    for (const auto &row : sipstatus::registry()) {
        std::cout << "| " << sipstatus::to_int(row.code) << " | " << cell(row.phrase) << " | " << cell(row.reference);
        if (!row.section.empty()) std::cout << " section " << row.section.view();
        std::cout << standing_note(row.level) << " | " << other_phrases(row.code) << " |\n";
    }
}

void print_meanings() {
    for (const auto &row : sipstatus::registry()) {
        std::cout << "## " << sipstatus::to_int(row.code) << ' ' << cell(row.phrase) << "\n\n"
                  << cell(row.meaning) << "\n\n`status::" << row.name.view() << "`, defined by " << cell(row.reference);
        if (!row.section.empty()) std::cout << " section " << row.section.view();
        std::cout << standing_note(row.level) << ".\n\n";
        bool any = false;
        for (const auto &variant : sipstatus::phrase_variants()) {
            if (variant.code != row.code) continue;
            std::cout << "- \"" << cell(variant.phrase) << "\", "
                      << (variant.kind == sipstatus::reason_kind::former ? "former" : "published") << ": "
                      << cell(variant.source) << '\n';
            any = true;
        }
        if (any) std::cout << '\n';
    }
}

void print_sentences(std::string_view heading, const auto &sentences) {
    std::cout << "| " << heading << " | what it says | section |\n|---|---|---|\n";
    for (const auto &row : sentences)
        std::cout << "| `" << row.name << "` | " << cell(row.expected) << " | " << row.section << " |\n";
}

} // namespace

int main(int argc, char **argv) {
    const std::string_view wanted = argc == 2 ? argv[1] : "";
    if (wanted == "codes") {
        print_codes();
    } else if (wanted == "meanings") {
        print_meanings();
    } else if (wanted == "deviations") {
        print_sentences("deviation", deviations);
        std::cout << '\n';
        print_sentences("outcome", outcomes);
    } else {
        std::cerr << "usage: registry_table codes|meanings|deviations\n";
        return 2;
    }
    return std::cout.flush() ? 0 : 1;
}
