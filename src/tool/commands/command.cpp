#include "commands/command.hpp"

#include "input/live.hpp"
#include "input/packet_filter.hpp"
#include "input/socket_address.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <iterator>

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

namespace {

std::string names_of_formats(const command &which) {
    std::vector<std::string_view> names;
    for (const auto &known : formats())
        if (known.serves(which.name)) names.push_back(known.name);
    return fmt::format("{}", fmt::join(names, "|"));
}

std::string names_of_extra_fields() {
    return fmt::format("{}", fmt::join(extra_field_names, ","));
}

void add_fields(options &to, std::string_view words) {
    for (bool more = true; more;) {
        const auto word = words.substr(0, words.find(','));
        more = word.size() < words.size();
        words.remove_prefix(word.size() + (more ? 1 : 0));
        const auto *const known = std::find(std::begin(extra_field_names), std::end(extra_field_names), word);
        if (known == std::end(extra_field_names))
            throw selection_error(fmt::format("\"{}\": expected some of {}", word, names_of_extra_fields()));
        to.extra_fields.push_back(static_cast<extra_field>(known - std::begin(extra_field_names)));
    }
}

void set_once(std::string &to, const std::string &value) {
    if (value.empty() || (!to.empty() && to != value))
        throw selection_error(fmt::format("\"{}\": expected one, and no more", value));
    to = value;
}

// The columns of --by.
void set_columns(options &to, const std::string &value) {
    set_once(to.own_columns, value);
    to.tallying.by.clear();
    std::string_view words = value;
    for (bool more = true; more;) {
        const auto word = words.substr(0, words.find(','));
        more = word.size() < words.size();
        words.remove_prefix(word.size() + (more ? 1 : 0));
        const auto *const known = std::find(std::begin(column_names), std::end(column_names), word);
        if (known == std::end(column_names))
            throw selection_error(fmt::format("\"{}\": expected some of {}", word, fmt::join(column_names, ",")));
        to.tallying.by.push_back(static_cast<column>(known - std::begin(column_names)));
    }
}

// Calls a check that throws input_error.
void check(const std::string &value, void (*check_value)(const std::string &value)) {
    try {
        check_value(value);
    } catch (const input_error &error) {
        throw selection_error(fmt::format("\"{}\": {}", value, error.what()));
    }
}

void set_hep(options &to, const std::string &value) {
    check(value, check_hep_place);
    set_once(to.hep, value);
}

// All filters that are given must match.
void add_filter(options &to, const std::string &expression) {
    check(expression, check_filter);
    auto &filter = to.reading.filter;
    filter = filter.empty() ? expression : fmt::format("({}) and ({})", filter, expression);
}

void set_listen(options &to, const std::string &value) {
    if (!read_socket_address(value))
        throw selection_error(fmt::format("\"{}\": expected ADDRESS:PORT, as in 127.0.0.1:9100 or [::1]:9100", value));
    set_once(to.listen, value);
}

text_form form_named(std::string_view word) {
    return word == "lines" ? text_form::lines : word == "log" ? text_form::log : text_form::unknown;
}

// From 1 on.
std::uint64_t to_count(const std::string &value) {
    std::uint64_t count = 0;
    const auto *const last = value.data() + value.size();
    const auto [end, error] = std::from_chars(value.data(), last, count);
    if (value.empty() || error != std::errc{} || end != last || count == 0)
        throw selection_error(fmt::format("\"{}\": expected a number from 1 on", value));
    return count;
}

// Half of the memory is for the tables, half for transactions that are not over, with their index.
void set_most_tally(options &to, const std::string &value) {
    constexpr std::uint64_t most_mib = std::uint64_t{1} << 24;
    const auto mib = std::min(to_count(value), most_mib);
    to.tallying.most_octets = mib << 19;
    to.tallying.most_transactions = mib << 12;
}

} // namespace

std::string conflict_in(const command &which, const options &chosen) {
    const bool is_live = !chosen.interface.empty() || !chosen.hep.empty();
    if (!chosen.interface.empty() && !chosen.hep.empty()) return "--interface and --hep do not go together";
    if (!chosen.hep.empty() && !chosen.reading.filter.empty()) return "--hep and --filter do not go together";
    if (is_live && !chosen.arguments.empty()) return "--interface and --hep read no FILE";
    if (chosen.follow && (is_live || chosen.arguments.size() > 1)) return "--follow reads one FILE";
    if (!chosen.listen.empty() && !is_live && !chosen.follow)
        return "--listen goes with --interface, --hep or --follow: other inputs end";
    if (!is_live && chosen.arguments.empty()) return fmt::format("{} is required", which.operand);
    return {};
}

void store(const option &one, options &to, const std::string &value) {
    if (one.operand.find('|') != one.operand.npos) {
        const auto choices = fmt::format("|{}|", one.operand);
        if (value.empty() || value.find('|') != value.npos || choices.find(fmt::format("|{}|", value)) == choices.npos)
            throw selection_error(fmt::format("\"{}\": expected {}", value, one.operand));
    }
    one.store(to, value);
    if (one.chooses)
        to.choices.push_back(value.empty() ? std::string(one.long_name) : fmt::format("{} {}", one.long_name, value));
}

namespace {

bool has(const command &which, of_commands those) {
    const bool summarizes = which.name == "stats" || which.name == "merge";
    switch (those) {
    case of_commands::all: return true;
    case of_commands::that_give_hints: return which.reads_files() || summarizes;
    case of_commands::that_read_files: return which.reads_files();
    case of_commands::list: return which.name == "list";
    case of_commands::stats: return which.name == "stats";
    case of_commands::that_summarize: return summarizes;
    }
    return false;
}

} // namespace

std::vector<option> options_of(const command &which) {
    const std::vector<option> all{
        {"-o", "--output", names_of_formats(which), "how rows are written", of_commands::all,
         [](options &to, const std::string &value) { to.format = value; }},
        {"", "--color", "auto|always|never", "auto: on a terminal; none under NO_COLOR", of_commands::all,
         [](options &to, const std::string &value) { to.colour = value; }},
        {"-q", "--quiet", "", "no summary and no hints on standard error", of_commands::that_give_hints,
         [](options &to, const std::string &) { to.quiet = true; }},
        {"-r", "--recursive", "", "read the files of folders, and of those below", of_commands::that_read_files,
         [](options &to, const std::string &) { to.recursive = true; }},
        {"-j", "--jobs", "N", "read so many files at a time", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.jobs = to_count(value); }},
        {"", "--sipfrag", "", "read the bodies of type message/sipfrag, too", of_commands::that_read_files,
         [](options &to, const std::string &) { to.reading.sipfrag = true; }, true},
        {"", "--as", "auto|lines|log", "a text is status lines, or a log", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.reading.form = form_named(value); }},
        {"", "--follow", "", "read on as FILE is written, until Ctrl-C", of_commands::that_read_files,
         [](options &to, const std::string &) { to.follow = true; }},
        {"-i", "--interface", "IFACE", "read what arrives there; any is all of them", of_commands::that_read_files,
         [](options &to, const std::string &value) { set_once(to.interface, value); }},
        {"", "--hep", "udp:ADDRESS:PORT", "read what is sent there in HEP", of_commands::that_read_files,
         [](options &to, const std::string &value) { set_hep(to, value); }},
        {"", "--max-flows", "N", "follow so many TCP streams at a time: 8192", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.reading.streams.most_flows = to_count(value); }},
        {"", "--max-memory", "MIB", "for segments that wait for others: 16", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.reading.streams.most_octets = to_count(value) << 20; }},
        {"", "--fields", names_of_extra_fields(), "rows of text have these, too", of_commands::list,
         [](options &to, const std::string &value) { add_fields(to, value); }},
        {"", "--filter", "EXPRESSION", "only packets that match, as in tcpdump", of_commands::that_read_files,
         [](options &to, const std::string &value) { add_filter(to, value); }, true},
        {"", "--code", "CODES", "only these: 486, 4xx, 480-489 ...", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.wanted.add_codes(value); }, true},
        {"", "--kind", "KINDS", "only phrases of these kinds", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.wanted.add_kinds(value); }, true},
        {"", "--method", "METHODS", "only answers to these, by CSeq", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.wanted.add_methods(value); }, true},
        {"", "--call-id", "ID", "only of this call", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.wanted.add_call_id(value); }, true},
        {"", "--host", "ADDRESSES", "only from or to these", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.wanted.add_hosts(value); }, true},
        {"", "--port", "PORTS", "only from or to these", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.wanted.add_ports(value); }, true},
        {"", "--since", "TIME", "only from then on, UTC: 2026-11-20T09:00", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.wanted.set_since(value); }, true},
        {"", "--until", "TIME", "only before this time", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.wanted.set_until(value); }, true},
        {"", "--limit", "N", "stop after N responses", of_commands::that_read_files,
         [](options &to, const std::string &value) { to.most_responses = to_count(value); }, true},
        {"", "--by", "COLUMNS", "count by these, in a table of its own", of_commands::stats, set_columns},
        {"", "--top", "N", "show N rows of a table: 10; all are counted", of_commands::that_summarize,
         [](options &to, const std::string &value) { to.most_rows = to_count(value); }},
        {"", "--to", "FILE", "write there, whole or not at all", of_commands::that_summarize,
         [](options &to, const std::string &value) { set_once(to.to, value); }},
        {"", "--html", "FILE", "write a report for browsers there, too", of_commands::that_summarize,
         [](options &to, const std::string &value) { set_once(to.html, value); }},
        {"", "--max-tally", "MIB", "for what is counted: 256", of_commands::that_summarize, set_most_tally},
        {"", "--listen", "ADDRESS:PORT", "with -i, --hep, --follow: serve /metrics", of_commands::stats, set_listen},
    };
    std::vector<option> some;
    for (const auto &one : all)
        if (has(which, one.which)) some.push_back(one);
    return some;
}

namespace {

constexpr std::string_view files_help =
    R"(FILE is a pcap or pcapng capture, or text: status lines, one a line, or a log.
It may be compressed by gzip or zstd; - is standard input. What it begins with
tells which. In a log, what stands around the status lines is ignored.
In a capture SIP is read over UDP, TCP, SCTP and WebSocket, on any port, through
tunnels, and from fragments. What is not read is counted.
)";

std::string row_of(const option &one) {
    const auto names = one.short_name.empty() ? fmt::format("    {}", one.long_name)
                                              : fmt::format("{}, {}", one.short_name, one.long_name);
    return fmt::format("  {:<32} {}\n", fmt::format("{} {}", names, one.operand), one.help);
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

FILE is a pcap or pcapng capture, or text: status lines, one a line, or a log.
It may be compressed by gzip or zstd; - is standard input.

Exit status: 0 clean; 1 check found errors or warnings; 2 usage; 3 some input
could not be read, whole or in part, or output could not be written.
)",
                       rows);
}

std::string help_of(const command &which) {
    auto text = fmt::format("usage: sipstatus {} [OPTIONS] {}...\n  {}\n\n", which.name, which.operand, which.summary);
    for (const auto &one : options_of(which)) text += row_of(one);
    if (which.reads_files()) text += fmt::format("\n{}", files_help);
    return text += fmt::format("\n{}", which.details);
}

} // namespace sipstatus::tool
