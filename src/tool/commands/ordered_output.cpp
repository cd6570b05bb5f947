#include "commands/ordered_output.hpp"

#include <utility>

namespace sipstatus::tool {

void ordered_output::begin(std::size_t input) {
    std::unique_lock lock(mutex_);
    has_turn(input, lock);
}

void ordered_output::write(std::size_t input, std::string_view rows, const report &from) {
    if (rows.empty()) return;
    const bool is_first = !std::exchange(parts_[input].has_rows, true);
    const auto where = is_first ? from.first_seam() : seam{};
    std::unique_lock lock(mutex_);
    if (has_turn(input, lock)) {
        lock.unlock();
        return emit_rows(rows, where);
    }
    kept_ += rows.size();
    parts_[input].kept.push_back({false, std::string(rows), where});
}

void ordered_output::say(std::size_t input, const std::string &message) {
    std::unique_lock lock(mutex_);
    if (has_turn(input, lock)) {
        lock.unlock();
        return emit_message(message);
    }
    kept_ += message.size();
    parts_[input].kept.push_back({true, message, {}});
}

void ordered_output::end(std::size_t input) {
    std::unique_lock lock(mutex_);
    parts_[input].ended = true;
    while (turn_ < parts_.size() && parts_[turn_].ended) {
        if (++turn_ == parts_.size()) break;
        auto &kept = parts_[turn_].kept;
        for (const auto &one : kept) {
            kept_ -= one.text.size();
            if (one.is_message)
                emit_message(one.text);
            else
                emit_rows(one.text, one.where);
        }
        kept = {};
    }
    lock.unlock();
    changed_.notify_all();
}

void ordered_output::await_turn(std::size_t input) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return is_stopped() || input == turn_; });
    if (is_stopped()) throw stopped{};
}

void ordered_output::fail(std::exception_ptr why) noexcept {
    {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::move(why);
        is_stopped_.store(true, std::memory_order_relaxed);
    }
    changed_.notify_all();
}

bool ordered_output::has_turn(std::size_t input, std::unique_lock<std::mutex> &lock) {
    changed_.wait(lock, [&] { return is_stopped() || input == turn_ || kept_ < most_kept; });
    if (is_stopped()) throw stopped{};
    return input == turn_;
}

void ordered_output::emit_message(const std::string &message) {
    const auto aside = progress_.step_aside();
    run_.say(message);
}

void ordered_output::emit_rows(std::string_view rows, const seam &where) {
    // Rows on a terminal stand above the line of progress. Elsewhere that need not go away for them.
    const auto aside = run_.screen().terminal ? progress_.step_aside() : std::unique_lock<std::mutex>();
    if (has_rows_) {
        rows.remove_prefix(where.opening.size());
        run_.write(where.joint);
    }
    has_rows_ = true;
    run_.write(rows);
}

} // namespace sipstatus::tool
