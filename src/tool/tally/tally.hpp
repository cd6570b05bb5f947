#ifndef SIPSTATUS_TOOL_TALLY_TALLY_HPP
#define SIPSTATUS_TOOL_TALLY_TALLY_HPP

// What is counted of requests, responses and transactions. All of it are sums: tallies of several files add up to the
// tally of all, in any order, and what was added can be taken back. Shares, percentiles and lists of the most frequent
// are made of it when it is shown.

#include "account.hpp"
#include "sip/findings.hpp"
#include "sip/selection.hpp"
#include "tally/hash.hpp"
#include "tally/histogram.hpp"
#include "tally/methods.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sipstatus::tool {

using amount = std::int64_t;

// Codes index arrays: 0 stands for a code that was cut off.
inline constexpr std::size_t code_limit = 700;
// The kinds of phrase, and one more for lines that were cut short.
inline constexpr std::size_t kind_limit = 7, no_kind = 6;

inline constexpr std::size_t transport_count = static_cast<std::size_t>(transport::ws) + 1;

// What a tally keeps less of than there is, because of a limit.
enum class shortfall : std::uint8_t {
    methods,      // requests and responses whose method is not told apart
    addresses,    // requests and responses of addresses that are not told apart
    agents,       // the same of User-Agent and Server
    phrases,      // responses whose phrase is not told apart
    minutes,      // requests and responses whose minute is not told apart
    reasons,      // values of Reason that are not told apart
    rows,         // responses that are in no row of --by
    times,        // response times that are in no histogram
    codes,        // responses beyond the sixth code of a transaction: not known whether they came before
    transactions, // given up before their time: what comes later of them counts as another
    dialogs,      // the same of calls
    open          // transactions and calls at the edge of a file that merge cannot close
};
inline constexpr std::size_t shortfall_count = 12;
std::string_view name(shortfall of) noexcept;

// The requests and responses that somebody sent.
struct party_counts {
    amount requests = 0;
    std::vector<std::pair<std::uint16_t, amount>> responses; // by code, in no order

    void add_response(std::uint16_t code, amount times = 1);
    void add(const party_counts &other, amount times);
    amount all_responses() const noexcept;
};

struct minute_counts {
    amount requests = 0;
    std::array<amount, 7> responses{}; // by the first digit of the code
};

struct phrase_counts {
    amount responses = 0;
    std::string example;                           // the least phrase
    std::pair<std::string, std::uint64_t> first{}; // the least file and frame
};

// A frame by its file. The least ones of all files are kept: an order that does not depend on which file came first.
using frame_place = std::pair<std::string, std::uint64_t>;
struct rule_counts {
    static constexpr std::size_t most_places = 20;

    amount findings = 0;
    std::vector<frame_place> first; // ascending

    void add_place(std::string_view file, std::uint64_t frame);
};

struct reason_key {
    std::string protocol;
    std::uint32_t cause = 0;
    std::uint16_t code = 0; // 0 for a request
    method_table::number method = 0;

    friend auto operator<=>(const reason_key &, const reason_key &) = default; // NOLINT(modernize-use-nullptr)
};

// Of one method. What is indexed by code is empty while nothing is in it.
struct method_counts {
    bool is_kept = false;                   // the memory that it takes was asked for
    amount requests = 0, tied_requests = 0; // tied: it is known to which transaction they belong
    amount transactions = 0;                // whose request was seen
    amount answered = 0;                    // of these: a final response was seen
    amount without_request = 0;             // transactions of which only responses were seen
    std::vector<amount> responses;          // by code * 8 + kind
    std::vector<amount> tied_responses;     // by code
    std::vector<amount> distinct_responses; // by code: each code once in a transaction
    std::vector<std::unique_ptr<histogram>>
        times; // by code: from the request to the first response with it, where it is
               // the first 100, the first other provisional, or the final response

    bool is_used() const noexcept {
        return requests != 0 || !responses.empty() || !tied_responses.empty() || !distinct_responses.empty();
    }
    amount responses_of(unsigned code, std::size_t kind) const noexcept {
        return responses.empty() ? 0 : responses[code * 8 + kind];
    }
    amount responses_of(unsigned code) const noexcept;
    amount all_responses() const noexcept;
    // How many were sent again.
    amount repeated_requests() const noexcept { return tied_requests - transactions; }
    amount repeated_responses(unsigned code) const noexcept {
        return tied_responses.empty()
                   ? 0
                   : tied_responses[code] - (distinct_responses.empty() ? 0 : distinct_responses[code]);
    }
};

// INVITEs outside of a dialog, and what RFC 6076 wants to know of them.
struct session_counts {
    amount attempts = 0;
    std::array<amount, code_limit> finals{};       // by the final code
    amount completed = 0;                          // set up, and ended by a BYE that was answered
    histogram request_delay, failed_request_delay; // sections 4.3.1 and 4.3.2
    histogram duration;                            // section 4.5
};

// A value of left_out, by kind and number.
struct unread_key {
    std::string kind;
    std::uint32_t number = 0;

    friend auto operator<=>(const unread_key &, const unread_key &) = default; // NOLINT(modernize-use-nullptr)
};
struct unread_counts {
    std::string words; // of one: "TCP segment without ..."
    std::string unit;
    amount times = 0, looks_like_sip = 0;
};

struct host_hash {
    std::size_t operator()(const host &one) const noexcept {
        return static_cast<std::size_t>(
            hash_of({reinterpret_cast<const char *>(one.address.data()), one.address.size()}, one.ipv6));
    }
};

// Memory that grows with what the input holds is asked for here.
class memory_limit {
public:
    explicit memory_limit(std::size_t octets) noexcept : left_(octets) {}

    bool take(std::size_t octets) noexcept {
        if (octets > left_) return false;
        left_ -= octets;
        return true;
    }

private:
    std::size_t left_;
};

struct tally {
    // The octets of its memory that may grow with the input.
    explicit tally(std::size_t most_octets) : memory(most_octets), methods(method_table::registered) {}

    memory_limit memory;
    amount frames = 0;
    amount responses = 0;  // readable ones
    amount unreadable = 0; // that claimed to be one
    amount requests = 0;
    amount sipfrags = 0;                // of the responses: in the body of another message
    amount untied = 0;                  // requests and responses without what ties them to a transaction
    std::vector<method_counts> methods; // by number
    session_counts sessions;
    std::array<std::pair<amount, amount>, transport_count> transports{}; // requests and responses
    std::array<amount, deviation_count> deviations{};
    std::vector<rule_counts> rules; // by number, see rule_number()
    std::unordered_map<host, party_counts, host_hash> addresses;
    std::unordered_map<std::string, party_counts> agents;
    std::map<std::int64_t, minute_counts> minutes;                          // since 1970
    std::map<std::pair<std::uint16_t, std::string>, phrase_counts> phrases; // local ones, by code and template
    std::map<reason_key, amount> reasons;
    std::unordered_map<std::string, amount> rows; // of --by: values with a NUL between them
    std::map<unread_key, unread_counts> left_out;
    std::array<amount, shortfall_count> missing{};

    // The number that a method is counted under: its own, or that of `other` where the limit is reached.
    method_table::number kept(method_table::number which);
    // The counts of a method that is kept.
    method_counts &method(method_table::number which) { return methods[which]; }
    void fall_short(shortfall of, amount times = 1) { missing[static_cast<std::size_t>(of)] += times; }
    bool is_exact() const noexcept;

    // The counts of a key; null where the limit is reached.
    party_counts *address(const host &one);
    party_counts *agent(std::string_view name);
    minute_counts *minute(std::int64_t which);
    phrase_counts *phrase(std::uint16_t code, const std::string &made);
    amount *reason(const reason_key &key);
    amount *row(const std::string &key);
    // Counts a response time.
    void add_time(method_counts &of, unsigned code, std::uint64_t microseconds, amount times);

    void add_left_out(const account &unread);
    // Adds all of another tally.
    void add(const tally &other);
    // Adds what transactions and calls are made of, several times or backwards.
    void add_exchanges(const tally &other, amount times);
};

// The values of Reason, in the order of what is in a row.
struct reason_row {
    std::string_view protocol;
    std::uint32_t cause = 0;
    std::uint16_t code = 0;
    std::string_view method;
    amount times = 0;
};
std::vector<reason_row> reasons_of(const tally &counts, const method_table &methods);

// Rules by their place in rules().
std::size_t rule_number(std::string_view name);

// A name is cut here.
inline constexpr std::size_t longest_agent = 96;

} // namespace sipstatus::tool

#endif
