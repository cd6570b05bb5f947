// Prints a dictionary for libFuzzer: the given file, then the registry's codes and phrases, so that none is typed
// twice.

#include <sipstatus/sipstatus.hpp>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <string_view>

namespace {

void print(std::string_view octets) {
    std::cout << '"';
    for (const char c : octets) {
        if (c == '"' || c == '\\') std::cout << '\\';
        std::cout << c;
    }
    std::cout << "\"\n";
}

} // namespace

int main(int argc, char **argv) {
    std::ifstream in(argc == 2 ? argv[1] : "");
    if (!in) {
        std::cerr << "usage: fuzz_dictionary FILE\n";
        return 2;
    }
    std::cout << in.rdbuf() << "\n# From the registry.\n";
    for (const auto &row : sipstatus::registry()) {
        std::cout << '"' << to_int(row.code) << " \"\n";
        print(row.phrase);
    }
    for (const auto &variant : sipstatus::phrase_variants()) print(variant.phrase);
    for (const auto &known : sipstatus::class_names()) print(known.text);
    return std::cout.flush() ? 0 : 1;
}
