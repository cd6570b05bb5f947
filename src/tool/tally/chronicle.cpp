#include "tally/chronicle.hpp"

#include "octet_text.hpp"
#include "report/spelling.hpp"
#include "tally/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace sipstatus::tool {

time_line::bin &time_line::bin_at(std::int64_t second) {
    auto number = second / width_;
    if (number == last_ && last_bin_) return *last_bin_;
    while (bins_.size() >= most_bins && !bins_.contains(number)) {
        widen();
        number = second / width_;
    }
    last_ = number;
    last_bin_ = &bins_[number];
    return *last_bin_;
}

void time_line::add(std::int64_t second, const bin &counts) {
    auto &to = bin_at(second);
    for (std::size_t i = 0; i < counts.size(); ++i) to[i] += counts[i];
}

void time_line::add(const time_line &other) {
    while (width_ < other.width_) widen();
    for (const auto &[number, counts] : other.bins_) add(number * other.width_, counts);
}

void time_line::widen() {
    std::map<std::int64_t, bin> wide;
    for (const auto &[number, counts] : bins_) {
        auto &to = wide[number / 2];
        for (std::size_t i = 0; i < counts.size(); ++i) to[i] += counts[i];
    }
    bins_ = std::move(wide);
    width_ *= 2;
    last_bin_ = nullptr;
}

template <class Make> std::uint32_t text_pool::number_of_hash(std::uint64_t hash, Make make) {
    const auto [place, is_new] = numbers_.try_emplace(hash, static_cast<std::uint32_t>(texts_.size()));
    if (is_new) texts_.emplace_back(hash, make());
    return place->second;
}

std::uint32_t text_pool::number_of(std::string_view octets) {
    return number_of_hash(hash_of(octets), [&] { return as_text(octets); });
}

std::uint32_t text_pool::number_of(const endpoint &at) {
    const std::string_view address(reinterpret_cast<const char *>(at.address.data()), at.address.size());
    // Any seed but that of octets.
    const auto seed = std::uint64_t{1} << 32 | std::uint64_t{at.port} << 1 | (at.ipv6 ? 1u : 0u);
    return number_of_hash(hash_of(address, seed), [&] { return as_text(at); });
}

std::uint32_t text_pool::take(const text_pool &from, std::uint32_t number) {
    const auto &[hash, text] = from.texts_[number];
    return number_of_hash(hash, [&text = text] { return text; });
}

namespace {

bool is_challenge(unsigned code) noexcept {
    return code == 401 || code == 407;
}

// What a user brings about, and not a fault of the network.
bool is_outcome(unsigned code) noexcept {
    return code == 404 || code == 480 || code == 486 || code == 487 || code == 600 || code == 603;
}

// The message with its texts in another pool.
logged_message moved(logged_message one, const text_pool &from, text_pool &to) {
    for (auto text : {&logged_message::file, &logged_message::from, &logged_message::to, &logged_message::label,
                      &logged_message::method})
        one.*text = to.take(from, one.*text);
    return one;
}

std::string so_many(std::size_t number, std::string_view noun) {
    return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

} // namespace

unsigned logged_call::score() const noexcept {
    unsigned sum = failure == 0 ? 0 : is_outcome(failure) ? 5 : failure >= 500 ? 30 : 20;
    if (has_invite && !has_final) sum += 25;
    sum += 40 * static_cast<unsigned>(std::min<std::size_t>(errors, 3));
    sum += 8 * static_cast<unsigned>(std::min<std::size_t>(warnings, 5));
    return sum + 3 * static_cast<unsigned>(std::min<std::size_t>(repeated, 10));
}

std::vector<std::string> logged_call::reasons() const {
    std::vector<std::string> words;
    if (failure != 0) words.push_back(fmt::format("{}", failure));
    if (errors != 0) words.push_back(so_many(errors, "error"));
    if (warnings != 0) words.push_back(so_many(warnings, "warning"));
    if (has_invite && !has_final) words.emplace_back("INVITE without a final response");
    if (repeated != 0) words.push_back(fmt::format("{} sent again", repeated));
    return words;
}

void logged_call::keep(const logged_message &one) {
    repeated += std::any_of(messages.begin(), messages.end(),
                            [&one](const logged_message &before) { return before.repeats(one); });
    if (messages.size() == most_messages)
        ++more;
    else
        messages.push_back(one);
}

void call_log::add(const message &carrier, const exchange_fields &fields, std::string_view label, std::uint16_t code,
                   bool is_request, const std::vector<finding> &findings) {
    if (fields.call.call_id.empty() || !carrier.source || !carrier.destination || !carrier.time) return;
    make_room();
    auto &call = calls_[hash_of(fields.call.call_id)];
    if (call.messages.empty()) {
        constexpr std::size_t longest = 200;
        call.call_id = fields.call.call_id.substr(0, longest);
        constexpr std::size_t usual_messages = 4;
        call.messages.reserve(usual_messages);
    }
    const bool is_invite = fields.call.method == "INVITE";
    if (is_request && is_invite) call.has_invite = true;
    if (code >= 200 && is_invite) call.has_final = true;
    if (code >= 400 && !is_challenge(code)) call.failure = std::max(call.failure, code);
    constexpr std::int64_t most_seconds = INT64_MAX / 2'000'000;
    constexpr std::size_t longest_label = 80, longest_method = 16;
    logged_message made;
    made.time =
        std::clamp(carrier.time->seconds, -most_seconds, most_seconds) * 1'000'000 + carrier.time->nanoseconds / 1000;
    made.frame = carrier.frames.last;
    made.file = texts_.number_of(carrier.file);
    made.from = texts_.number_of(*carrier.source);
    made.to = texts_.number_of(*carrier.destination);
    made.label = texts_.number_of(label.substr(0, longest_label));
    made.method = texts_.number_of(fields.call.method.substr(0, longest_method));
    made.cseq = fields.call.cseq.value_or(0);
    made.code = code;
    for (const auto &one : findings) {
        call.errors += one.level == severity::error;
        call.warnings += one.level == severity::warning;
        if (made.rule_count < logged_message::most_rules)
            made.rules[made.rule_count++] = static_cast<std::uint8_t>(rule_number(one.rule));
    }
    const auto before = call.messages.size();
    call.keep(made);
    messages_ += call.messages.size() - before;
}

void call_log::add(const call_log &other) {
    for (const auto &[key, from] : other.calls_) {
        make_room();
        auto &to = calls_[key];
        if (to.messages.empty()) to.call_id = from.call_id;
        const auto before = to.messages.size();
        for (const auto &one : from.messages) to.keep(moved(one, other.texts_, texts_));
        messages_ += to.messages.size() - before;
        to.more += from.more;
        to.errors += from.errors;
        to.warnings += from.warnings;
        to.failure = std::max(to.failure, from.failure);
        to.has_invite |= from.has_invite;
        to.has_final |= from.has_final;
    }
}

void call_log::make_room() {
    while (calls_.size() >= most_calls || messages_ >= most_messages || texts_.size() >= most_texts) {
        const bool has_many_texts = texts_.size() >= most_texts / 2;
        give_up_half();
        if (has_many_texts) drop_unused_texts();
    }
}

// The calls that look best go; of those alike, the older ones.
void call_log::give_up_half() {
    std::vector<std::tuple<unsigned, std::int64_t, std::uint64_t>> order;
    order.reserve(calls_.size());
    for (const auto &[key, one] : calls_) order.emplace_back(one.score(), one.messages.back().time, key);
    const auto half = order.begin() + static_cast<std::ptrdiff_t>(order.size() / 2);
    std::nth_element(order.begin(), half, order.end());
    std::for_each(order.begin(), half, [this](const auto &one) {
        const auto gone = calls_.find(std::get<2>(one));
        messages_ -= gone->second.messages.size();
        calls_.erase(gone);
    });
}

void call_log::drop_unused_texts() {
    text_pool used;
    for (auto &[key, call] : calls_)
        for (auto &one : call.messages) one = moved(one, texts_, used);
    texts_ = std::move(used);
}

std::vector<const logged_call *> call_log::worst() const {
    std::vector<const logged_call *> order;
    for (const auto &[key, one] : calls_)
        if (one.score() != 0) order.push_back(&one);
    const auto is_worse = [](const logged_call *a, const logged_call *b) {
        return std::tuple(b->score(), a->messages.front().time, std::string_view(a->call_id)) <
               std::tuple(a->score(), b->messages.front().time, std::string_view(b->call_id));
    };
    const auto shown = std::min(order.size(), most_shown);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(), is_worse);
    order.resize(shown);
    return order;
}

} // namespace sipstatus::tool
