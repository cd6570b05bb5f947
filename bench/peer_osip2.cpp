// osip2 (Debian libosip2-dev). Its start line parser is private. The narrowest public entry parses a SIP fragment: here
// the start line and an empty line. It needs a message, which is made and freed.

#include "peer.hpp"

#include <sys/time.h>

#include <osipparser2/osip_message.h>
#include <osipparser2/osip_parser.h>
#include <osipparser2/osip_port.h>

namespace sipstatus::bench {
namespace {

constexpr std::string_view empty_line = "\r\n";

template <int (*Parse)(osip_message_t *, const char *, size_t)>
std::size_t code_of(const char *octets, std::size_t size) noexcept {
    osip_message_t *message = nullptr;
    if (osip_message_init(&message) != 0) return 0;
    const int failure = Parse(message, octets, size);
    const int code = failure == 0 ? osip_message_get_status_code(message) : 0;
    osip_message_free(message);
    return static_cast<std::size_t>(code);
}

// osip2 logs what it refuses, to the standard output unless told otherwise.
parser *initialised(parser *entry) {
    osip_trace_initialize_func(END_TRACE_LEVEL, [](const char *, int, osip_trace_level_t, const char *, va_list) {});
    parser_init();
    return entry;
}

const packaged_peer osip2({.name = "osip2",
                           .is = role::decoder,
                           .start_line = initialised(parse_copy<code_of<osip_message_parse_sipfrag>, empty_line>),
                           .runs = "osip_message_parse_sipfrag on a copy of the line and an empty line, with "
                                   "osip_message_init and _free: its start line parser is private",
                           .message = parse_message<code_of<osip_message_parse>>},
                          [](status code, std::string_view) noexcept {
                              return first_octet(osip_message_get_reason(to_int(code)));
                          });

} // namespace
} // namespace sipstatus::bench
