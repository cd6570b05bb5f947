#ifndef SIPSTATUS_TOOL_COMMANDS_RUN_HPP
#define SIPSTATUS_TOOL_COMMANDS_RUN_HPP

// One run of one command: its options, where its output goes, and its exit status. It owns what it uses, so two runs
// can go side by side.

#include "report/output.hpp"
#include "report/report.hpp"
#include "report/screen.hpp"
#include "sip/message_source.hpp"
#include "sip/selection.hpp"
#include "tally/tallier.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sipstatus::tool {

enum exit_status { clean = 0, findings = 1, usage = 2, unreadable = 3 };

struct options {
    std::vector<std::string> arguments; // files, or what to explain
    std::string format;
    std::string colour;
    bool quiet = false;
    bool recursive = false; // folders are read, too
    std::size_t jobs = 1;   // how many inputs are read at a time
    bool follow = false;    // the file is still being written
    std::string interface;  // that is captured from; empty for none
    std::string hep;        // udp:ADDRESS:PORT that HEP is received at; empty for none
    reading_options reading;
    selection wanted;
    std::uint64_t most_responses = UINT64_MAX;
    std::vector<extra_field> extra_fields;
    std::vector<std::string> choices; // the options that choose messages, as they were given: "--code 4xx"
    tally_options tallying;
    std::string own_columns; // of --by, as they were given
    std::size_t most_rows = 10;
    std::string to;     // a file that the output goes to; empty for standard output
    std::string html;   // a file that the HTML report goes to; empty for none
    std::string listen; // ADDRESS:PORT for scrapes; empty for none
};

class run {
public:
    using message_writer = std::function<void(const std::string &line)>;

    // Data goes to `out`, lines for people to `say`.
    run(tool::options chosen, output &out, const tool::screen &on, message_writer say);

    const tool::options &options() const noexcept { return options_; }
    tool::report &report() noexcept { return *report_; }
    const tool::screen &screen() const noexcept { return screen_; }
    int status() const noexcept { return status_; }

    // Writes rows if enough have come together. Throws output_error.
    void end_record() { output_.end_record(); }
    void flush() { output_.flush(); }
    // What was not yet written, which is not written then.
    std::string take_output() { return std::exchange(output_.buffer(), {}); }
    // Writes rows that another run made, after its own. Throws output_error.
    void write(std::string_view rows) { output_.write(rows); }

    // The exit status is at least this one.
    void raise_status(exit_status least) noexcept;

    // Says what could not be read; the exit status tells it, too.
    void complain(const std::string &text);
    // The same about one input, and the octet in it where that is known.
    void complain(std::string_view file, const std::string &why, std::optional<std::uint64_t> offset);
    // Says what helps a person and is not a problem of the input. Not under --quiet.
    void hint(const std::string &text);
    // Says what is wrong with the command line.
    void complain_of_usage(const std::string &text);
    // Says what was decided to be said.
    void say(const std::string &text);

private:
    tool::options options_;
    output &output_;
    tool::screen screen_;
    std::unique_ptr<tool::report> report_;
    message_writer say_;
    int status_ = clean;
};

// "1 response", "2 responses".
std::string counted(std::uint64_t count, std::string_view noun);

} // namespace sipstatus::tool

#endif
