#ifndef SIPSTATUS_TOOL_TALLY_SUMMARY_HPP
#define SIPSTATUS_TOOL_TALLY_SUMMARY_HPP

// The tally of any number of inputs. What is added in any order gives the same summary; an input that comes twice is
// known by its digest, and counts once.

#include "tally/tallier.hpp"
#include "tally/tally.hpp"
#include "tally/transactions.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace sipstatus::tool {

// Two summaries cannot be added. what() says why.
class summary_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct input_entry {
    std::string file;
    input_digest digest;
    amount frames = 0, requests = 0, responses = 0;
    time_span span{}; // of what transactions are made of
};

// What must be the same in summaries that are added: the columns of --by, and the options that choose messages.
struct summary_options {
    std::string by;
    std::vector<std::string> choices; // "--code 4xx", ascending

    friend bool operator==(const summary_options &, const summary_options &) = default;
};

class summary {
public:
    summary(summary_options options, method_table &methods, std::size_t most_octets)
        : options_(std::move(options)), methods_(methods), counts_(most_octets) {}

    // Adds one input; false where the summary has it already: see entry_of(). Without `keeps_pieces` no other one may
    // follow: what is open at its edges stays so.
    bool add(input_entry from, tallier &read, bool keeps_pieces);
    // Adds another summary; false where all its inputs are here. Throws summary_error.
    bool add(const summary &other);
    // The same from a file, whose tally has its open pieces in it.
    void restore(std::vector<input_entry> inputs, tally &&counts, open_pieces &&open);

    // No more is added: puts the open pieces together.
    void finish();
    // The other way.
    void reopen();

    const summary_options &options() const noexcept { return options_; }
    method_table &methods() const noexcept { return methods_; }
    // In the order of their digests.
    const std::vector<input_entry> &inputs() const noexcept { return inputs_; }
    const input_entry *entry_of(const input_digest &digest) const noexcept;
    const tally &counts() const noexcept { return counts_; }
    const open_pieces &open() const noexcept { return open_; }
    // Transactions whose request or final response may be in another file.
    amount open_transactions() const noexcept { return open_transactions_; }

private:
    void insert(input_entry made);
    void count_pieces(amount times);

    summary_options options_;
    method_table &methods_;
    std::vector<input_entry> inputs_;
    tally counts_; // until finish(), without what the open pieces are
    open_pieces open_;
    amount open_transactions_ = 0;
};

} // namespace sipstatus::tool

#endif
