#include "sip/log_framer.hpp"

namespace sipstatus::tool {

void log_framer::push(const log_entry &item) {
    message one;
    one.file = file_;
    one.frames = {item.line, item.line};
    one.column = item.column;
    one.time = item.from.time;
    one.transport = item.from.transport;
    one.source = item.from.source;
    one.destination = item.from.destination;
    one.octets = item.octets;
    one.is_sipfrag = item.is_sipfrag;
    next_.push(one);
}

} // namespace sipstatus::tool
