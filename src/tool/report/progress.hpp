#ifndef SIPSTATUS_TOOL_REPORT_PROGRESS_HPP
#define SIPSTATUS_TOOL_REPORT_PROGRESS_HPP

// How far long work has come: one line at the bottom of a terminal, on standard error. It comes after half a second, is
// drawn at most five times a second, and is gone at the end.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace sipstatus::tool {

class progress {
public:
    // What was read of one input so far.
    struct counts {
        std::uint64_t octets = 0; // of the file
        std::uint64_t frames = 0;
        std::uint64_t responses = 0;
        bool is_text = false;
    };

    // `octets` of all inputs together; 0 where nobody knows. A progress that is not wanted draws nothing.
    progress(bool wanted, std::size_t inputs, std::uint64_t octets);
    ~progress();
    progress(const progress &) = delete;
    progress &operator=(const progress &) = delete;

    // Whether there is a terminal to draw on.
    static bool has_terminal();

    // Inputs are numbered in their order; several may be read at a time, each by a thread.
    void begin(std::size_t input, const std::string &name);
    void update(std::size_t input, const counts &now);
    void end(std::size_t input);

    // Takes the line away for as long as the result lives, so that something else can be written to the terminal.
    std::unique_lock<std::mutex> step_aside();

private:
    struct running {
        std::string name;
        counts last;
    };
    using clock = std::chrono::steady_clock;

    std::string line(clock::time_point now) const;
    void draw();
    void erase();

    const bool wanted_;
    const std::size_t inputs_;
    const std::uint64_t octets_;
    const clock::time_point begun_ = clock::now();

    std::mutex mutex_; // guards what follows
    std::map<std::size_t, running> running_;
    std::size_t ended_ = 0;
    counts sum_;
    clock::time_point next_;
    bool is_drawn_ = false;
};

} // namespace sipstatus::tool

#endif
