#include "input/byte_order.hpp"
#include "input/formats.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sipstatus::tool {

namespace {

// What the magic number says: the order of the octets, the unit of the timestamps, the size of a record's header.
struct flavour {
    byte_order order;
    std::uint32_t nanoseconds_per_unit;
    std::size_t record_header;
};

std::optional<flavour> flavour_of(std::string_view octets) {
    if (octets.size() < 4) return std::nullopt;
    for (const bool big : {false, true}) {
        const byte_order order{big};
        switch (order.u32(octets, 0)) {
        case 0xa1b2c3d4: return flavour{order, 1000, 16};
        case 0xa1b23c4d: return flavour{order, 1, 16};
        // Written by patched libpcaps of the 1990s: each record's header has two more fields.
        case 0xa1b2cd34: return flavour{order, 1000, 24};
        }
    }
    return std::nullopt;
}

class pcap_reader final : public packet_reader {
public:
    explicit pcap_reader(source &in) : in_(in) {
        const auto header = in.look(24);
        kind_ = flavour_of(header).value();
        if (header.size() < 24)
            throw input_error(fmt::format("the file ends within the pcap file header: {} of 24 octets", header.size()),
                              header.size());
        const auto major = kind_.order.u16(header, 4);
        minor_ = kind_.order.u16(header, 6);
        if (major != 2)
            throw input_error(fmt::format("pcap version {}.{} is unknown, only version 2 is", major, minor_), 4);
        link_type_ = kind_.order.u32(header, 20) & 0xffff; // the upper half tells of frame check sequences
        in.skip(24);
    }

    bool next(packet &to) override {
        if (truncated_) throw *truncated_;
        const auto offset = in_.offset();
        auto record = in_.look(kind_.record_header);
        if (record.empty()) return false;
        if (record.size() < kind_.record_header)
            throw input_error(fmt::format("the file ends within a packet record's header: {} of {} octets",
                                          record.size(), kind_.record_header),
                              offset);
        auto captured = kind_.order.u32(record, 8), original = kind_.order.u32(record, 12);
        // The two lengths stood in the other order before version 2.3, and in some files of that version.
        if (minor_ < 3 || (minor_ == 3 && captured > original)) std::swap(captured, original);
        if (captured > longest_packet)
            throw input_error(
                fmt::format("a packet record claims {} octets, more than the {} that a packet may have: the file is "
                            "damaged, nothing after this offset is read",
                            captured, longest_packet),
                offset);

        const auto seconds = kind_.order.u32(record, 0);
        const auto fraction = std::uint64_t{kind_.order.u32(record, 4)} * kind_.nanoseconds_per_unit;
        to.time = timestamp{std::int64_t{seconds} + static_cast<std::int64_t>(fraction / 1'000'000'000),
                            static_cast<std::uint32_t>(fraction % 1'000'000'000)};

        record = in_.look(kind_.record_header + captured);
        record.remove_prefix(kind_.record_header);
        to.frame = ++frame_;
        to.offset = offset;
        to.link_type = link_type_;
        to.octets = record.substr(0, captured);
        to.original_length = original;
        to.snapped = captured < original;
        to.file_ended = to.octets.size() < captured;
        if (to.file_ended)
            truncated_.emplace(
                fmt::format("the file ends within packet {}: {} of its {} octets", frame_, record.size(), captured),
                offset);
        in_.skip(kind_.record_header + to.octets.size());
        return true;
    }

private:
    source &in_;
    flavour kind_{};
    unsigned minor_ = 0;
    unsigned link_type_ = 0;
    std::uint64_t frame_ = 0;
    std::optional<input_error> truncated_;
};

} // namespace

bool begins_like_pcap(std::string_view octets) {
    return flavour_of(octets).has_value();
}

std::unique_ptr<packet_reader> read_pcap(source &in) {
    return std::make_unique<pcap_reader>(in);
}

} // namespace sipstatus::tool
