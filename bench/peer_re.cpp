// re, the library of baresip (Debian libre-dev). It has no entry for a start line. sip_msg_decode accepts nothing
// shorter than the line, an empty Content-Length and an empty line.

#include "peer.hpp"

#include <cstdint>

extern "C" {
#include <re/re.h>
}

namespace sipstatus::bench {
namespace {

constexpr std::string_view empty_content = "l:0\r\n\r\n";

// It counts references to its input, so the input must lie in a buffer of its own kind.
std::size_t code_of(const char *octets, std::size_t size) noexcept {
    static mbuf *const buffer = mbuf_alloc(sizeof scratch);
    std::memcpy(buffer->buf, octets, size);
    buffer->pos = 0;
    buffer->end = size;
    sip_msg *message = nullptr;
    if (sip_msg_decode(&message, buffer) != 0) return 0;
    const std::size_t code = message->scode;
    mem_deref(message);
    return code;
}

const packaged_peer re({.name = "re",
                        .is = role::decoder,
                        .start_line = parse_copy<code_of, empty_content>,
                        .runs = "sip_msg_decode on a copy of the line, an empty Content-Length and an empty line: it "
                                "has no entry for less",
                        .message = parse_message<code_of>});

} // namespace
} // namespace sipstatus::bench
