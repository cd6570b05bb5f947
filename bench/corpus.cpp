#include "corpus.hpp"

#include "line_copy.hpp"

#include <sipstatus/status_line.hpp>

#ifdef SIPSTATUS_BENCH_CAPTURES
#include "sip/message_source.hpp"
#else
#include <fstream>
#endif

#include <stdexcept>

namespace sipstatus::bench {
namespace {

// Also leaves out messages that are too long for the peers' copies.
void take(std::string_view octets, corpus &into) {
    const auto result = parse(octets);
    if (result.outcome != outcome::ok || result.leading_crlfs != 0 || octets.size() + 64 > longest_input) {
        ++into.left_out;
        return;
    }
    into.messages.emplace_back(octets);
    into.lines.emplace_back(octets.substr(0, result.consumed));
}

#ifdef SIPSTATUS_BENCH_CAPTURES

class taker final : public tool::stage<tool::message> {
public:
    void push(const tool::message &item) override { take(item.octets, taken); }
    void finish() override {}

    corpus taken;
};

corpus read_all(const std::string &path) {
    taker to;
    tool::account left_out;
    tool::source in(path, [] {});
    tool::message_source(in, path, left_out).read_into(to);
    return std::move(to.taken);
}

#else

corpus read_all(const std::string &path) {
    corpus found;
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("it cannot be opened");
    for (std::string line; std::getline(in, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (!line.empty()) take(line + "\r\n", found);
    }
    return found;
}

#endif

} // namespace

corpus read_corpus(const std::string &path) {
    corpus found;
    try {
        found = read_all(path);
    } catch (const std::runtime_error &why) {
        throw std::runtime_error(path + ": " + why.what());
    }
    if (found.lines.empty()) throw std::runtime_error(path + ": no status line in it that can be parsed");
    return found;
}

} // namespace sipstatus::bench
