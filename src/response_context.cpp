// Events of a forked request in, what to do next out.

#include <sipstatus/best_response.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {
namespace {

constexpr static_text item_5{"RFC 3261 section 16.7 item 5"}, item_6{"RFC 3261 section 16.7 item 6"},
    next_targets{"RFC 3261 section 16.6"}, no_transaction{"RFC 3261 section 17.1"},
    caller_cancels{"RFC 3261 section 16.10"}, no_408{"RFC 4320 section 4.2"};

} // namespace

bool response_context::may_start() const noexcept {
    return !is_complete_ && !has_global_failure_ && !request_.cancelled && count_ < capacity_;
}

std::size_t response_context::start_branch() noexcept {
    if (!may_start()) return npos;
    branches_[count_] = {};
    ++pending_;
    return count_++;
}

// Marks every branch that has no final response. Whether one of them can be cancelled now.
bool response_context::cancel_pending() noexcept {
    if (request_.method != method::invite) return false;
    bool is_ready = false;
    for (std::size_t n = 0; n < count_; ++n) {
        auto &one = branches_[n];
        if (one.is_final() || one.cancel != cancel_state::none) continue;
        one.cancel = cancel_state::due;
        is_ready |= to_int(one.code) != 0;
    }
    return is_ready;
}

std::size_t response_context::next_cancel() noexcept {
    for (std::size_t n = 0; n < count_; ++n) {
        auto &one = branches_[n];
        if (one.cancel != cancel_state::due || one.is_final() || to_int(one.code) == 0) continue;
        one.cancel = cancel_state::sent;
        return n;
    }
    return npos;
}

void response_context::conclude(advice &says) noexcept {
    if (has_targets_ && may_start()) {
        says.action = action::try_next;
        says.section = next_targets;
        return;
    }
    says.best = choose(all(), request_, *by_);
    says.action = says.best.code == status{} ? action::nothing : action::forward_best;
    says.section = says.best.code == status{} ? no_408 : item_6;
    is_complete_ = true;
    says.cancel |= cancel_pending();
}

advice response_context::finish_branch(branch &one, status code, branch_origin origin) noexcept {
    one.code = code;
    one.origin = origin;
    one.arrival = arrivals_;
    if (arrivals_ != 0xFFFF) ++arrivals_;
    --pending_;
    advice says{is_complete_ ? action::nothing : action::wait, false, item_5, {}};
    if (is_complete_) return says;
    bool is_over = pending_ == 0;
    if (class_of(code) == status_class::global_failure) {
        has_global_failure_ = true;
        if (by_->traits.contains(ranking_trait::global_failure_cancels)) says.cancel = cancel_pending();
        is_over |= by_->traits.contains(ranking_trait::global_failure_at_once);
    }
    if (is_over) conclude(says);
    return says;
}

advice response_context::on_response(std::size_t number, status code) noexcept {
    if (number >= count_ || !to_status(to_int(code))) return {};
    auto &one = branches_[number];
    const auto sent = is_complete_ ? finality::final : finality::provisional;
    const auto says = forward(code, request_.method, sent);
    advice next{says == forwarding::at_once ? action::forward : action::nothing, false, says.section, {}};
    if (is_provisional(code)) {
        if (one.is_final()) return {action::nothing, false, no_transaction, {}};
        one.code = code;
        next.cancel = one.cancel == cancel_state::due;
        return next;
    }
    if (class_of(code) != status_class::success) {
        if (one.is_final()) return {action::nothing, false, no_transaction, {}}; // a retransmission
        return finish_branch(one, code, branch_origin::peer);
    }
    // A 2xx may come from several places downstream on one branch, and after the branch was given up.
    if (!one.is_final()) {
        one.arrival = arrivals_;
        if (arrivals_ != 0xFFFF) ++arrivals_;
        --pending_;
    }
    one.code = code;
    one.origin = branch_origin::peer;
    if (says == forwarding::at_once) {
        is_complete_ = true;
        next.cancel = cancel_pending();
    }
    return next;
}

advice response_context::on_timeout(std::size_t number) noexcept {
    if (number >= count_ || branches_[number].is_final()) return {};
    return finish_branch(branches_[number], timed_out.code, timed_out.origin);
}

advice response_context::on_transport_error(std::size_t number) noexcept {
    if (number >= count_ || branches_[number].is_final()) return {};
    return finish_branch(branches_[number], transport_failed.code, transport_failed.origin);
}

advice response_context::on_cancel() noexcept {
    if (is_complete_ || request_.method != method::invite) return {};
    request_.cancelled = true;
    advice says{action::wait, false, caller_cancels, {}};
    says.cancel = cancel_pending();
    if (pending_ == 0) conclude(says);
    return says;
}

} // namespace sipstatus::inline SIPSTATUS_ABI
