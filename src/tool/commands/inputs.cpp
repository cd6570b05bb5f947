#include "commands/inputs.hpp"

#include "octet_text.hpp"
#include "sip/message_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace sipstatus::tool {

namespace {

// Counts what passes.
class response_counter final : public stage<response> {
public:
    explicit response_counter(stage<response> &next) : next_(next) {}

    void push(const response &item) override {
        ++count_;
        next_.push(item);
    }
    void finish() override { next_.finish(); }

    std::uint64_t count() const noexcept { return count_; }

private:
    stage<response> &next_;
    std::uint64_t count_ = 0;
};

// The stages of one input.
class pipeline {
public:
    pipeline(run &on, const std::string &path, stage<response> &to) : run_(on), path_(path), counter_(to) {}

    input_counts read() {
        try {
            source in(path_, [this] { run_.flush(); });
            message_source messages(in, path_, left_out_);
            try {
                messages.read_into(responses_);
            } catch (const input_error &error) {
                run_.complain(path_, error.what(), error.offset());
            }
            say_what_was_left_out(messages.frames());
            if (counter_.count() == 0 && messages.frames() != 0)
                run_.hint(fmt::format("{}: no responses in {}", input_name(path_),
                                      counted(messages.frames(), messages.is_text() ? "line" : "frame")));
            return {counter_.count(), messages.is_text() ? messages.frames() : 0};
        } catch (const input_error &error) {
            run_.complain(path_, error.what(), error.offset());
            return {};
        }
    }

private:
    void say_what_was_left_out(std::uint64_t frames) {
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
            kinds.push_back(fmt::format("{}{}, the first in frame {}", words_of(row), like, row.first_frame));
        }
        if (rows.size() > most_kinds) kinds.push_back(counted(rows.size() - most_kinds, "other kind"));
        const auto text =
            fmt::format("{}: {}: not read: {}", input_name(path_), counted(frames, "frame"), fmt::join(kinds, "; "));
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
    response_counter counter_;
    response_reader responses_{counter_};
};

} // namespace

input_counts read_input(run &on, const std::string &path, stage<response> &to) {
    return pipeline(on, path, to).read();
}

} // namespace sipstatus::tool
