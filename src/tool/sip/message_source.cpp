#include "sip/message_source.hpp"

#include "input/formats.hpp"
#include "input/packet_filter.hpp"
#include "log/log_reader.hpp"
#include "net/packet_decoder.hpp"
#include "net/sctp_reassembler.hpp"
#include "net/tcp_reassembler.hpp"
#include "sip/log_framer.hpp"
#include "sip/message_framer.hpp"
#include "sip/text_framer.hpp"

#include <exception>

namespace sipstatus::tool {

namespace {

std::uint64_t number_of(const packet &item) {
    return item.frame;
}
std::uint64_t number_of(const text_line &item) {
    return item.number;
}
std::uint64_t number_of(const log_entry &item) {
    return item.line;
}

} // namespace

void message_source::read_into(stage<message> &to, const stop_condition &is_enough) {
    if (packets_) return read_packets(*packets_, to, is_enough);
    auto opened = open_input(*in_, options_.form != text_form::unknown);
    if (auto *const packets = std::get_if<std::unique_ptr<packet_reader>>(&opened)) {
        read_packets(**packets, to, is_enough);
    } else {
        is_text_ = true;
        if (!options_.filter.empty())
            throw input_error("--filter chooses packets, and this is a text: choose by --code, --kind or --limit");
        is_log_ = options_.form == text_form::unknown ? tool::is_log(*in_) : options_.form == text_form::log;
        if (is_log_) return read_log(to, is_enough);
        line_reader lines(*in_);
        text_framer framer(file_, to);
        pump(lines, framer, is_enough);
    }
}

void message_source::read_log(stage<message> &to, const stop_condition &is_enough) {
    log_reader entries(*in_, left_out_, options_.sipfrag);
    log_framer framer(file_, to);
    std::exception_ptr failure;
    try {
        pump(entries, framer, is_enough);
    } catch (const input_error &) {
        failure = std::current_exception();
    }
    frames_ = entries.lines();
    entries.account_for_lines();
    if (failure) std::rethrow_exception(failure);
}

void message_source::read_packets(packet_reader &from, stage<message> &to, const stop_condition &is_enough) {
    message_framer framer(file_, to, left_out_, options_.sipfrag, requests_);
    sctp_reassembler chunks(framer, left_out_);
    tcp_reassembler streams(chunks, options_.streams);
    packet_decoder decoder(streams, left_out_);
    if (options_.filter.empty())
        pump(from, decoder, is_enough);
    else
        pump(from, *make_packet_filter(options_.filter, decoder, left_out_), is_enough);
}

template <class Reader, class Item>
void message_source::pump(Reader &from, stage<Item> &to, const stop_condition &is_enough) {
    Item next;
    std::exception_ptr failure;
    try {
        while (!is_enough() && from.next(next)) {
            frames_ = number_of(next);
            to.push(next);
        }
    } catch (const input_error &) {
        failure = std::current_exception();
    }
    to.finish();
    if (failure) std::rethrow_exception(failure);
}

} // namespace sipstatus::tool
