#include "report/progress.hpp"

#include "octet_text.hpp"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <string_view>

namespace sipstatus::tool {

namespace {

constexpr std::chrono::milliseconds first_after{500}, interval{200};
constexpr std::string_view erasing = "\r\x1b[K";

// Where the terminal takes nothing, there is nobody to tell.
void write_to_terminal(std::string_view text) {
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

// A signal ends the program as ever, only without the line.
void erase_and_end(int signal_number) {
    write_to_terminal(erasing);
    raise(signal_number);
}

std::size_t columns_of_terminal() {
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0 ? size.ws_col : 80;
}

// "1,234,567"
std::string grouped(std::uint64_t number) {
    const auto digits = fmt::format("{}", number);
    std::string text;
    for (std::size_t at = 0; at < digits.size(); ++at) {
        if (at != 0 && (digits.size() - at) % 3 == 0) text += ',';
        text += digits[at];
    }
    return text;
}

// "8.1 million packets/s"
std::string rate_of(double per_second, std::string_view noun) {
    if (per_second >= 1e6) return fmt::format("{:.1f} million {}/s", per_second / 1e6, noun);
    return fmt::format("{} {}/s", grouped(static_cast<std::uint64_t>(per_second)), noun);
}

// "12 s", "3 min 20 s", "2 h 5 min"
std::string duration_of(double seconds) {
    const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

// The end of a name, which tells more than its beginning, in at most so many columns.
std::string shortened(const std::string &name, std::size_t columns) {
    const auto glyphs = glyphs_of(name);
    std::size_t width = 0, first = glyphs.size();
    while (first > 0 && width + glyphs[first - 1].columns <= columns) width += glyphs[--first].columns;
    std::string text;
    for (auto at = first; at < glyphs.size(); ++at) text += glyphs[at].text;
    return text;
}

} // namespace

progress::progress(bool wanted, std::size_t inputs, std::uint64_t octets)
    : wanted_(wanted), inputs_(inputs), octets_(octets), next_(begun_ + first_after) {
    if (!wanted_) return;
    struct sigaction action {};
    action.sa_handler = erase_and_end;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

progress::~progress() {
    if (!wanted_) return;
    erase();
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool progress::has_terminal() {
    const char *const term = std::getenv("TERM");
    return isatty(STDERR_FILENO) != 0 && term && std::string_view(term) != "dumb";
}

void progress::begin(std::size_t input, const std::string &name) {
    if (!wanted_) return;
    const std::lock_guard lock(mutex_);
    running_[input].name = name == "-" ? "standard input" : name;
}

void progress::update(std::size_t input, const counts &now) {
    if (!wanted_) return;
    const std::lock_guard lock(mutex_);
    auto &last = running_[input].last;
    sum_.octets += now.octets - last.octets;
    sum_.frames += now.frames - last.frames;
    sum_.responses += now.responses - last.responses;
    sum_.is_text = now.is_text;
    last = now;
    draw();
}

void progress::end(std::size_t input) {
    if (!wanted_) return;
    const std::lock_guard lock(mutex_);
    running_.erase(input);
    ++ended_;
}

std::unique_lock<std::mutex> progress::step_aside() {
    std::unique_lock lock(mutex_);
    erase();
    return lock;
}

std::string progress::line(clock::time_point now) const {
    const auto seconds = std::chrono::duration<double>(now - begun_).count();
    const auto share =
        octets_ == 0 ? 0 : std::min(1.0, static_cast<double>(sum_.octets) / static_cast<double>(octets_));
    std::string text;
    if (inputs_ > 1) text += fmt::format(" ({} of {})", std::min(ended_ + 1, inputs_), inputs_);
    text += octets_ == 0 ? fmt::format(": {} MiB", sum_.octets >> 20) : fmt::format(": {:.0f} %", share * 100);
    text +=
        fmt::format(", {}", rate_of(static_cast<double>(sum_.frames) / seconds, sum_.is_text ? "lines" : "packets"));
    text += fmt::format(", {} response{}", grouped(sum_.responses), sum_.responses == 1 ? "" : "s");
    if (share > 0) text += fmt::format(", {} left", duration_of(seconds / share * (1 - share)));
    const auto room = columns_of_terminal() - 1; // so that no terminal goes to a new line
    if (text.size() >= room) return text.substr(text.size() - room);
    return shortened(running_.begin()->second.name, room - text.size()) + text;
}

void progress::draw() {
    const auto now = clock::now();
    if (now < next_ || running_.empty()) return;
    next_ = now + interval;
    write_to_terminal(fmt::format("{}{}", erasing, line(now)));
    is_drawn_ = true;
}

void progress::erase() {
    if (!is_drawn_) return;
    write_to_terminal(erasing);
    is_drawn_ = false;
}

} // namespace sipstatus::tool
