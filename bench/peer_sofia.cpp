// Sofia-SIP (Debian libsofia-sip-ua-dev). Its message parser calls sip_status_d for the start line, after it has found
// the line's end and overwritten it with a NUL. sip_status_d writes into its input, so it gets a copy.

#include "line_copy.hpp"
#include "subjects.hpp"

#include <sofia-sip/msg.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/sip_protos.h>
#include <sofia-sip/sip_status.h>

namespace sipstatus::bench {
namespace {

verdict start_line(const char *first, const char *last) noexcept {
    const auto line = copy_line(first, last, 0, {});
    std::size_t size = line.full;
    while (size != 0 && (line.copy[size - 1] == '\r' || line.copy[size - 1] == '\n')) --size;
    line.copy[size] = '\0';
    sip_header_t header;
    sip_status_init(header.sh_status);
    if (sip_status_d(nullptr, reinterpret_cast<msg_header_t *>(&header), line.copy, static_cast<isize_t>(size)) < 0)
        return {line.size, 0};
    return {line.size, static_cast<std::size_t>(header.sh_status->st_status)};
}

verdict message(const char *first, const char *last) noexcept {
    const auto size = static_cast<std::size_t>(last - first);
    msg_t *const parsed = msg_make(sip_default_mclass(), 0, first, static_cast<ssize_t>(size));
    const sip_t *const sip = parsed ? sip_object(parsed) : nullptr;
    const std::size_t code = sip && sip->sip_status ? static_cast<std::size_t>(sip->sip_status->st_status) : 0;
    msg_destroy(parsed);
    return {size, code};
}

const packaged_peer sofia({.name = "Sofia-SIP",
                           .is = role::peer,
                           .start_line = start_line,
                           .runs = "sip_status_d on a copy of the line",
                           .message = message},
                          [](status code, std::string_view) noexcept -> std::size_t {
                              const char *const phrase = sip_status_phrase(to_int(code));
                              return phrase ? static_cast<unsigned char>(*phrase) : 0;
                          });

} // namespace
} // namespace sipstatus::bench
