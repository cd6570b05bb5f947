#ifndef SIPSTATUS_TOOL_TALLY_HISTOGRAM_HPP
#define SIPSTATUS_TOOL_TALLY_HISTOGRAM_HPP

// Durations, counted between fixed bounds, so that histograms of many files add up exactly. Each octave has 16 bounds:
// a percentile is at most 1/16 too high.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sipstatus::tool {

class histogram {
public:
    static constexpr unsigned steps = 16;        // in an octave; below that every microsecond has a bucket
    static constexpr unsigned longest_bits = 42; // longer durations are counted as 2^42 microseconds, which are 50 days
    static constexpr std::size_t bucket_count = (longest_bits - 4) * steps + steps + 1;

    // The bucket of a duration, and the longest duration that is in a bucket.
    static std::size_t bucket_of(std::uint64_t microseconds) noexcept;
    static std::uint64_t bound_of(std::size_t bucket) noexcept;

    // Counts the duration `times` times; a negative number takes it back.
    void add(std::uint64_t microseconds, std::int64_t times = 1) {
        if (counts_.empty()) counts_.resize(bucket_count);
        counts_[bucket_of(microseconds)] += times;
        count_ += times;
        sum_ += times * static_cast<std::int64_t>(microseconds);
    }
    void add(const histogram &other, std::int64_t times = 1);
    // What a file says of one bucket, and of the sum.
    void add_bucket(std::size_t bucket, std::int64_t times);
    void add_sum(std::int64_t microseconds) noexcept { sum_ += microseconds; }

    std::int64_t count() const noexcept { return count_; }
    std::int64_t sum() const noexcept { return sum_; } // in microseconds
    // 0 for a bucket that does not count anything.
    std::int64_t at(std::size_t bucket) const noexcept { return counts_.empty() ? 0 : counts_[bucket]; }
    // The bound that so many of a hundred are not above; 0 if there is none.
    std::uint64_t percentile(double percent) const noexcept;

private:
    std::vector<std::int64_t> counts_; // empty while nothing is counted
    std::int64_t count_ = 0, sum_ = 0;
};

} // namespace sipstatus::tool

#endif
