#include "commands/inputs.hpp"

#include "commands/ordered_output.hpp"
#include "commands/paths.hpp"
#include "input/interruption.hpp"
#include "input/live.hpp"
#include "octet_text.hpp"
#include "report/progress.hpp"
#include "sip/message_relay.hpp"
#include "sip/message_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace sipstatus::tool {

namespace {

// Counts what passes.
class response_counter final : public stage<response> {
public:
    explicit response_counter(stage<response> &next) : next_(next) {}

    void push(const response &item) override {
        count_.store(count() + 1, std::memory_order_relaxed);
        next_.push(item);
    }
    void finish() override { next_.finish(); }

    std::uint64_t count() const noexcept { return count_.load(std::memory_order_relaxed); }

private:
    stage<response> &next_;
    std::atomic<std::uint64_t> count_{0}; // the progress is shown by another thread
};

// The stages of one input.
class pipeline {
public:
    // Stops where `is_enough` says so. Requests go to `requests`; to nobody if it is null.
    pipeline(run &on, const std::string &path, stage<response> &to, stage<message> *requests,
             std::function<bool()> is_enough)
        : run_(on), path_(path), requests_(requests), is_enough_(std::move(is_enough)), counter_(to) {}

    // Calls `listener` with what was read so far, now and then.
    template <class Listener> input_counts read(Listener listener) {
        return reporting([&] {
            source in(path_, [this] { run_.flush(); });
            message_source messages(in, path_, left_out_, run_.options().reading);
            // What is done with requests and responses together takes longer than reading them. With a limit, reading
            // depends on what was done.
            if (requests_ && run_.options().most_responses == UINT64_MAX) relay_.emplace(responses_, *requests_);
            in.tell_of_reading([&] {
                listener({in.octets_of_file(), messages.frames(), counter_.count(), messages.is_text()});
            });
            return read(messages, [] {});
        });
    }

    // A file that is still being written, until the user interrupts.
    input_counts follow() {
        return reporting([this] {
            source in(follow_file(path_), [this] { run_.flush(); });
            expect_interruption();
            run_.hint(fmt::format("following {}: Ctrl-C ends it", input_name(path_)));
            message_source messages(in, path_, left_out_, run_.options().reading);
            auto counts = read(messages, [] {});
            if (is_interrupted() && in.unread() != 0)
                run_.hint(fmt::format("{}: offset {}: not read: {} that are not yet a whole record", input_name(path_),
                                      in.offset(), counted(in.unread(), "octet")));
            run_.hint(fmt::format("{}: {} read, {}", input_name(path_),
                                  counted(messages.frames(), messages.is_text() ? "line" : "packet"),
                                  counted(counts.responses, "response")));
            return counts;
        });
    }

    // Where `open` opens what has no end.
    template <class Open> input_counts read_live(Open open) {
        return reporting([this, open] {
            const std::unique_ptr<live_reader> packets = open([this] { run_.flush(); });
            expect_interruption();
            run_.hint(fmt::format("listening on {}: Ctrl-C ends it", packets->title()));
            message_source messages(*packets, path_, left_out_, run_.options().reading);
            auto counts = read(messages, [&] { account_for(packets->dropped(), messages.frames()); });
            run_.hint(fmt::format("{}: {} read, {} dropped, {}", path_, counted(messages.frames(), "packet"),
                                  packets->dropped(), counted(counts.responses, "response")));
            return counts;
        });
    }

private:
    template <class Read> input_counts reporting(Read read) {
        try {
            return read();
        } catch (const interruption &) {
            return {}; // before the input was known
        } catch (const input_error &error) {
            run_.complain(path_, error.what(), error.offset());
            return {};
        }
    }

    // Calls `at_the_end` before what was left out is said.
    template <class End> input_counts read(message_source &messages, End at_the_end) {
        if (requests_) messages.hand_requests_to(relay_ ? relay_->requests() : *requests_);
        try {
            messages.read_into(relay_ ? relay_->responses() : responses_, is_enough_);
        } catch (const interruption &) {
            // It ends here, as the user wants.
        } catch (const input_error &error) {
            run_.complain(path_, error.what(), error.offset());
        }
        at_the_end();
        const auto *const noun = messages.is_text() ? "line" : "frame";
        say_what_was_left_out(messages.frames(), noun);
        if (counter_.count() == 0 && messages.frames() != 0)
            run_.hint(fmt::format("{}: no responses in {}", input_name(path_),
                                  counted(messages.frames(), messages.is_text() ? "line" : "frame")));
        return {counter_.count(), messages.frames(), messages.is_text() && !messages.is_log() ? messages.frames() : 0,
                left_out_, true};
    }

    void account_for(std::uint64_t dropped, std::uint64_t frames) {
        constexpr static unread_kind kind{"dropped", "packet", "that came faster than they could be read"};
        if (dropped != 0) left_out_.leave_out(kind, 0, frames, account::suspicion::unknown, dropped);
    }

    void say_what_was_left_out(std::uint64_t frames, std::string_view noun) {
        if (left_out_.rows().empty()) return;
        // What may matter most stands first, and one line is enough: NDJSON has every kind.
        constexpr std::size_t most_kinds = 5;
        auto rows = left_out_.rows();
        std::stable_sort(rows.begin(), rows.end(), [](const account::row &a, const account::row &b) {
            return std::pair(a.may_hide_sip, a.count) > std::pair(b.may_hide_sip, b.count);
        });
        std::vector<std::string> kinds;
        for (const auto &row : rows) {
            if (kinds.size() == most_kinds) break;
            const auto like = row.looks_like_sip == 0 ? "" : fmt::format(" ({} like SIP)", row.looks_like_sip);
            kinds.push_back(fmt::format("{}{}, the first in {} {}", words_of(row), like, noun, row.first_frame));
        }
        if (rows.size() > most_kinds) kinds.push_back(counted(rows.size() - most_kinds, "other kind"));
        const auto text =
            fmt::format("{}: {}: not read: {}", input_name(path_), counted(frames, noun), fmt::join(kinds, "; "));
        if (left_out_.may_hide_sip())
            run_.complain(text);
        else
            run_.hint(text);
        run_.report().end_of_input({path_, frames, counter_.count(), left_out_});
        run_.end_record();
    }

    run &run_;
    const std::string &path_;
    account left_out_;
    stage<message> *requests_;
    std::function<bool()> is_enough_;
    response_counter counter_;
    response_reader responses_{counter_};
    std::optional<message_relay> relay_; // in front of it
};

// The run of one input among several: what it says goes out in the order of the inputs.
class input_run {
public:
    input_run(run &on, ordered_output &to, std::size_t input)
        : rows_([this, &to, input](std::string_view rows) { to.write(input, rows, run_.report()); }),
          run_(on.options(), rows_, on.screen(), [&to, input](const std::string &text) { to.say(input, text); }) {}

    run &own() noexcept { return run_; }

private:
    output rows_;
    run run_;
};

// Reads the inputs, several at a time if the options say so.
class reading {
public:
    reading(run &on, std::vector<std::string> paths, const selection &wanted, const make_consumer &make)
        : run_(on), paths_(std::move(paths)), wanted_(wanted), make_(make), is_live_(is_live(on.options())),
          progress_(!is_live_ && !on.options().quiet && progress::has_terminal(), paths_.size(), size_of(paths_)),
          ordered_(on, progress_, paths_.size()), left_(on.options().most_responses) {}

    void read_all() {
        // With a limit, what is read of one input depends on those before it.
        const bool one_by_one = left_ != UINT64_MAX;
        const auto jobs = one_by_one ? 1 : std::min(run_.options().jobs, paths_.size());
        std::vector<std::thread> others;
        for (std::size_t i = 1; i < jobs; ++i) others.emplace_back([this] { work(); });
        work();
        for (auto &one : others) one.join();
        ordered_.rethrow_failure();
        run_.raise_status(static_cast<exit_status>(status_));
        if (run_.options().recursive && faulty_ != 0)
            run_.hint(fmt::format("{}: {} not read, or not to the end", counted(paths_.size(), "file"), faulty_));
    }

    bool is_done() const noexcept { return left_ == 0; }

private:
    static bool is_live(const options &chosen) {
        return chosen.follow || !chosen.interface.empty() || !chosen.hep.empty();
    }

    void work() noexcept {
        try {
            for (;;) {
                const auto input = next_++;
                if (input >= paths_.size() || is_done()) return;
                ordered_.begin(input);
                read_one(input);
                ordered_.end(input);
            }
        } catch (const ordered_output::stopped &) {
            // Another thread failed.
        } catch (...) {
            ordered_.fail(std::current_exception());
        }
    }

    void read_one(std::size_t input) {
        const auto &path = paths_[input];
        input_run own(run_, ordered_, input);
        const auto to = make_(own.own());
        selector selected(wanted_, left_, *to);
        // Without a limit, another thread may be handing on what is selected.
        const bool has_limit = left_ != UINT64_MAX;
        pipeline stages(own.own(), path, selected, to->requests(),
                        [&] { return (has_limit && selected.is_done()) || ordered_.is_stopped(); });
        progress_.begin(input, path);
        const auto counts = is_live_ ? read_live(stages)
                                     : stages.read([&](const progress::counts &now) { progress_.update(input, now); });
        if (to->ends_in_order()) ordered_.await_turn(input);
        to->end_of_input(path, counts);
        progress_.end(input);
        if (left_ != UINT64_MAX) left_ = selected.left();
        own.own().flush();
        const std::lock_guard lock(mutex_);
        status_ = std::max(status_, own.own().status());
        if (own.own().status() == unreadable) ++faulty_;
    }

    input_counts read_live(pipeline &stages) const {
        const auto &chosen = run_.options();
        if (chosen.follow) return stages.follow();
        return stages.read_live([&chosen](std::function<void()> before_waiting) {
            return chosen.hep.empty()
                       ? open_interface(chosen.interface, chosen.reading.filter, std::move(before_waiting))
                       : open_hep_server(chosen.hep, std::move(before_waiting));
        });
    }

    run &run_;
    const std::vector<std::string> paths_;
    const selection &wanted_;
    const make_consumer &make_;
    const bool is_live_;
    progress progress_;
    ordered_output ordered_;
    std::atomic<std::size_t> next_{0};
    std::uint64_t left_; // of the limit; changes only where inputs are read one by one
    std::mutex mutex_;   // guards what follows
    int status_ = clean;
    std::size_t faulty_ = 0; // inputs that could not be read, whole or in part
};

// What is read: files, or the one place that packets come from.
std::vector<std::string> inputs_of(run &on) {
    const auto &chosen = on.options();
    if (!chosen.interface.empty()) return {chosen.interface};
    if (!chosen.hep.empty()) return {chosen.hep};
    return paths_of(on);
}

} // namespace

void read_inputs(run &on, const make_consumer &make) {
    read_inputs(on, on.options().wanted, make);
}

void read_inputs(run &on, const selection &wanted, const make_consumer &make) {
    reading inputs(on, inputs_of(on), wanted, make);
    inputs.read_all();
    if (inputs.is_done())
        on.hint(fmt::format("stopped after {}, as --limit says", counted(on.options().most_responses, "response")));
}

} // namespace sipstatus::tool
