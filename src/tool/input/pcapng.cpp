#include "input/byte_order.hpp"
#include "input/formats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace sipstatus::tool {

namespace {

__extension__ typedef unsigned __int128 wide;

enum block_type : std::uint32_t {
    interface_description = 1,
    obsolete_packet = 2,
    simple_packet = 3,
    enhanced_packet = 6,
    section_header = 0x0a0d0d0a // reads the same in both orders
};

enum option_code : std::uint16_t { end_of_options = 0, if_tsresol = 9, if_tsoffset = 14 };

// A hostile file may describe interfaces without end; no real one comes near this many.
constexpr std::size_t most_interfaces = 65'536;

struct interface {
    unsigned link_type = 0;
    std::uint32_t snapshot_length = 0; // 0: no limit
    std::uint8_t resolution = 6;       // if_tsresol: a negative power of 10, of 2 with the top bit set
    std::int64_t offset_seconds = 0;   // if_tsoffset

    timestamp time(std::uint64_t ticks) const {
        const unsigned exponent = resolution & 0x7fu;
        wide seconds = 0, nanoseconds = 0;
        if (resolution & 0x80u) {
            seconds = exponent < 64 ? ticks >> exponent : 0;
            const wide below_second = wide{ticks} - (exponent < 64 ? seconds << exponent : 0);
            nanoseconds = (below_second * 1'000'000'000) >> exponent;
        } else {
            // 2^64 ticks of 10^-38 seconds, the last power that fits, are far below a nanosecond already.
            wide per_second = 1;
            for (unsigned i = 0; i < std::min(exponent, 38u); ++i) per_second *= 10;
            seconds = ticks / per_second;
            const wide below_second = ticks % per_second;
            nanoseconds = exponent <= 9 ? below_second * (1'000'000'000 / per_second)
                                        : below_second / (per_second / 1'000'000'000);
        }
        // Unsigned, so that hostile sums wrap; as_time() leaves out a year that does not have four digits.
        return {
            static_cast<std::int64_t>(static_cast<std::uint64_t>(seconds) + static_cast<std::uint64_t>(offset_seconds)),
            static_cast<std::uint32_t>(nanoseconds)};
    }
};

class pcapng_reader final : public packet_reader {
public:
    explicit pcapng_reader(source &in) : in_(in) {}

    bool next(packet &to) override {
        if (truncated_) throw *truncated_;
        for (;;) {
            end_block();
            if (!begin_block()) return false;
            switch (type_) {
            case section_header: begin_section(); break;
            case interface_description: describe_interface(); break;
            case enhanced_packet: give_enhanced(to); return true;
            case simple_packet: give_simple(to); return true;
            case obsolete_packet: give_obsolete(to); return true;
            default: break;
            }
        }
    }

private:
    [[noreturn]] void fail(const std::string &why) const { throw input_error(why, block_offset_); }

    [[noreturn]] void fail_truncated() const {
        fail(fmt::format("the file ends within a pcapng block of {} octets", block_length_));
    }

    // At least `count` octets of the block's body that are still unread.
    std::string_view body(std::size_t count, const char *what) {
        if (body_left_ < count)
            fail(fmt::format("a pcapng block of {} octets is too short for {}", block_length_, what));
        const auto octets = in_.look(count);
        if (octets.size() < count) fail_truncated();
        return octets;
    }

    void skip_body(std::uint64_t count) {
        body_left_ -= count;
        if (in_.skip(count) < count) fail_truncated();
    }

    bool begin_block() {
        block_offset_ = in_.offset();
        const auto head = in_.look(12);
        if (head.empty()) return false;
        if (head.size() < 12)
            fail(fmt::format("the file ends within a pcapng block's header: {} of 12 octets", head.size()));
        type_ = order_.u32(head, 0);
        if (type_ == section_header) {
            const byte_order big{true}, little{false};
            constexpr std::uint32_t magic = 0x1a2b3c4d;
            if (big.u32(head, 8) != magic && little.u32(head, 8) != magic)
                fail("a pcapng section header without the magic number that tells the order of its octets");
            order_ = big.u32(head, 8) == magic ? big : little;
        }
        block_length_ = order_.u32(head, 4);
        if (block_length_ < 12 || block_length_ % 4 != 0)
            fail(fmt::format("a pcapng block claims a length of {} octets, which no block can have: the file is "
                             "damaged, nothing after this offset is read",
                             block_length_));
        in_.skip(8);
        body_left_ = block_length_ - 12;
        in_block_ = true;
        return true;
    }

    void end_block() {
        if (!in_block_) return;
        in_block_ = false;
        skip_body(body_left_);
        const auto trailer = in_.look(4);
        if (trailer.size() < 4) fail_truncated();
        if (const auto again = order_.u32(trailer, 0); again != block_length_)
            fail(fmt::format("a pcapng block gives its length as {} octets before and {} after its body: the file is "
                             "damaged, nothing after this offset is read",
                             block_length_, again));
        in_.skip(4);
    }

    void begin_section() {
        const auto section = body(16, "a section header");
        const auto major = order_.u16(section, 4), minor = order_.u16(section, 6);
        if (major != 1) fail(fmt::format("pcapng version {}.{} is unknown, only version 1 is", major, minor));
        interfaces_.clear();
    }

    void describe_interface() {
        if (interfaces_.size() == most_interfaces)
            fail(fmt::format("a pcapng section describes more than {} interfaces", most_interfaces));
        interface described;
        const auto fixed = body(8, "an interface description");
        described.link_type = order_.u16(fixed, 0);
        described.snapshot_length = order_.u32(fixed, 4);
        skip_body(8);
        while (body_left_ >= 4) {
            const auto option = body(4, "an option");
            const auto code = order_.u16(option, 0);
            const std::size_t length = order_.u16(option, 2), padded = (length + 3) & ~std::size_t{3};
            if (code == end_of_options) break;
            skip_body(4);
            const auto value = body(padded, "an option of its interface description");
            if (code == if_tsresol && length == 1) described.resolution = octet_at(value, 0);
            if (code == if_tsoffset && length == 8)
                described.offset_seconds = static_cast<std::int64_t>(order_.u64(value, 0));
            skip_body(padded);
        }
        interfaces_.push_back(described);
    }

    void give_enhanced(packet &to) {
        const auto fixed = body(20, "an enhanced packet");
        const auto &from = interface_of(order_.u32(fixed, 0));
        to.time = from.time(ticks(fixed, 4));
        const auto captured = order_.u32(fixed, 12), original = order_.u32(fixed, 16);
        skip_body(20);
        give(to, from, captured, original);
    }

    void give_obsolete(packet &to) {
        const auto fixed = body(20, "a packet");
        const auto &from = interface_of(order_.u16(fixed, 0));
        to.time = from.time(ticks(fixed, 4));
        const auto captured = order_.u32(fixed, 12), original = order_.u32(fixed, 16);
        skip_body(20);
        give(to, from, captured, original);
    }

    // A simple packet belongs to the first interface; it has no time, and its captured length follows from others.
    void give_simple(packet &to) {
        const auto original = order_.u32(body(4, "a simple packet"), 0);
        const auto &from = interface_of(0);
        to.time.reset();
        skip_body(4);
        auto captured = original;
        if (from.snapshot_length != 0) captured = std::min(captured, from.snapshot_length);
        give(to, from, captured, original);
    }

    std::uint64_t ticks(std::string_view fixed, std::size_t at) const {
        return std::uint64_t{order_.u32(fixed, at)} << 32 | order_.u32(fixed, at + 4);
    }

    const interface &interface_of(std::uint32_t number) const {
        if (number >= interfaces_.size())
            fail(fmt::format("a pcapng packet names interface {}, of {} described", number, interfaces_.size()));
        return interfaces_[number];
    }

    void give(packet &to, const interface &from, std::uint32_t captured, std::uint32_t original) {
        if (captured > longest_packet)
            fail(fmt::format("a pcapng packet claims {} octets, more than the {} that a packet may have: the file is "
                             "damaged, nothing after this offset is read",
                             captured, longest_packet));
        if (captured > body_left_)
            fail(fmt::format("a pcapng packet claims {} octets, more than its block of {} has: the file is damaged, "
                             "nothing after this offset is read",
                             captured, block_length_));
        const auto octets = in_.look(captured);
        to.frame = ++frame_;
        to.offset = block_offset_;
        to.link_type = from.link_type;
        to.octets = octets.substr(0, captured);
        to.original_length = original;
        to.snapped = captured < original;
        to.file_ended = octets.size() < captured;
        if (to.file_ended)
            truncated_.emplace(
                fmt::format("the file ends within packet {}: {} of its {} octets", frame_, octets.size(), captured),
                block_offset_);
        body_left_ -= to.octets.size();
        in_.skip(to.octets.size());
    }

    source &in_;
    byte_order order_;
    std::vector<interface> interfaces_;
    std::uint64_t frame_ = 0;
    std::uint64_t block_offset_ = 0;
    std::uint32_t block_length_ = 0;
    std::uint32_t type_ = 0;
    std::uint64_t body_left_ = 0;
    bool in_block_ = false;
    std::optional<input_error> truncated_;
};

} // namespace

bool begins_like_pcapng(std::string_view octets) {
    return octets.substr(0, 4) == "\x0a\x0d\x0d\x0a";
}

std::unique_ptr<packet_reader> read_pcapng(source &in) {
    return std::make_unique<pcapng_reader>(in);
}

} // namespace sipstatus::tool
