#ifndef SIPSTATUS_TOOL_TALLY_CHRONICLE_HPP
#define SIPSTATUS_TOOL_TALLY_CHRONICLE_HPP

// What the HTML report shows beside a summary: a time line as fine as its span allows, and the messages of the worst
// calls. Memory is bounded; the calls that are the least worth a look are given up.

#include "sip/exchange_fields.hpp"
#include "sip/findings.hpp"
#include "sip/message.hpp"
#include "tally/hash.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sipstatus::tool {

// Requests and responses in bins of the same width, which doubles when there are too many.
class time_line {
public:
    static constexpr std::size_t most_bins = 1200;
    // Requests, and responses by the first digit of their code from 1 to 6.
    using bin = std::array<std::int64_t, 7>;

    explicit time_line(std::int64_t seconds = 1) noexcept : width_(seconds) {}

    // `digit` is 0 for a request.
    void add(std::int64_t second, unsigned digit) { ++bin_at(second)[digit]; }
    void add(std::int64_t second, const bin &counts);
    void add(const time_line &other);

    std::int64_t seconds() const noexcept { return width_; } // of a bin
    // By the number of the bin since 1970.
    const std::map<std::int64_t, bin> &bins() const noexcept { return bins_; }

private:
    bin &bin_at(std::int64_t second);
    void widen();

    std::int64_t width_;
    std::map<std::int64_t, bin> bins_;
    std::int64_t last_ = INT64_MIN;
    bin *last_bin_ = nullptr;
};

// Texts by number, each kept once, and known by a hash.
class text_pool {
public:
    // Of what the octets are as text.
    std::uint32_t number_of(std::string_view octets);
    std::uint32_t number_of(const endpoint &at);
    const std::string &text(std::uint32_t number) const { return texts_[number].second; }
    std::size_t size() const noexcept { return texts_.size(); }
    // The number here of a text of another pool.
    std::uint32_t take(const text_pool &from, std::uint32_t number);

private:
    template <class Make> std::uint32_t number_of_hash(std::uint64_t hash, Make make);

    std::unordered_map<std::uint64_t, std::uint32_t> numbers_; // by hash
    std::vector<std::pair<std::uint64_t, std::string>> texts_; // by number, with the hash
};

struct logged_message {
    static constexpr std::size_t most_rules = 6;

    std::int64_t time = 0; // microseconds since 1970
    std::uint64_t frame = 0;
    std::uint32_t file = 0, from = 0, to = 0, label = 0, method = 0; // texts; the method is that of CSeq
    std::uint32_t cseq = 0;
    std::uint16_t code = 0; // 0 for a request, and for a line that cannot be read
    std::uint8_t rule_count = 0;
    std::array<std::uint8_t, most_rules> rules{}; // by rule_number()

    // Whether it is the same message, sent again.
    bool repeats(const logged_message &other) const noexcept {
        return label == other.label && from == other.from && to == other.to && cseq == other.cseq &&
               method == other.method;
    }
};

struct logged_call {
    static constexpr std::size_t most_messages = 100;

    std::string call_id; // as it came
    std::vector<logged_message> messages;
    std::size_t more = 0; // messages that are not kept
    std::size_t errors = 0, warnings = 0, repeated = 0;
    std::uint16_t failure = 0; // the greatest final code from 400 on that is not a challenge
    bool has_invite = false, has_final = false;

    // The more, the worse.
    unsigned score() const noexcept;
    // Why it is among the worst, in words; empty for a call without any fault.
    std::vector<std::string> reasons() const;
    void keep(const logged_message &one);
};

class call_log {
public:
    static constexpr std::size_t most_calls = 50'000, most_messages = 400'000, most_texts = 200'000, most_shown = 100;

    // The label is the status line after its version, or the method of a request, whose code is 0.
    void add(const message &carrier, const exchange_fields &fields, std::string_view label, std::uint16_t code,
             bool is_request, const std::vector<finding> &findings);
    void add(const call_log &other);

    // The worst calls with a fault, the worst first.
    std::vector<const logged_call *> worst() const;
    const std::string &text(std::uint32_t number) const { return texts_.text(number); }

private:
    void make_room();
    void give_up_half();
    void drop_unused_texts();

    std::unordered_map<std::uint64_t, logged_call> calls_;
    std::size_t messages_ = 0; // of all calls
    text_pool texts_;
};

struct chronicle {
    time_line times;
    call_log calls;

    void add(const chronicle &other) {
        times.add(other.times);
        calls.add(other.calls);
    }
};

} // namespace sipstatus::tool

#endif
