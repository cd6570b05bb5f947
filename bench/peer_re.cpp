// re, the library of baresip (Debian libre-dev). It has no entry for a start line. sip_msg_decode accepts nothing
// shorter than the line, an empty Content-Length and an empty line.

#include "line_copy.hpp"
#include "subjects.hpp"

#include <cstdint>

extern "C" {
#include <re/re.h>
}

namespace sipstatus::bench {
namespace {

// It counts references to its input, so the input must lie in a buffer of its own kind.
mbuf *const buffer = mbuf_alloc(longest_input);

std::size_t decode(std::size_t size) noexcept {
    buffer->pos = 0;
    buffer->end = size;
    sip_msg *message = nullptr;
    if (sip_msg_decode(&message, buffer) != 0) return 0;
    const std::size_t code = message->scode;
    mem_deref(message);
    return code;
}

verdict start_line(const char *first, const char *last) noexcept {
    const auto line = copy_line(first, last, 0, "l:0\r\n\r\n");
    std::memcpy(buffer->buf, line.copy, line.full);
    return {line.size, decode(line.full)};
}

verdict message(const char *first, const char *last) noexcept {
    const auto size = static_cast<std::size_t>(last - first);
    if (size > longest_input) return {0, 0};
    std::memcpy(buffer->buf, first, size);
    return {size, decode(size)};
}

const packaged_peer
    re({.name = "re",
        .is = role::decoder,
        .start_line = start_line,
        .runs = "sip_msg_decode on a copy of the line, an empty Content-Length and an empty line: it has "
                "no entry for less",
        .message = message});

} // namespace
} // namespace sipstatus::bench
