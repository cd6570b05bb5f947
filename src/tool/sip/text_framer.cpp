#include "sip/text_framer.hpp"

namespace sipstatus::tool {

// The line ends of the file are framing: each line is handed on with a CRLF, so that none is a finding.
void text_framer::push(const text_line &item) {
    if (item.octets.find_first_not_of(" \t\r") == item.octets.npos) return;
    message one;
    one.file = file_;
    one.frames = {item.number, item.number};
    one.octets = item.octets;
    if (!item.is_cut) {
        line_.assign(item.octets).append("\r\n");
        one.octets = line_;
    }
    next_.push(one);
}

} // namespace sipstatus::tool
