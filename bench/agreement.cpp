#include "agreement.hpp"

#include "subjects.hpp"

#include <algorithm>
#include <set>
#include <sstream>

namespace sipstatus::bench {
namespace {

// The beginning of the octets, with controls as \xHH.
std::string quote(std::string_view octets) {
    constexpr std::size_t shown = 72;
    constexpr char digits[] = "0123456789ABCDEF";
    std::string text = "\"";
    for (const char c : octets.substr(0, shown)) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet >= 0x20 && octet != 0x7f)
            text += c;
        else
            text.append("\\x").append(1, digits[octet >> 4]).append(1, digits[octet & 15]);
    }
    return text + (octets.size() > shown ? "\"..." : "\"");
}

class checker {
public:
    explicit checker(const workload &over) : over_(over) {}

    void kernels(std::string_view octets) {
        select_kernel(scalar());
        ours_ = parse(octets);
        for (const auto &who : roster()) {
            if (!who.forced_kernel) continue;
            select_kernel(who);
            ++result.readings;
            const auto theirs = parse(octets);
            if (theirs == ours_) continue;
            std::ostringstream text;
            text << theirs << "; the scalar kernel: " << ours_;
            fault(who.name, octets, text.str());
        }
    }

    // After kernels() of the same octets.
    void line(std::string_view octets) {
        for (const auto &who : roster()) {
            if (who.is == role::ours) continue;
            ++result.readings;
            const auto theirs = who.start_line(octets.data(), octets.data() + octets.size());
            if (who.finds_end && theirs.consumed != ours_.consumed)
                fault(who.name, octets,
                      "the line ends at octet " + std::to_string(theirs.consumed) +
                          "; sipstatus: " + std::to_string(ours_.consumed));
            if (who.is != role::floor) code(who.name, octets, theirs.code);
        }
    }

    void message(std::string_view octets) {
        for (const auto &who : roster()) {
            if (!who.message) continue;
            ++result.readings;
            code(who.name + ", whole message", octets, who.message(octets.data(), octets.data() + octets.size()).code);
        }
    }

    agreement result;

private:
    static const subject &scalar() {
        return *std::find_if(roster().begin(), roster().end(),
                             [](const subject &who) { return who.forced_kernel == kernel::scalar; });
    }

    std::string sentence(const std::string &who, std::string_view octets, const std::string &reading) const {
        return who + " on " + over_.suite + '/' + over_.input + '/' + std::string(name(over_.layout)) + ", " +
               quote(octets) + ": " + reading;
    }

    void code(const std::string &who, std::string_view octets, std::size_t theirs) {
        const auto our_code = static_cast<std::size_t>(to_int(ours_.line.code));
        if (theirs == our_code) return;
        const auto text = "code " + std::to_string(theirs) + " (0: refused); sipstatus: " + std::to_string(our_code);
        if (ours_.line.deviations.empty())
            fault(who, octets, text);
        else
            result.differences.push_back(sentence(who, octets, text));
    }

    void fault(const std::string &who, std::string_view octets, const std::string &reading) {
        constexpr std::size_t enough = 20;
        if (result.faults.size() < enough) result.faults.push_back(sentence(who, octets, reading));
    }

    const workload &over_;
    parse_result ours_;
};

} // namespace

agreement check_agreement(const std::vector<workload> &plan, bool peers_read_messages) {
    agreement all;
    for (const auto &over : plan) {
        checker with(over);
        // Equal items are read once.
        for (const auto item : std::set<std::string_view>(over.items.begin(), over.items.end())) {
            if (over.step != 0)
                for (std::size_t size = 0; size < item.size(); size += over.step) with.kernels(item.substr(0, size));
            with.kernels(item);
            if (over.holds == content::line) with.line(item);
            if (over.holds == content::message && peers_read_messages) with.message(item);
        }
        all.readings += with.result.readings;
        all.faults.insert(all.faults.end(), with.result.faults.begin(), with.result.faults.end());
        all.differences.insert(all.differences.end(), with.result.differences.begin(), with.result.differences.end());
    }
    return all;
}

} // namespace sipstatus::bench
