#ifndef SIPSTATUS_TESTS_COLLECTIONS_HPP
#define SIPSTATUS_TESTS_COLLECTIONS_HPP

// Collections of status lines and phrase tables that some tests compare with. They are not part of the project: the
// environment variable SIPSTATUS_TEST_DATA names their folder. Without it those tests say `skipped`.
// In: a file. Out: its rows, as fields.
//
// Include it after Boost.Test.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace collections {

inline std::filesystem::path folder() {
    const char *named = std::getenv("SIPSTATUS_TEST_DATA");
    return named ? named : "";
}

// Marks a test that needs the collections. CTest runs the tests of this label as a test of their own, so that its
// summary says when they were skipped.
class needed : public boost::unit_test::decorator::base {
    static boost::test_tools::assertion_result are_there(boost::unit_test::test_unit_id) {
        if (std::filesystem::is_directory(folder())) return true;
        std::cout << "skipped: SIPSTATUS_TEST_DATA does not name a folder\n";
        boost::test_tools::assertion_result missing(false);
        missing.message() << "SIPSTATUS_TEST_DATA does not name a folder";
        return missing;
    }
    void apply(boost::unit_test::test_unit &unit) override {
        unit.add_label("collections");
        unit.add_precondition(are_there);
    }
    boost::unit_test::decorator::base_ptr clone() const override {
        return boost::unit_test::decorator::base_ptr(new needed);
    }
};

// The fields of one line. Between commas, a field may stand in quotation marks, which are doubled inside it.
inline std::vector<std::string> fields(const std::string &line, char separator) {
    std::vector<std::string> list(1);
    bool quoted = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const bool mark = line[at] == '"' && separator == ',';
        if (mark && quoted && line.substr(at, 2) == "\"\"") {
            list.back() += line[at++];
        } else if (mark) {
            quoted = !quoted;
        } else if (line[at] == separator && !quoted) {
            list.emplace_back();
        } else {
            list.back() += line[at];
        }
    }
    return list;
}

// The lines of a .csv or .tsv file of the collections, as fields.
inline std::vector<std::vector<std::string>> lines(const std::filesystem::path &file) {
    std::ifstream in(folder() / file);
    BOOST_REQUIRE_MESSAGE(in, "cannot read " << (folder() / file));
    std::vector<std::vector<std::string>> all;
    for (std::string line; std::getline(in, line);) {
        if (line.ends_with('\r')) line.pop_back();
        all.push_back(fields(line, file.extension() == ".csv" ? ',' : '\t'));
    }
    return all;
}

// A row by the names of its columns.
using row = std::map<std::string, std::string>;

// The rows of a file whose first line names the columns.
inline std::vector<row> table(const std::filesystem::path &file) {
    const auto all = lines(file);
    BOOST_REQUIRE_MESSAGE(all.size() > 1, file << " has no row");
    std::vector<row> rows;
    for (auto values = all.begin() + 1; values != all.end(); ++values) {
        BOOST_REQUIRE_MESSAGE(values->size() == all[0].size(), file << ": line " << values - all.begin() + 1);
        auto &added = rows.emplace_back();
        for (std::size_t at = 0; at < values->size(); ++at) added[all[0][at]] = (*values)[at];
    }
    return rows;
}

} // namespace collections

#endif
