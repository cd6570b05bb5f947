#include "stages.hpp"

#include "json.hpp"
#include "memory_in_use.hpp"

#include "input/formats.hpp"
#include "octet_text.hpp"
#include "report/report.hpp"
#include "sip/findings.hpp"
#include "sip/message_source.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace fuzz {

namespace {

using namespace sipstatus::tool;

void require_call(bool succeeded, const char *name) {
    if (succeeded) return;
    std::perror(name);
    std::exit(1);
}

std::string path_of(int descriptor) {
    return "/proc/self/fd/" + std::to_string(descriptor);
}

// A file in memory.
class file {
public:
    explicit file(std::string_view octets) : descriptor_(memfd_create("input", MFD_CLOEXEC)) {
        require_call(descriptor_ >= 0, "memfd_create");
        while (!octets.empty()) {
            const auto written = write(descriptor_, octets.data(), octets.size());
            require_call(written > 0, "write");
            octets.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    ~file() { close(descriptor_); }
    file(const file &) = delete;
    file &operator=(const file &) = delete;

    std::string path() const { return path_of(descriptor_); }

private:
    int descriptor_;
};

// A pipe that gets its next piece whenever the source is about to read. `next` gives the pieces, an empty one at the
// end.
class stream {
public:
    explicit stream(std::function<std::string_view()> next) : next_(std::move(next)) {
        require_call(pipe2(ends_, O_CLOEXEC) == 0, "pipe2");
        require_call(fcntl(ends_[1], F_SETFL, O_NONBLOCK) == 0, "fcntl");
    }
    ~stream() {
        close(ends_[0]);
        if (ends_[1] >= 0) close(ends_[1]);
    }
    stream(const stream &) = delete;
    stream &operator=(const stream &) = delete;

    std::string path() const { return path_of(ends_[0]); }

    void pour() {
        if (ends_[1] < 0) return;
        if (piece_.empty()) piece_ = next_();
        if (piece_.empty()) {
            close(ends_[1]);
            ends_[1] = -1;
            return;
        }
        // A full pipe takes the rest another time: there is something to read then.
        const auto written = write(ends_[1], piece_.data(), piece_.size());
        require_call(written > 0 || errno == EAGAIN, "write");
        piece_.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }

private:
    std::function<std::string_view()> next_;
    std::string_view piece_;
    int ends_[2];
};

bool is_plain_text(std::string_view text) {
    return is_utf8(text) && std::none_of(text.begin(), text.end(),
                                         [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; });
}

void check_finding(const response &about, const finding &found) {
    const auto &all = rules();
    const auto rule =
        std::find_if(all.begin(), all.end(), [&found](const auto &one) { return one.name == found.rule; });
    require(rule != all.end() && rule->level == found.level, "a finding is of a rule, and as severe as that");
    require(!found.offset || *found.offset <= about.line.size(), "a finding is in the line or right after it");
    require(found.length >= 1, "a finding is about something");
    require(is_plain_text(found.text) && !found.text.empty(), "a finding says something");
}

// Both reports of one message. Not of a very long one: its rows would be written out before they can be looked at.
class rows {
public:
    static constexpr std::size_t longest_message = 8192;

    void check(const response &found, const std::vector<finding> &findings) {
        if (found.carrier.octets.size() > longest_message) return;
        if (found.is_readable()) {
            text_->list(found);
            check_text();
            json_->list(found);
            check_json(1);
        }
        if (findings.empty()) return;
        text_->check(found, findings);
        check_text();
        json_->check(found, findings);
        check_json(findings.size());
    }

private:
    void check_text() {
        auto &written = text_output_;
        require(written.ends_with('\n'), "a row ends with its line");
        for (std::string_view left = written; !left.empty(); left.remove_prefix(left.find('\n') + 1))
            require(is_plain_text(left.substr(0, left.find('\n'))), "a row of text is safe to show");
        written.clear();
    }
    void check_json(std::size_t count) {
        auto &written = json_output_;
        require(std::count(written.begin(), written.end(), '\n') == static_cast<std::ptrdiff_t>(count) &&
                    written.ends_with('\n'),
                "a row of NDJSON is one line");
        for (std::string_view left = written; !left.empty(); left.remove_prefix(left.find('\n') + 1)) {
            const auto row = left.substr(0, left.find('\n'));
            require(is_utf8(row) && json_text::is_value(row), "a row of NDJSON is JSON");
        }
        written.clear();
    }

    static std::unique_ptr<report> make(std::string_view name, std::string &to) {
        const auto &all = formats();
        return std::find_if(all.begin(), all.end(), [name](const format &one) { return one.name == name; })
            ->make(to, layout{});
    }

    std::string text_output_;
    std::string json_output_;
    std::unique_ptr<report> text_ = make("text", text_output_);
    std::unique_ptr<report> json_ = make("ndjson", json_output_);
};

void append(std::string &to, const std::optional<endpoint> &at) {
    to += !at ? "-" : at->ipv6 ? "6" : "4";
    if (!at) return;
    for (const auto octet : at->address) to.append(".").append(std::to_string(octet));
    to.append(":").append(std::to_string(at->port));
}

std::string spelled(const message &from, const std::vector<finding> &findings) {
    std::string text(name(from.transport));
    for (const auto &at : {from.source, from.destination}) append(text += ' ', at);
    text.append(" cut ").append(std::to_string(static_cast<int>(from.truncation)));
    if (from.time)
        text.append(" time ")
            .append(std::to_string(from.time->seconds))
            .append(".")
            .append(std::to_string(from.time->nanoseconds));
    for (const auto &one : findings)
        text.append("\n")
            .append(one.rule)
            .append(" at ")
            .append(std::to_string(one.offset.value_or(sipstatus::npos)))
            .append("+")
            .append(std::to_string(one.length))
            .append(" ")
            .append(one.text);
    return text;
}

std::string spelled(std::uint64_t offset, const std::string &why) {
    return std::to_string(offset).append(" ").append(why);
}

// What happens to an input.
class listener {
public:
    virtual ~listener() = default;
    virtual void hear(const response &found, const std::vector<finding> &findings) = 0;
    virtual void hear_left_out(const account::row &row) = 0;
    virtual void hear_error(const input_error &error) = 0;
};

class hearing final : public stage<message> {
public:
    explicit hearing(listener &to) : to_(to) {}

    void push(const message &next) override {
        require(next.frames.first >= 1 && next.frames.first <= next.frames.last, "a message has a range of frames");
        const auto found = read_response(next);
        find(found, findings_);
        for (const auto &one : findings_) check_finding(found, one);
        to_.hear(found, findings_);
    }
    void finish() override {
        require(!finished_, "an input ends once");
        finished_ = true;
    }

private:
    listener &to_;
    std::vector<finding> findings_;
    bool finished_ = false;
};

void read(const std::string &path, std::function<void()> before_waiting, listener &to, text_form form) {
    account left_out;
    try {
        source in(path, std::move(before_waiting));
        reading_options options;
        options.form = form;
        message_source messages(in, "input", left_out, options);
        hearing heard(to);
        messages.read_into(heard);
    } catch (const input_error &error) {
        to.hear_error(error);
    }
    for (const auto &row : left_out.rows()) to.hear_left_out(row);
}

class scribe final : public listener {
public:
    void hear(const response &found, const std::vector<finding> &findings) override {
        if (with_rows) rows_.check(found, findings);
        written.push_back({entry::of::message, found.carrier.frames.last, found.carrier.column,
                           std::string(found.carrier.octets), spelled(found.carrier, findings)});
    }
    void hear_left_out(const account::row &row) override {
        written.push_back({entry::of::left_out, row.first_frame, 0, {}, words_of(row)});
    }
    void hear_error(const input_error &error) override {
        written.push_back({entry::of::error, 0, 0, {}, spelled(error.offset().value_or(0), error.what())});
    }

    bool with_rows = false;
    transcript written;

private:
    rows rows_;
};

class no_one final : public listener {
public:
    void hear(const response &, const std::vector<finding> &) override {}
    void hear_left_out(const account::row &) override {}
    void hear_error(const input_error &) override {}
};

} // namespace

transcript read_at_once(std::string_view octets, text_form form) {
    const file whole(octets);
    scribe to;
    to.with_rows = true;
    read(
        whole.path(), [] {}, to, form);
    return std::move(to.written);
}

transcript read_in_pieces(std::string_view octets, dice sizes, text_form form) {
    stream pieces([&] {
        const auto piece = octets.substr(0, sizes.roll(64));
        octets.remove_prefix(piece.size());
        return piece;
    });
    scribe to;
    read(
        pieces.path(), [&] { pieces.pour(); }, to, form);
    return std::move(to.written);
}

bool is_recoded(std::string_view octets) {
    return octets.starts_with("\x1f\x8b") || octets.starts_with("\x28\xb5\x2f\xfd") ||
           begins_like_utf16_little(octets) || begins_like_utf16_big(octets);
}

std::size_t memory_growth(std::string_view head, std::string_view body, text_form form) {
    constexpr std::size_t piece_size = std::size_t{1} << 16;
    constexpr std::size_t enough = std::size_t{3} << 18;
    if (body.empty()) return 0;
    std::string pieces(head);
    while (pieces.size() < piece_size) pieces += body;
    const auto again = std::string_view(pieces).substr(head.size());

    std::size_t poured = 0;
    std::size_t before = 0;
    stream endless([&] {
        if (poured == 0) {
            before = memory_in_use_now();
            static_cast<void>(take_peak_of_memory_in_use());
        }
        const auto piece = poured == 0 ? std::string_view(pieces) : poured < enough ? again : std::string_view{};
        poured += piece.size();
        return piece;
    });
    no_one to;
    read(
        endless.path(), [&] { endless.pour(); }, to, form);
    return take_peak_of_memory_in_use() - before;
}

} // namespace fuzz
