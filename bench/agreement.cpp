#include "agreement.hpp"

#include "floors.hpp"

#include <set>
#include <sstream>

namespace sipstatus::bench {
namespace {

// The line as a message quotes it: its octets up to a length, controls as \xHH.
std::string quote(std::string_view line) {
    std::ostringstream out;
    out << '"';
    constexpr std::size_t shown = 72;
    for (const char c : line.substr(0, shown)) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet >= 0x20 && octet != 0x7f)
            out << c;
        else
            out << "\\x"
                << "0123456789ABCDEF"[octet >> 4] << "0123456789ABCDEF"[octet & 15];
    }
    out << (line.size() > shown ? "\"..." : "\"");
    return out.str();
}

class checker {
public:
    void kernels(const std::string &where, std::string_view octets, std::size_t number) {
        const auto ours = reference(octets);
        for (const auto &who : roster()) {
            if (who.is != role::ours) continue;
            select_kernel(who);
            ++found.compared;
            const auto theirs = parse(octets);
            if (theirs == ours) continue;
            std::ostringstream out;
            out << who.name << " and the scalar kernel differ on " << where << ", item " << number << ", "
                << quote(octets) << ": " << theirs << " and " << ours;
            fault(out.str());
        }
    }

    void line(const std::string &where, std::string_view octets, std::size_t number) {
        kernels(where, octets, number);
        const auto ours = reference(octets);
        for (const auto &who : roster()) {
            if (&who == &floor_empty() || who.is == role::ours) continue;
            ++found.compared;
            const auto theirs = who.start_line(octets.data(), octets.data() + octets.size());
            if (theirs.consumed != ours.consumed)
                fault(sentence(who.name, where, number, octets) + "finds the line's end at octet " +
                      std::to_string(theirs.consumed) + ", sipstatus at " + std::to_string(ours.consumed));
            if (who.is == role::peer) code(who.name, where, number, octets, theirs.code, ours);
        }
    }

    void message(std::string_view octets, std::size_t number) {
        const auto ours = reference(octets);
        for (const auto &who : roster()) {
            if (!who.message) continue;
            ++found.compared;
            const auto theirs = who.message(octets.data(), octets.data() + octets.size());
            code(who.name + ", whole message", "messages", number, octets, theirs.code, ours);
        }
    }

    agreement found;

private:
    static parse_result reference(std::string_view octets) {
        for (const auto &who : roster())
            if (who.forced == kernel::scalar) select_kernel(who);
        return parse(octets);
    }

    static std::string sentence(const std::string &who, const std::string &where, std::size_t number,
                                std::string_view octets) {
        return who + " on " + where + ", item " + std::to_string(number) + ", " + quote(octets) + ": ";
    }

    void code(const std::string &who, const std::string &where, std::size_t number, std::string_view octets,
              std::size_t theirs, const parse_result &ours) {
        const auto our_code = static_cast<std::size_t>(to_int(ours.line.code));
        if (theirs == our_code) return;
        const auto text = sentence(who, where, number, octets) +
                          (theirs == 0 ? "refuses what sipstatus reads as "
                                       : "reads code " + std::to_string(theirs) + " where sipstatus reads ") +
                          std::to_string(our_code);
        if (ours.line.deviations.empty())
            fault(text);
        else
            found.differences.push_back(text);
    }

    void fault(std::string text) {
        constexpr std::size_t enough = 20;
        if (found.faults.size() < enough) found.faults.push_back(std::move(text));
    }
};

void check_lines(checker &with, const line_input &input) {
    // Equal lines are read once.
    std::set<std::string_view> seen;
    for (std::size_t n = 0; n < input.lines.size(); ++n)
        if (seen.insert(input.lines[n]).second) with.line(input.name, input.lines[n], n + 1);
}

void check_prefixes(checker &with, const line_input &input) {
    std::set<std::string_view> seen;
    for (std::size_t n = 0; n < input.lines.size(); ++n) {
        if (!seen.insert(input.lines[n]).second) continue;
        for (std::size_t size = 0; size < input.lines[n].size(); ++size)
            with.kernels(input.name + " cut to " + std::to_string(size), input.lines[n].substr(0, size), n + 1);
    }
}

} // namespace

agreement check_agreement(const inputs &of, bool messages_are_ours) {
    checker with;
    for (const auto &input : of.lines) check_lines(with, input);
    for (const auto &input : of.phrases) check_lines(with, input);
    for (const auto &input : of.streams) check_prefixes(with, input);
    for (const auto *const kinds : {&of.rejects, &of.hostile})
        for (const auto &kind : *kinds)
            for (std::size_t n = 0; n < kind.items.size(); ++n) with.kernels(kind.name, kind.items[n], n + 1);
    for (std::size_t n = 0; n < of.messages.size(); ++n) {
        with.kernels("messages", of.messages[n], n + 1);
        if (messages_are_ours) with.message(of.messages[n], n + 1);
    }
    select_kernel(floor_memchr());
    return std::move(with.found);
}

} // namespace sipstatus::bench
