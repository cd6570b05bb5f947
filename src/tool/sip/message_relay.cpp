#include "sip/message_relay.hpp"

#include <cstring>

namespace sipstatus::tool {

message_relay::message_relay(stage<message> &responses, stage<message> &requests)
    : responses_(*this, responses, true), requests_(*this, requests, false), thread_([this] { run(); }) {}

message_relay::~message_relay() {
    stop();
}

void message_relay::put(const message &item, stage<message> &target) {
    if (const auto &full = batches_[filling_];
        full.messages.size() == batch_messages || item.octets.size() > batch_octets - full.size)
        hand_over();
    auto &to = batches_[filling_];
    if (item.octets.size() > batch_octets) {
        // Longer than any message that a datagram or a stream may have: it goes alone.
        to.octets.reset(new char[item.octets.size()]);
    }
    char *const octets = to.octets.get() + to.size;
    std::memcpy(octets, item.octets.data(), item.octets.size());
    to.size += item.octets.size();
    to.messages.push_back(item);
    to.messages.back().octets = {octets, item.octets.size()};
    to.targets.push_back(&target);
    if (to.size > batch_octets) hand_over();
}

// Gives the batch to the thread, and waits for an empty one.
void message_relay::hand_over() {
    std::unique_lock guard(mutex_);
    ++filled_;
    changed_.notify_all();
    changed_.wait(guard, [this] { return filled_ < batch_count; });
    filling_ = (filling_ + 1) % batch_count;
    auto &next = batches_[filling_];
    if (next.size > batch_octets) next.octets.reset(new char[batch_octets]);
    next.size = 0;
    next.messages.clear();
    next.targets.clear();
}

void message_relay::stop() {
    {
        const std::lock_guard guard(mutex_);
        is_over_ = true;
        changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
}

void message_relay::end(stage<message> &target) {
    hand_over();
    stop();
    if (failure_) std::rethrow_exception(failure_);
    target.finish();
}

void message_relay::run() {
    for (std::size_t at = 0;; at = (at + 1) % batch_count) {
        {
            std::unique_lock guard(mutex_);
            changed_.wait(guard, [this] { return filled_ != 0 || is_over_; });
            if (filled_ == 0) return;
        }
        try {
            const auto &full = batches_[at];
            for (std::size_t i = 0; i < full.messages.size() && !failure_; ++i) full.targets[i]->push(full.messages[i]);
        } catch (...) {
            failure_ = std::current_exception(); // what follows is dropped
        }
        const std::lock_guard guard(mutex_);
        --filled_;
        changed_.notify_all();
    }
}

} // namespace sipstatus::tool
