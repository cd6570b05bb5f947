#ifndef SIPSTATUS_TOOL_TALLY_TALLIER_HPP
#define SIPSTATUS_TOOL_TALLY_TALLIER_HPP

// The requests and responses of one input in, their tally out.

#include "sip/exchange_fields.hpp"
#include "stage.hpp"
#include "tally/chronicle.hpp"
#include "tally/tally.hpp"
#include "tally/transactions.hpp"

#include <array>
#include <memory>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

// What a table of one's own can have columns of.
enum class column : std::uint8_t { klass, code, phrase, kind, method, sender, agent, transport, minute };
inline constexpr std::string_view column_names[] = {"class",  "code",  "phrase",    "kind",  "method",
                                                    "sender", "agent", "transport", "minute"};

struct tally_options {
    std::vector<column> by; // the columns of a table of one's own
    std::size_t most_octets = std::size_t{128} << 20;
    std::size_t most_transactions = std::size_t{1} << 20;
};

// One input by what was in it.
struct input_digest {
    std::uint64_t first = 0, second = 0;

    friend auto operator<=>(const input_digest &, const input_digest &) = default; // NOLINT(modernize-use-nullptr)
};

class tallier final : public stage<response> {
public:
    // All must outlive the tallier. `wanted` chooses: its conditions on the status line choose what is counted by code,
    // kind and the like; transactions need every response that meets the others.
    tallier(const selection &wanted, method_table &methods, const tally_options &options);

    void push(const response &item) override;
    void finish() override {}
    stage<message> &requests() noexcept { return requests_; }

    // From now on messages go into the log, too; it must outlive the tallier.
    void log_to(chronicle &log) noexcept { log_ = &log; }

    // The end of the input, of which so many frames were read.
    void end_input(std::uint64_t frames, const account &left_out);
    const input_digest &digest() const noexcept { return digest_; }
    tally &counted() noexcept { return counts_; }
    transaction_tracker &transactions() noexcept { return transactions_; }

private:
    class request_stage final : public stage<message> {
    public:
        explicit request_stage(tallier &to) : to_(to) {}
        void push(const message &item) override { to_.push_request(item); }
        void finish() override {}

    private:
        tallier &to_;
    };

    struct known_address {
        host at;
        party_counts *counts = nullptr;
    };
    struct known_agent {
        std::string name; // as it came
        party_counts *counts = nullptr;
    };

    void push_request(const message &item);
    void count_line(const response &item, const exchange_fields &fields, method_table::number method);
    // The number that a message with the method is counted under.
    method_table::number number_of(std::string_view name);
    void count_findings(const response &item, const exchange_fields &fields);
    void count_row(const response &item, const exchange_fields &fields);
    void count_reasons(const exchange_fields &fields, std::uint16_t code, method_table::number method);
    const std::string &name_of(std::string_view file);
    party_counts *address_of(const message &carrier);
    party_counts *agent_of(std::string_view name);
    minute_counts *minute_of(const message &carrier);
    void log_response(const response &item, const exchange_fields &fields, std::uint16_t code, bool is_counted);
    void log_request(const message &item, const exchange_fields &fields, std::string_view method);
    void tie(const message &carrier, const exchange_fields &fields, method_table::number method, std::uint16_t code);
    void digest(std::uint64_t a, std::uint64_t b) noexcept;

    const selection &wanted_;
    method_table &methods_;
    const tally_options &options_;
    tally counts_;
    transaction_tracker transactions_;
    request_stage requests_{*this};
    input_digest digest_;
    bool chooses_messages_;
    chronicle *log_ = nullptr;
    std::array<known_address, 256> addresses_{};
    std::array<known_agent, 64> agents_{};
    std::int64_t last_minute_ = INT64_MIN;
    minute_counts *last_minute_counts_ = nullptr;
    std::vector<finding> findings_;
    std::string file_, file_text_; // the last one, and as it is shown
};

} // namespace sipstatus::tool

#endif
