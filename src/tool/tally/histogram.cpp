#include "tally/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sipstatus::tool {

std::size_t histogram::bucket_of(std::uint64_t microseconds) noexcept {
    if (microseconds < steps) return static_cast<std::size_t>(microseconds);
    const auto exponent = static_cast<unsigned>(std::bit_width(microseconds)) - 1;
    if (exponent >= longest_bits) return bucket_count - 1;
    const auto step = microseconds >> (exponent - 4) & (steps - 1);
    return (exponent - 4) * steps + steps + static_cast<std::size_t>(step);
}

std::uint64_t histogram::bound_of(std::size_t bucket) noexcept {
    if (bucket < steps) return bucket;
    if (bucket >= bucket_count - 1) return std::uint64_t{1} << longest_bits;
    const auto exponent = static_cast<unsigned>((bucket - steps) / steps);
    const auto step = (bucket - steps) % steps;
    return ((std::uint64_t{steps} + step + 1) << exponent) - 1;
}

void histogram::add(const histogram &other, std::int64_t times) {
    if (other.counts_.empty()) return;
    if (counts_.empty()) counts_.resize(bucket_count);
    for (std::size_t i = 0; i < bucket_count; ++i) counts_[i] += times * other.counts_[i];
    count_ += times * other.count_;
    sum_ += times * other.sum_;
}

void histogram::add_bucket(std::size_t bucket, std::int64_t times) {
    if (counts_.empty()) counts_.resize(bucket_count);
    counts_[bucket] += times;
    count_ += times;
}

std::uint64_t histogram::percentile(double percent) const noexcept {
    if (count_ <= 0) return 0;
    const auto rank =
        std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(percent / 100 * static_cast<double>(count_))));
    std::int64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i)
        if ((seen += counts_[i]) >= rank) return bound_of(i);
    return bound_of(bucket_count - 1);
}

} // namespace sipstatus::tool
