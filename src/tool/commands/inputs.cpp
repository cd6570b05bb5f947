#include "commands/inputs.hpp"

#include "octet_text.hpp"
#include "sip/message_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
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
    pipeline(run &on, const std::string &path, selector &to) : run_(on), path_(path), selector_(to), counter_(to) {}

    input_counts read() {
        try {
            source in(path_, [this] { run_.flush(); });
            message_source messages(in, path_, left_out_);
            try {
                messages.read_into(responses_, [this] { return selector_.is_done(); });
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
    selector &selector_;
    response_counter counter_;
    response_reader responses_{counter_};
};

// The files of a folder and of those below, in the order of their names.
std::vector<std::string> files_below(const std::string &folder) {
    std::vector<std::string> files;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder))
        if (!entry.is_directory()) files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

// The arguments, with folders replaced by what is in them.
std::vector<std::string> paths_of(run &on) {
    std::vector<std::string> paths;
    for (const auto &argument : on.options().arguments) {
        std::error_code error;
        if (argument == "-" || !std::filesystem::is_directory(argument, error)) {
            paths.push_back(argument);
        } else if (!on.options().recursive) {
            on.complain(fmt::format("{}: a folder: add --recursive to read the files in it", input_name(argument)));
        } else {
            try {
                const auto files = files_below(argument);
                paths.insert(paths.end(), files.begin(), files.end());
                if (files.empty()) on.complain(fmt::format("{}: no file in this folder", input_name(argument)));
            } catch (const std::filesystem::filesystem_error &failure) {
                on.complain(fmt::format("{}: {}", input_name(argument), failure.code().message()));
            }
        }
    }
    return paths;
}

} // namespace

void read_inputs(run &on, stage<response> &to, const end_of_input &ended) {
    selector selected(on.options().wanted, on.options().most_responses, to);
    for (const auto &path : paths_of(on)) {
        if (selected.is_done()) break;
        ended(path, pipeline(on, path, selected).read());
    }
    if (selected.is_done())
        on.hint(fmt::format("stopped after {}, as --limit says", counted(on.options().most_responses, "response")));
}

} // namespace sipstatus::tool
