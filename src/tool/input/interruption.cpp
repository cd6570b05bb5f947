#include "input/interruption.hpp"

#include <atomic>
#include <csignal>

namespace sipstatus::tool {

namespace {

std::atomic<bool> noted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

void note(int) {
    noted.store(true, std::memory_order_relaxed);
}

} // namespace

void expect_interruption() {
    struct sigaction action {};
    action.sa_handler = note;
    action.sa_flags = static_cast<int>(SA_RESETHAND); // and not SA_RESTART: a read that waits is to return
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

bool is_interrupted() noexcept {
    return noted.load(std::memory_order_relaxed);
}

} // namespace sipstatus::tool
