#ifndef SIPSTATUS_TOOL_COMMANDS_ORDERED_OUTPUT_HPP
#define SIPSTATUS_TOOL_COMMANDS_ORDERED_OUTPUT_HPP

// What inputs that are read at the same time have to say, in the order of the inputs.
//
// The first input that has not ended is the one whose turn it is: what it writes goes out at once. What the others
// write is kept; where too much of it has come together, they wait.

#include "commands/run.hpp"
#include "report/progress.hpp"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace sipstatus::tool {

class ordered_output {
public:
    // Rows and messages go to those of `on`. All must outlive it.
    ordered_output(run &on, progress &shown, std::size_t inputs) : run_(on), progress_(shown), parts_(inputs) {}

    // Each may wait, and throws output_error, or `stopped` after fail().
    void begin(std::size_t input);
    void write(std::size_t input, std::string_view rows, const report &from);
    void say(std::size_t input, const std::string &message);
    void end(std::size_t input);
    // Until the inputs before it have ended.
    void await_turn(std::size_t input);

    struct stopped {};

    // No more of anything is wanted. The first failure is kept.
    void fail(std::exception_ptr why) noexcept;
    bool is_stopped() const noexcept { return is_stopped_.load(std::memory_order_relaxed); }
    void rethrow_failure() const {
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    // What all inputs together may have written before their turn.
    static constexpr std::size_t most_kept = std::size_t{4} << 20;

    struct piece {
        bool is_message;
        std::string text;
        seam where; // of the input's first rows
    };
    struct part {
        std::vector<piece> kept;
        bool has_rows = false;
        bool ended = false;
    };

    // Whether it is the turn of an input; it is until that ends. Else waits for room.
    bool has_turn(std::size_t input, std::unique_lock<std::mutex> &lock);
    void emit_rows(std::string_view rows, const seam &where);
    void emit_message(const std::string &message);

    run &run_;
    progress &progress_;
    std::mutex mutex_; // guards what follows, but what only the input of the turn changes
    std::condition_variable changed_;
    std::vector<part> parts_;
    std::size_t turn_ = 0;
    std::size_t kept_ = 0;  // octets
    bool has_rows_ = false; // some went out
    std::exception_ptr failure_;
    std::atomic<bool> is_stopped_{false};
};

} // namespace sipstatus::tool

#endif
