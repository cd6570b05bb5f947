#include "commands/run.hpp"

#include "octet_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sipstatus::tool {

namespace {

const format &format_named(std::string_view name) {
    return *std::find_if(formats().begin(), formats().end(), [name](const format &one) { return one.name == name; });
}

} // namespace

run::run(tool::options chosen, output &out, const tool::screen &on, message_writer say)
    : options_(std::move(chosen)), output_(out), screen_(on),
      report_(format_named(options_.format).make(out.buffer(), {on, options_.extra_fields, options_.most_rows})),
      say_(std::move(say)) {}

void run::raise_status(exit_status least) noexcept {
    status_ = std::max<int>(status_, least);
}

void run::complain(const std::string &text) {
    raise_status(unreadable);
    say(text);
}

void run::complain(std::string_view file, const std::string &why, std::optional<std::uint64_t> offset) {
    const auto name = input_name(file);
    complain(offset ? fmt::format("{}: offset {}: {}", name, *offset, why) : fmt::format("{}: {}", name, why));
}

void run::hint(const std::string &text) {
    if (!options_.quiet) say(text);
}

void run::complain_of_usage(const std::string &text) {
    raise_status(usage);
    say(text);
}

// Rows that came before it are written before it.
void run::say(const std::string &text) {
    output_.flush();
    say_(text);
}

std::string counted(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

} // namespace sipstatus::tool
