// osip2 (Debian libosip2-dev). Its start line parser is private. The narrowest public entry parses a SIP fragment: here
// the start line and an empty line. It needs a message, which is made and freed.

#include "line_copy.hpp"
#include "subjects.hpp"

#include <sys/time.h>

#include <osipparser2/osip_message.h>
#include <osipparser2/osip_parser.h>
#include <osipparser2/osip_port.h>

namespace sipstatus::bench {
namespace {

template <int (*Parse)(osip_message_t *, const char *, size_t)>
std::size_t code_of(const char *octets, std::size_t size) noexcept {
    osip_message_t *message = nullptr;
    if (osip_message_init(&message) != 0) return 0;
    const int failure = Parse(message, octets, size);
    const int code = failure == 0 ? osip_message_get_status_code(message) : 0;
    osip_message_free(message);
    return static_cast<std::size_t>(code);
}

verdict start_line(const char *first, const char *last) noexcept {
    const auto line = copy_line(first, last, 0, "\r\n");
    scratch[line.full] = '\0';
    return {line.size, code_of<osip_message_parse_sipfrag>(line.copy, line.full)};
}

verdict message(const char *first, const char *last) noexcept {
    const auto size = static_cast<std::size_t>(last - first);
    return {size, code_of<osip_message_parse>(first, size)};
}

void be_silent(const char *, int, osip_trace_level_t, const char *, va_list) {}

// osip2 logs what it refuses, to the standard output unless told otherwise.
parser *initialised(parser *entry) {
    osip_trace_initialize_func(END_TRACE_LEVEL, be_silent);
    parser_init();
    return entry;
}

const packaged_peer osip2({.name = "osip2",
                           .is = role::decoder,
                           .start_line = initialised(start_line),
                           .runs = "osip_message_parse_sipfrag on a copy of the line and an empty line, with "
                                   "osip_message_init and _free: its start line parser is private",
                           .message = message},
                          [](status code, std::string_view) noexcept -> std::size_t {
                              const char *const phrase = osip_message_get_reason(to_int(code));
                              return phrase ? static_cast<unsigned char>(*phrase) : 0;
                          });

} // namespace
} // namespace sipstatus::bench
