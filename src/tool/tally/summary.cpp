#include "tally/summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace sipstatus::tool {

namespace {

std::string words_of(const summary_options &options) {
    auto words = options.choices;
    if (!options.by.empty()) words.push_back("--by " + options.by);
    return words.empty() ? "no options" : fmt::format("{}", fmt::join(words, " "));
}

} // namespace

bool summary::add(input_entry from, tallier &read, bool keeps_pieces) {
    if (entry_of(from.digest)) return false;
    from.span = read.transactions().span();
    insert(std::move(from));
    if (!keeps_pieces) {
        open_transactions_ = read.transactions().open_transactions();
        counts_.add(read.counted());
        return true;
    }
    auto pieces = read.transactions().take_pieces();
    counts_.add(read.counted());
    tally in_pieces(SIZE_MAX);
    count_exchanges(pieces, {}, in_pieces);
    counts_.add_exchanges(in_pieces, -1);
    open_.add(pieces);
    return true;
}

bool summary::add(const summary &other) {
    if (!(options_ == other.options_))
        throw summary_error(
            fmt::format("made with other options: {}; expected {}", words_of(other.options_), words_of(options_)));
    std::size_t known = 0;
    for (const auto &one : other.inputs_)
        if (entry_of(one.digest)) ++known;
    if (known == other.inputs_.size() && known != 0) return false;
    if (known != 0) {
        const auto one = std::find_if(other.inputs_.begin(), other.inputs_.end(),
                                      [this](const auto &entry) { return entry_of(entry.digest); });
        throw summary_error(
            fmt::format("has {} inputs, {} of which are in other summaries, too ({}): expected all or none",
                        other.inputs_.size(), known, one->file));
    }
    for (const auto &one : other.inputs_) insert(one);
    counts_.add(other.counts_);
    open_.add(other.open_);
    return true;
}

void summary::restore(std::vector<input_entry> inputs, tally &&counts, open_pieces &&open) {
    inputs_ = std::move(inputs);
    counts_ = std::move(counts);
    open_ = std::move(open);
}

void summary::finish() {
    open_.sort();
    count_pieces(1);
}

void summary::reopen() {
    open_.sort();
    count_pieces(-1);
}

void summary::count_pieces(amount times) {
    if (open_.transactions.empty() && open_.calls.empty()) return;
    tally in_pieces(SIZE_MAX);
    time_span span;
    for (const auto &one : inputs_) span.add(one.span);
    open_transactions_ = count_exchanges(open_, span, in_pieces);
    counts_.add_exchanges(in_pieces, times);
}

const input_entry *summary::entry_of(const input_digest &digest) const noexcept {
    const auto at = std::lower_bound(inputs_.begin(), inputs_.end(), digest,
                                     [](const input_entry &a, const input_digest &b) { return a.digest < b; });
    return at != inputs_.end() && at->digest == digest ? &*at : nullptr;
}

void summary::insert(input_entry made) {
    const auto at = std::lower_bound(inputs_.begin(), inputs_.end(), made.digest,
                                     [](const input_entry &a, const input_digest &b) { return a.digest < b; });
    inputs_.insert(at, std::move(made));
}

} // namespace sipstatus::tool
