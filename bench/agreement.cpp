#include "measure.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <set>
#include <sstream>

namespace sipstatus::bench {
namespace {

class checker {
public:
    checker(agreement &to, const workload &over) : to_(to), over_(over) {}

    void kernels(std::string_view octets) {
        octets_ = octets;
        bool is_first = true;
        for (const auto &who : roster()) {
            if (!who.forced_kernel) continue;
            select_kernel(who);
            const auto result = parse(octets);
            if (is_first) ours_ = result;
            is_first = false;
            ++to_.readings;
            if (result == ours_) continue;
            std::ostringstream text;
            text << result << "; the first kernel: " << ours_;
            fault(who.name, text.str());
        }
    }

    // After kernels(), of the same octets.
    void peers(parser *subject::*entry) {
        for (const auto &who : roster()) {
            if (who.is == role::ours || !(who.*entry)) continue;
            const auto theirs = (who.*entry)(octets_.data(), octets_.data() + octets_.size());
            ++to_.readings;
            if (entry == &subject::start_line && who.finds_end && theirs.consumed != ours_.consumed)
                fault(who.name, "the line ends at octet " + std::to_string(theirs.consumed) +
                                    "; sipstatus: " + std::to_string(ours_.consumed));
            const auto our_code = static_cast<std::size_t>(to_int(ours_.line.code));
            if (who.is == role::floor || theirs.code == our_code) continue;
            const auto text =
                "code " + std::to_string(theirs.code) + " (0: refused); sipstatus: " + std::to_string(our_code);
            if (ours_.line.deviations.empty())
                fault(who.name, text);
            else if (to_.differences++ == 0)
                to_.difference = sentence(who.name, text);
        }
    }

private:
    std::string sentence(const std::string &who, const std::string &reading) const {
        const nlohmann::json quoted = octets_.substr(0, 72);
        return who + " on " + over_.name + ", " + quoted.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) +
               ": " + reading;
    }

    void fault(const std::string &who, const std::string &reading) {
        constexpr std::size_t enough = 20;
        if (to_.faults++ < enough) std::fprintf(stderr, "bench: no agreement: %s\n", sentence(who, reading).c_str());
    }

    agreement &to_;
    const workload &over_;
    std::string_view octets_;
    parse_result ours_;
};

} // namespace

agreement check_agreement(const std::vector<workload> &plan, bool peers_read_messages) {
    agreement found;
    for (const auto &over : plan) {
        checker check(found, over);
        // Equal items are read once.
        for (const auto item : std::set<std::string_view>(over.items.begin(), over.items.end())) {
            if (over.step != 0)
                for (std::size_t size = 0; size < item.size(); size += over.step) check.kernels(item.substr(0, size));
            check.kernels(item);
            if (over.holds == content::line) check.peers(&subject::start_line);
            if (over.holds == content::message && peers_read_messages) check.peers(&subject::message);
        }
    }
    return found;
}

} // namespace sipstatus::bench
