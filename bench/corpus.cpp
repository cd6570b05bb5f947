// The user's own input.

#include "inputs.hpp"
#include "plan.hpp"
#include "sip/message_source.hpp"
#include "subjects.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace sipstatus::bench {
namespace {

// Keeps the responses that begin with a good status line.
class collector final : public tool::stage<tool::message> {
public:
    void push(const tool::message &item) override {
        const auto result = parse(item.octets);
        if (result.outcome != outcome::ok || result.leading_crlfs != 0 || item.octets.size() > longest_input) {
            ++left_out;
            return;
        }
        messages.emplace_back(item.octets);
        lines.emplace_back(item.octets.substr(0, result.consumed));
    }
    void finish() override {}

    std::vector<std::string> lines, messages;
    std::size_t left_out = 0;
};

} // namespace

line_input corpus_input(const std::string &path, extent how_much) {
    collector read;
    tool::account not_read;
    tool::source in(path, [] {});
    tool::message_source(in, path, not_read).read_into(read);
    const auto count = read.lines.size();
    if (count == 0) throw std::runtime_error("no status line in it that can be parsed");

    // A text has lines only.
    const bool has_messages = std::any_of(read.messages.begin(), read.messages.end(),
                                          [](const auto &message) { return message.find("\r\n\r\n") != message.npos; });
    line_input input{"corpus",
                     std::to_string(count) + " status lines of " + std::filesystem::path(path).filename().string() +
                         ", repeated if they are few; left out: " + std::to_string(read.left_out) +
                         " that are refused, too long, cut short or after CRLFs",
                     {},
                     {}};
    // A pass over a small corpus must take long enough to be timed.
    for (std::size_t n = 0; n < std::max(count, scaled(usual_lines, how_much)); ++n) {
        input.lines.push_back(read.lines[n % count]);
        input.messages.push_back(has_messages ? read.messages[n % count] : generate_message(input.lines.back(), n));
    }
    return input;
}

} // namespace sipstatus::bench
