#include "sip/message_source.hpp"

#include "input/formats.hpp"
#include "net/packet_decoder.hpp"
#include "sip/message_framer.hpp"
#include "sip/text_framer.hpp"

#include <optional>

namespace sipstatus::tool {

namespace {

std::uint64_t number_of(const packet &item) {
    return item.frame;
}
std::uint64_t number_of(const text_line &item) {
    return item.number;
}

} // namespace

void message_source::read_into(stage<message> &to, const stop_condition &is_enough) {
    auto opened = open_input(in_);
    if (auto *const packets = std::get_if<std::unique_ptr<packet_reader>>(&opened)) {
        message_framer framer(file_, to, left_out_);
        packet_decoder decoder(framer, left_out_);
        pump(**packets, decoder, is_enough);
    } else {
        is_text_ = true;
        text_framer framer(file_, to);
        pump(std::get<line_reader>(opened), framer, is_enough);
    }
}

template <class Reader, class Item>
void message_source::pump(Reader &from, stage<Item> &to, const stop_condition &is_enough) {
    Item next;
    std::optional<input_error> failure;
    try {
        while (!is_enough() && from.next(next)) {
            frames_ = number_of(next);
            to.push(next);
        }
    } catch (const input_error &error) {
        failure = error;
    }
    to.finish();
    if (failure) throw *failure;
}

} // namespace sipstatus::tool
