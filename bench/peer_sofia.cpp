// Sofia-SIP (Debian libsofia-sip-ua-dev). Its message parser calls sip_status_d for the start line, after it has found
// the line's end and overwritten it with a NUL. sip_status_d writes into its input, so it gets a copy.

#include "peer.hpp"

#include <sofia-sip/msg.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/sip_protos.h>
#include <sofia-sip/sip_status.h>

namespace sipstatus::bench {
namespace {

constexpr std::string_view no_tail;

std::size_t line_code(char *line, std::size_t size) noexcept {
    while (size != 0 && (line[size - 1] == '\r' || line[size - 1] == '\n')) --size;
    line[size] = '\0';
    sip_header_t header;
    sip_status_init(header.sh_status);
    const auto failed =
        sip_status_d(nullptr, reinterpret_cast<msg_header_t *>(&header), line, static_cast<isize_t>(size)) < 0;
    return failed ? 0 : static_cast<std::size_t>(header.sh_status->st_status);
}

std::size_t message_code(const char *octets, std::size_t size) noexcept {
    msg_t *const parsed = msg_make(sip_default_mclass(), 0, octets, static_cast<ssize_t>(size));
    const sip_t *const sip = parsed ? sip_object(parsed) : nullptr;
    const std::size_t code = sip && sip->sip_status ? static_cast<std::size_t>(sip->sip_status->st_status) : 0;
    msg_destroy(parsed);
    return code;
}

const packaged_peer sofia({.name = "Sofia-SIP",
                           .is = role::peer,
                           .start_line = parse_copy<line_code, no_tail>,
                           .runs = "sip_status_d on a copy of the line",
                           .message = parse_message<message_code>},
                          [](status code, std::string_view) noexcept {
                              return first_octet(sip_status_phrase(to_int(code)));
                          });

} // namespace
} // namespace sipstatus::bench
