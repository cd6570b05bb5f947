// Damages captures in every place: damaged_captures [--every-bit] FILE...
//
// Reads each capture cut short at each octet, and with each octet changed: inverted and in its lowest bit, or in every
// bit on its own. What must hold:
//   - reading ends, within seconds and not by a signal
//   - what was read of the packets before the damage is the same as of the whole capture
//   - of a capture cut short, the responses are those with which the whole one begins; the last may be cut, too
//   - a capture cut within a packet has an error that says so

#include "stages.hpp"

#include "input/formats.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>
#include <variant>

#include <unistd.h>

namespace {

using fuzz::entry;
using fuzz::transcript;

// The capture that is being read: a signal handler has no other way to know.
struct {
    const char *file = "";
    const char *damage = "";
    std::size_t octet = 0;
} at;

[[noreturn]] void on_signal(int number) {
    char text[512];
    const int size = std::snprintf(text, sizeof text, "damaged_captures: %s, %s octet %zu: signal %d\n", at.file,
                                   at.damage, at.octet, number);
    [[maybe_unused]] const auto written = write(STDERR_FILENO, text, static_cast<std::size_t>(std::max(size, 0)));
    _exit(1);
}

struct capture {
    std::string octets;
    std::vector<std::size_t> starts; // of the records of its packets; empty where the file is compressed
    std::vector<std::size_t> sizes;  // of them, at least: the octets of the packet and the shortest header
    transcript whole;
    std::vector<entry> messages; // of them
};

std::vector<entry> messages_of(const transcript &all) {
    std::vector<entry> messages;
    std::copy_if(all.begin(), all.end(), std::back_inserter(messages),
                 [](const entry &one) { return one.kind == entry::of::message; });
    return messages;
}

bool is_compressed(std::string_view octets) {
    using namespace sipstatus::tool;
    return !begins_like_pcap(octets) && !begins_like_pcapng(octets);
}

void find_records(capture &of, const std::string &path) {
    using namespace sipstatus::tool;
    constexpr std::size_t shortest_header = 16;
    try {
        source in(path, [] {});
        auto opened = open_input(in);
        auto &packets = *std::get<std::unique_ptr<packet_reader>>(opened);
        for (packet next; packets.next(next);) {
            of.starts.push_back(static_cast<std::size_t>(next.offset));
            of.sizes.push_back(shortest_header + next.octets.size());
        }
    } catch (const input_error &) {
        // The capture is damaged itself: the packets before that count.
    }
}

capture read_capture(const std::string &path) {
    capture made;
    std::ifstream file(path, std::ios::binary);
    made.octets.assign(std::istreambuf_iterator<char>(file), {});
    if (!is_compressed(made.octets)) find_records(made, path);
    made.whole = fuzz::read_at_once(made.octets);
    made.messages = messages_of(made.whole);
    return made;
}

// How many packets end before the octet.
std::size_t packets_before(const capture &of, std::size_t octet) {
    const auto after = std::upper_bound(of.starts.begin(), of.starts.end(), octet) - of.starts.begin();
    return after > 0 ? static_cast<std::size_t>(after) - 1 : 0;
}

std::size_t messages_before(const capture &of, std::size_t octet) {
    const auto frames = packets_before(of, octet);
    const auto after =
        std::find_if(of.messages.begin(), of.messages.end(), [frames](const entry &one) { return one.frame > frames; });
    return static_cast<std::size_t>(after - of.messages.begin());
}

std::string_view first_line(const entry &message) {
    std::string_view octets = message.octets;
    octets.remove_prefix(std::min(octets.find_first_not_of("\r\n"), octets.size()));
    return octets.substr(0, octets.find_first_of("\r\n"));
}

bool begin_alike(const std::vector<entry> &all, const std::vector<entry> &whole, std::size_t count) {
    return all.size() >= count &&
           std::equal(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), whole.begin());
}

bool is_beginning(const std::vector<entry> &all, const std::vector<entry> &whole) {
    if (all.size() > whole.size()) return false;
    for (std::size_t n = 0; n < all.size(); ++n) {
        const auto line = first_line(all[n]), whole_line = first_line(whole[n]);
        const bool is_last = n + 1 == all.size();
        if (is_last ? !whole_line.starts_with(line) : line != whole_line) return false;
    }
    return true;
}

bool has_error(const transcript &all) {
    return std::any_of(all.begin(), all.end(), [](const entry &one) { return one.kind == entry::of::error; });
}

class damager {
public:
    explicit damager(const char *path) : path_(path), of_(read_capture(path)) {}

    bool cut() {
        constexpr std::size_t shortest = 4; // of fewer octets nobody can tell that they are a capture
        for (std::size_t size = shortest; size < of_.octets.size(); ++size) {
            const auto all = read(std::string_view(of_.octets).substr(0, size), "cut before", size);
            const auto messages = messages_of(all);
            demand(begin_alike(messages, of_.messages, messages_before(of_, size)),
                   "what was read before the end is lost or differs");
            demand(is_beginning(messages, of_.messages), "responses that the whole capture does not begin with");
            demand(has_error(all) || !is_within_packet(size), "no error says that the file ends too soon");
        }
        return is_good_;
    }

    bool change(unsigned char mask, const char *how) {
        for (std::size_t octet = 0; octet < of_.octets.size(); ++octet) {
            auto changed = of_.octets;
            changed[octet] = static_cast<char>(static_cast<unsigned char>(changed[octet]) ^ mask);
            const auto messages = messages_of(read(changed, how, octet));
            demand(begin_alike(messages, of_.messages, messages_before(of_, octet)),
                   "what was read before the change is lost or differs");
        }
        return is_good_;
    }

    std::size_t readings() const { return readings_; }
    std::size_t message_count() const { return of_.messages.size(); }

private:
    transcript read(std::string_view octets, const char *damage, std::size_t octet) {
        constexpr unsigned most_seconds = 10;
        at = {path_, damage, octet};
        alarm(most_seconds);
        auto all = fuzz::read_at_once(octets);
        alarm(0);
#ifdef SIPSTATUS_FUZZ_PLANTED_BUG
        if (!all.empty()) all.erase(all.begin());
#endif
        ++readings_;
        return all;
    }

    bool is_within_packet(std::size_t size) const {
        const auto number = packets_before(of_, size);
        return number < of_.starts.size() && size > of_.starts[number] && size < of_.starts[number] + of_.sizes[number];
    }

    void demand(bool holds, const char *what) {
        if (holds) return;
        std::cerr << "damaged_captures: " << path_ << ", " << at.damage << " octet " << at.octet << ": " << what
                  << '\n';
        is_good_ = false;
    }

    const char *path_;
    capture of_;
    std::size_t readings_ = 0;
    bool is_good_ = true;
};

} // namespace

int main(int count, char **arguments) {
    for (const int number : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM}) std::signal(number, on_signal);
    std::vector<const char *> files(arguments + 1, arguments + count);
    const bool every_bit = !files.empty() && files.front() == std::string_view("--every-bit");
    if (every_bit) files.erase(files.begin());
    bool is_good = !files.empty();
    std::size_t readings = 0;
    for (const char *const file : files) {
        damager of(file);
        if (of.message_count() == 0) {
            std::cerr << "damaged_captures: " << file << ": no responses to lose\n";
            is_good = false;
        }
        is_good &= of.cut();
        is_good &= of.change(0xff, "inverted");
        if (every_bit)
            for (unsigned bit = 1; bit < 0x100; bit <<= 1)
                is_good &= of.change(static_cast<unsigned char>(bit), "one bit changed in");
        else
            is_good &= of.change(0x01, "lowest bit changed in");
        readings += of.readings();
    }
    std::cout << readings << " damaged captures were read\n";
    return is_good ? 0 : 1;
}
