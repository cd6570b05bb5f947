// The stages as objects: what one run keeps is its own, and a later stage fits between two that exist.

#include "commands/command.hpp"
#include "input/live.hpp"
#include "input/read_ahead.hpp"
#include "net/packet_decoder.hpp"
#include "sip/message_framer.hpp"
#include "sip/response.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace sipstatus::tool;

namespace {

// An IPv4 packet with a UDP datagram, without a link header.
std::string udp_packet(std::string_view payload) {
    const auto number = [](std::size_t value) {
        return std::string{static_cast<char>(value >> 8 & 0xff), static_cast<char>(value & 0xff)};
    };
    const auto udp = number(5060) + number(5080) + number(8 + payload.size()) + number(0) + std::string(payload);
    return std::string("\x45\x00", 2) + number(20 + udp.size()) + std::string("\0\0\0\0\x40\x11\0\0", 8) +
           std::string("\xc0\0\2\1\xc0\0\2\2", 8) + udp;
}

packet packet_of(std::uint64_t frame, std::string_view octets) {
    packet made;
    made.frame = frame;
    made.link_type = 101;
    made.octets = octets;
    return made;
}

// What a reassembling stage does: it holds segments back, and hands on one that spans their frames.
class joiner final : public stage<segment> {
public:
    explicit joiner(stage<segment> &next) : next_(next) {}

    void push(const segment &item) override {
        if (octets_.empty()) joined_ = item;
        joined_.frames.last = item.frames.last;
        octets_ += item.octets;
    }
    void finish() override {
        joined_.octets = octets_;
        next_.push(joined_);
        next_.finish();
    }

private:
    stage<segment> &next_;
    segment joined_;
    std::string octets_;
};

struct seen_response {
    frame_range frames;
    std::string phrase;
    std::vector<layer> layers;
};

class collector final : public stage<response> {
public:
    void push(const response &item) override {
        const auto &stack = item.carrier.layers;
        seen.push_back({item.carrier.frames, std::string(item.result.line.phrase), {stack.begin(), stack.end()}});
    }
    void finish() override { ++ends; }

    std::vector<seen_response> seen;
    int ends = 0;
};

// Reads standard output's stand-in: a temporary file.
class captured_output {
public:
    captured_output() : file_(std::tmpfile()), to_(fileno(file_)) {}
    ~captured_output() { std::fclose(file_); }
    captured_output(const captured_output &) = delete;
    captured_output &operator=(const captured_output &) = delete;

    output &to() { return to_; }
    std::string text() {
        to_.flush();
        std::string all(static_cast<std::size_t>(lseek(fileno(file_), 0, SEEK_END)), '\0');
        BOOST_REQUIRE_EQUAL(pread(fileno(file_), all.data(), all.size(), 0), static_cast<ssize_t>(all.size()));
        return all;
    }

private:
    std::FILE *file_;
    output to_;
};

const command &command_named(std::string_view name) {
    return *std::find_if(commands().begin(), commands().end(), [name](const auto &one) { return one.name == name; });
}

} // namespace

BOOST_AUTO_TEST_CASE(a_message_of_two_segments) {
    collector to;
    account left_out;
    response_reader responses(to);
    message_framer messages("a.pcap", responses, left_out);
    joiner joined(messages);
    packet_decoder packets(joined, left_out);

    const auto first = udp_packet("SIP/2.0 486 Bu"), second = udp_packet("sy Here\r\nVia: x\r\n\r\n");
    packets.push(packet_of(7, first));
    packets.push(packet_of(9, second));
    BOOST_TEST(to.seen.size() == 0u);
    packets.finish();

    BOOST_TEST(to.ends == 1);
    BOOST_TEST_REQUIRE(to.seen.size() == 1u);
    const auto &[frames, phrase, layers] = to.seen.front();
    BOOST_TEST(frames.first == 7u);
    BOOST_TEST(frames.last == 9u);
    BOOST_TEST(phrase == "Busy Here");
    BOOST_TEST((layers == std::vector{layer::raw_ip, layer::ipv4, layer::udp}));
    BOOST_TEST(left_out.rows().empty());
}

BOOST_AUTO_TEST_CASE(the_account_is_kept_by_kind) {
    collector to;
    account left_out;
    response_reader responses(to);
    message_framer messages("a.pcap", responses, left_out);
    packet_decoder packets(messages, left_out);
    auto unread = udp_packet("SIP/2.0 200 OK\r\n");
    unread[9] = 50; // ESP
    auto wifi = packet_of(3, "");
    wifi.link_type = 105;
    packets.push(packet_of(1, unread));
    packets.push(packet_of(2, unread));
    packets.push(wifi);

    BOOST_TEST(to.seen.empty());
    BOOST_TEST(left_out.may_hide_sip());
    BOOST_TEST_REQUIRE(left_out.rows().size() == 2u);
    BOOST_TEST(words_of(left_out.rows()[0]) == "2 packets of IP protocol 50");
    BOOST_TEST(left_out.rows()[0].first_frame == 1u);
    BOOST_TEST(left_out.rows()[0].looks_like_sip == 2u);
    BOOST_TEST(words_of(left_out.rows()[1]) == "1 frame of link type 105: IEEE 802.11");
}

BOOST_AUTO_TEST_CASE(kinds_without_end_do_not_take_memory_without_end) {
    account left_out;
    constexpr unread_kind kind{"kind", "frame", "of kind {}"};
    for (std::uint32_t n = 0; n < 100'000; ++n) left_out.leave_out(kind, n, n + 1, account::suspicion::none);
    BOOST_TEST(left_out.rows().size() < 200u);
    std::uint64_t sum = 0;
    for (const auto &row : left_out.rows()) sum += row.count;
    BOOST_TEST(sum == 100'000u);
}

BOOST_AUTO_TEST_CASE(two_runs_side_by_side) {
    char path[] = "/tmp/sipstatus_pipeline_XXXXXX";
    const int descriptor = mkstemp(path);
    BOOST_REQUIRE(descriptor >= 0);
    close(descriptor);
    {
        std::ofstream file(path);
        for (int n = 0; n < 20'000; ++n) file << "SIP/2.0 " << 400 + n % 100 << " Fine {" << n << "}\n";
    }
    const auto output_of = [&path](const char *command_name, const char *format_name) {
        captured_output captured;
        std::string messages;
        options chosen;
        chosen.arguments = {path};
        chosen.format = format_name;
        run one(chosen, captured.to(), screen{}, [&messages](const std::string &line) { messages += line + '\n'; });
        command_named(command_name).action(one);
        return captured.text() + messages + std::to_string(one.status());
    };
    const auto expected_list = output_of("list", "ndjson"), expected_check = output_of("check", "text");
    std::string list, check;
    std::thread first([&] { list = output_of("list", "ndjson"); });
    std::thread second([&] { check = output_of("check", "text"); });
    first.join();
    second.join();
    std::remove(path);
    BOOST_TEST((list == expected_list && !list.empty()));
    BOOST_TEST((check == expected_check && !check.empty()));
}

// Pieces of all sizes, numbered octet by octet, and then an error.
class numbered_stream final : public octet_stream {
public:
    explicit numbered_stream(std::size_t total) : total_(total) {}

    std::size_t read(char *to, std::size_t room) override {
        if (at_ == total_) throw input_error("it ends here", at_);
        const auto count = std::min({room, total_ - at_, 1 + at_ * 7919 % 300'000});
        for (std::size_t i = 0; i < count; ++i) to[i] = octet_at(at_ + i);
        at_ += count;
        return count;
    }
    static char octet_at(std::size_t at) { return static_cast<char>(at * 2654435761u >> 13); }

private:
    std::size_t total_;
    std::size_t at_ = 0;
};

// A stream that has nothing until it is stopped.
class waiting_stream final : public octet_stream {
public:
    explicit waiting_stream(const std::atomic<bool> &stopped) : stopped_(stopped) {}

    std::size_t read(char *, std::size_t) override {
        while (!stopped_) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        throw interruption();
    }

private:
    const std::atomic<bool> &stopped_;
};

BOOST_AUTO_TEST_CASE(reading_ahead_changes_no_octet) {
    constexpr std::size_t total = 20'000'000;
    for (const std::size_t most : {std::size_t{1} << 20, std::size_t{100'000}, std::size_t{4'099}}) {
        read_ahead stream(
            std::make_unique<numbered_stream>(total), [] {}, [] {});
        std::vector<char> octets(most);
        std::size_t at = 0, wrong = 0;
        try {
            for (;;) {
                const auto count = stream.read(octets.data(), 1 + at % most);
                BOOST_TEST_REQUIRE(count != 0u);
                for (std::size_t i = 0; i < count; ++i) wrong += octets[i] != numbered_stream::octet_at(at + i);
                at += count;
            }
        } catch (const input_error &error) { // comes after the octets before it
            BOOST_TEST(error.what() == std::string("it ends here"));
            BOOST_TEST(error.offset().value() == total);
        }
        BOOST_TEST(at == total);
        BOOST_TEST(wrong == 0u);
    }
}

BOOST_AUTO_TEST_CASE(reading_ahead_can_be_given_up) {
    // Of a stream that would go on: the ring is full, or it is waited for.
    read_ahead(
        std::make_unique<numbered_stream>(100'000'000), [] {}, [] {});
    std::atomic<bool> stopped{false};
    read_ahead(
        std::make_unique<waiting_stream>(stopped), [] {}, [&stopped] { stopped = true; });
    BOOST_TEST(stopped);
}

// Each datagram is a packet, as it was sent.
BOOST_AUTO_TEST_CASE(hep_server) {
    int waits = 0;
    const auto server = open_hep_server("udp:127.0.0.1:0", [&waits] { ++waits; });
    const auto title = server->title();
    const auto port = std::stoi(title.substr(title.rfind(':') + 1));
    BOOST_TEST(title == "udp:127.0.0.1:" + std::to_string(port) + ", HEP");

    const int from = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto length_of = [](std::size_t n) { return n == 39 ? 65'507 : n * 7; };
    for (std::size_t n = 0; n < 40; ++n) {
        const std::string octets(length_of(n), static_cast<char>('0' + n));
        BOOST_REQUIRE(sendto(from, octets.data(), octets.size(), 0, reinterpret_cast<const sockaddr *>(&to),
                             sizeof to) == static_cast<ssize_t>(octets.size()));
    }
    close(from);
    for (std::size_t n = 0; n < 40; ++n) {
        packet one;
        BOOST_TEST_REQUIRE(server->next(one));
        BOOST_TEST(one.frame == n + 1);
        BOOST_TEST(one.link_type == link_type_hep);
        BOOST_TEST((one.octets == std::string(length_of(n), static_cast<char>('0' + n))));
        BOOST_TEST_REQUIRE(one.time.has_value());
        BOOST_TEST(one.time->seconds > 1'700'000'000);
        BOOST_TEST(!one.snapped);
    }
    BOOST_TEST(server->dropped() == 0u);
}

BOOST_AUTO_TEST_CASE(tables_of_formats_and_commands) {
    BOOST_TEST(formats().front().name == "text");
    for (const auto &one : commands()) {
        const auto help = help_of(one);
        BOOST_TEST(main_help().find(one.name) != std::string::npos);
        for (const auto &known : options_of(one)) BOOST_TEST(help.find(known.long_name) != std::string::npos);
        for (const auto &known : formats()) {
            const auto choices = '|' + options_of(one).front().operand + '|';
            BOOST_TEST((choices.find('|' + std::string(known.name) + '|') != std::string::npos) ==
                       known.serves(one.name));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_choice_is_held_to_its_values) {
    for (const auto &known : options_of(command_named("explain"))) {
        options to;
        if (known.long_name != "--output") continue;
        store(known, to, "ndjson");
        BOOST_TEST(to.format == "ndjson");
        for (const auto *const wrong : {"csv", "", "text|ndjson", "tex"})
            BOOST_CHECK_THROW(store(known, to, wrong), selection_error);
    }
}

// The man page is written by hand; it has every layer, command, option and value.
BOOST_AUTO_TEST_CASE(man_page) {
    std::ifstream file(SIPSTATUS_MAN_PAGE);
    std::string page((std::istreambuf_iterator<char>(file)), {});
    page.erase(std::remove(page.begin(), page.end(), '\\'), page.end());
    for (std::size_t i = 0; i < layer_count; ++i) {
        const auto title = name(static_cast<layer>(i));
        BOOST_TEST(page.find(title) != std::string::npos, title << " is missing");
    }
    for (const auto &one : commands())
        BOOST_TEST(page.find(".SS " + std::string(one.name)) != std::string::npos, one.name << " is missing");
    for (const auto &one : commands())
        for (const auto &known : options_of(one)) {
            BOOST_TEST(page.find(known.long_name) != std::string::npos, known.long_name << " is missing");
            for (std::string_view left = known.operand; !left.empty();) {
                const auto word = left.substr(0, left.find_first_of("|,"));
                BOOST_TEST(page.find(word) != std::string::npos, word << " is missing");
                left.remove_prefix(std::min(word.size() + 1, left.size()));
            }
        }
}
