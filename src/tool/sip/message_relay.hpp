#ifndef SIPSTATUS_TOOL_SIP_MESSAGE_RELAY_HPP
#define SIPSTATUS_TOOL_SIP_MESSAGE_RELAY_HPP

// Hands messages to stages that run in a thread of their own, in batches: what is done with a message then takes no
// time from reading. Memory is bounded; a reader that is faster waits.

#include "sip/message.hpp"
#include "stage.hpp"

#include <array>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace sipstatus::tool {

class message_relay {
public:
    // Both must outlive the relay, and are used in its thread until finish() has returned.
    message_relay(stage<message> &responses, stage<message> &requests);
    ~message_relay();
    message_relay(const message_relay &) = delete;
    message_relay &operator=(const message_relay &) = delete;

    // Where messages enter. finish() of the first one returns when all of them were taken; it throws what the stages
    // threw.
    stage<message> &responses() noexcept { return responses_; }
    stage<message> &requests() noexcept { return requests_; }

private:
    static constexpr std::size_t batch_octets = std::size_t{1} << 18, batch_messages = 1024, batch_count = 4;

    struct batch {
        std::unique_ptr<char[]> octets{new char[batch_octets]};
        std::size_t size = 0; // of the octets
        std::vector<message> messages;
        std::vector<stage<message> *> targets;
    };
    class inlet final : public stage<message> {
    public:
        inlet(message_relay &relay, stage<message> &target, bool ends) : relay_(relay), target_(target), ends_(ends) {}
        void push(const message &item) override { relay_.put(item, target_); }
        void finish() override {
            if (ends_) relay_.end(target_);
        }

    private:
        message_relay &relay_;
        stage<message> &target_;
        bool ends_;
    };

    void put(const message &item, stage<message> &target);
    void end(stage<message> &target);
    void hand_over();
    void stop();
    void run();

    inlet responses_, requests_;
    std::array<batch, batch_count> batches_;
    std::size_t filling_ = 0; // the reader's batch
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t filled_ = 0; // batches that wait for the thread
    bool is_over_ = false;
    std::exception_ptr failure_;
    std::thread thread_;
};

} // namespace sipstatus::tool

#endif
