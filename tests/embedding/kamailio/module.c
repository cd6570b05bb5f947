/* The Kamailio module "sipstatus": each reply is classified before Kamailio reads it.
 *
 * The event SREV_NET_DATA_IN brings the octets of a message. What the library says of its first line is kept until the
 * next message: one process handles one message at a time. Routes ask for it by $sipstatus(NAME). A reply that is to be
 * dropped is dropped before any route by a callback, because the event itself can only change octets. */

#include "reply.h"

#include "core/counters.h"
#include "core/dprint.h"
#include "core/events.h"
#include "core/ip_addr.h"
#include "core/mod_fix.h"
#include "core/pvar.h"
#include "core/script_cb.h"
#include "core/sr_module.h"
#include "core/tcp_options.h"
#include "core/timer.h"

#include <string.h>
#include <strings.h>

MODULE_VERSION

enum policy { policy_pass, policy_log, policy_drop, policy_normalise };
static const char *const policy_names[] = {"pass", "log", "drop", "normalise"};

/* The parameters. */
static char *deviating_name = "log";
static char *unreadable_name = "log";
static char *tolerated_names = "";
static int log_rate = 10; /* lines a second in each process; 0: no limit */

static enum policy deviating_policy;
static enum policy unreadable_policy;
static unsigned tolerated;

/* The message at hand, from the event to the next one. */
static struct {
    const char *octets;
    unsigned count;
    struct reply read;
    int dropped;
} current;

static stat_var *stat_replies, *stat_deviating, *stat_unreadable, *stat_normalised, *stat_not_normalised, *stat_dropped;

static stat_export_t statistics[] = {
    {"replies", 0, &stat_replies},
    {"deviating", 0, &stat_deviating},
    {"unreadable", 0, &stat_unreadable},
    {"normalised", 0, &stat_normalised},
    {"not_normalised", 0, &stat_not_normalised},
    {"dropped", 0, &stat_dropped},
    {0, 0, 0},
};

/* Whether another line may be logged in this second; says how many were not. */
static int may_log(void) {
    static ticks_t second;
    static int lines, suppressed;
    const ticks_t now = get_ticks();

    if (log_rate <= 0) return 1;
    if (now != second) {
        if (suppressed > 0) LM_WARN("%d further replies were not logged (log_rate)\n", suppressed);
        second = now;
        lines = suppressed = 0;
    }
    if (lines < log_rate) {
        ++lines;
        return 1;
    }
    ++suppressed;
    return 0;
}

static void log_reply(const char *what, const receive_info_t *from) {
    char why[512], line[256];

    if (!may_log()) return;
    reply_explain(&current.read, why, sizeof why);
    reply_show(current.octets, current.count, line, sizeof line);
    LM_WARN("%s from %s:%d: %s: %s: \"%s\"\n", current.read.state == reply_unreadable ? "unreadable reply" : "reply",
            from ? ip_addr2a((struct ip_addr *)&from->src_ip) : "?", from ? (int)from->src_port : 0, what, why, line);
}

/* Whether the octets after the message belong to nobody. Kamailio reads datagrams into a buffer of BUF_SIZE, and copies
 * messages of streams into one, because mod_init() asks for that. */
static int may_grow(const receive_info_t *from) {
    return from && (from->proto == PROTO_UDP || from->proto == PROTO_TCP || from->proto == PROTO_TLS);
}

/* Replaces the line in Kamailio's buffer. Returns 0 if there is no room. */
static int normalise(str *message, const receive_info_t *from) {
    static char line[BUF_SIZE];
    const unsigned begin = current.read.begin;
    const unsigned rest = message->len - begin - current.read.length;
    const size_t length = reply_normalise(&current.read, message->s, line, sizeof line);

    if (length == 0) return 0;
    if (length > current.read.length && (!may_grow(from) || begin + length + rest >= BUF_SIZE)) return 0;
    memmove(message->s + begin + length, message->s + begin + current.read.length, rest);
    memcpy(message->s + begin, line, length);
    message->len = begin + length + rest;
    if (length != current.read.length) message->s[message->len] = '\0'; /* Kamailio ends its buffer so */
    return 1;
}

static int on_octets(sr_event_param_t *event) {
    str *message = event->data;
    enum policy policy;

    current.octets = message->s;
    current.count = message->len;
    current.dropped = 0;
    current.read = reply_read(message->s, message->len, tolerated);
    if (current.read.state == reply_none) return 0;
    update_stat(stat_replies, 1);
    if (current.read.state == reply_clean) return 0;

    update_stat(current.read.state == reply_unreadable ? stat_unreadable : stat_deviating, 1);
    policy = current.read.state == reply_unreadable ? unreadable_policy : deviating_policy;
    if (policy == policy_log) {
        log_reply("passed on", event->rcv);
    } else if (policy == policy_drop) {
        current.dropped = 1;
        update_stat(stat_dropped, 1);
        log_reply("dropped", event->rcv);
    } else if (policy == policy_normalise) {
        log_reply("normalised", event->rcv);
        if (normalise(message, event->rcv)) {
            update_stat(stat_normalised, 1);
            current.count = message->len;
        } else {
            update_stat(stat_not_normalised, 1);
            log_reply("not normalised, no room in the buffer", event->rcv);
        }
    }
    return 0;
}

/* Before any route: 0 ends the message. */
static int before_routes(struct sip_msg *message, unsigned int flags, void *parameter) {
    (void)flags;
    (void)parameter;
    return !(current.dropped && message->buf == current.octets);
}

/* The reading of a message: that of the event if it is the message at hand, for instance in an onreply_route. Copies of
 * replies, as in a failure_route by $T_rpl(...), are read anew; a normalised one is clean then. */
static struct reply reading_of(const struct sip_msg *message) {
    if (message->buf == current.octets && message->len == current.count) return current.read;
    return reply_read(message->buf, message->len, tolerated);
}

/* The one field that needs headers; the others have numbers from 0. */
static const str network_blocked = str_init("network_blocked");
enum { network_blocked_field = 1000 };

static int is_network_block(struct sip_msg *message, const struct reply *read) {
    const str phrase = message->first_line.u.reply.reason;
    struct hdr_field *field;

    if (message->first_line.type != SIP_REPLY || parse_headers(message, HDR_EOH_F, 0) < 0) return 0;
    for (field = message->headers; field; field = field->next)
        if (field->name.len == 6 && strncasecmp(field->name.s, "Reason", 6) == 0 &&
            reply_is_network_block(read, phrase.s, phrase.len, field->body.s, field->body.len))
            return 1;
    return 0;
}

static int parse_name(pv_spec_p spec, str *name) {
    const int field = name->len == network_blocked.len && memcmp(name->s, network_blocked.s, name->len) == 0
                          ? network_blocked_field
                          : reply_field(name->s, name->len);

    if (field < 0) {
        LM_ERR("$sipstatus(%.*s) is not known; the README of the module lists the names\n", name->len, name->s);
        return -1;
    }
    spec->pvp.pvn.type = PV_NAME_INTSTR;
    spec->pvp.pvn.u.isname.type = 0;
    spec->pvp.pvn.u.isname.name.n = field;
    return 0;
}

static int get_value(struct sip_msg *message, pv_param_t *parameter, pv_value_t *result) {
    static char text[512];
    struct reply read;
    struct reply_value value;
    str octets;

    if (!message || !message->buf) return pv_get_null(message, parameter, result);
    read = reading_of(message);
    if (parameter->pvn.u.isname.name.n == network_blocked_field) {
        if (read.code == 0) return pv_get_null(message, parameter, result);
        return pv_get_sintval(message, parameter, result, is_network_block(message, &read));
    }
    value = reply_get(&read, parameter->pvn.u.isname.name.n, text, sizeof text);
    if (value.type == reply_null) return pv_get_null(message, parameter, result);
    if (value.type == reply_number) return pv_get_sintval(message, parameter, result, value.number);
    octets.s = (char *)value.text;
    octets.len = value.count;
    return pv_get_strval(message, parameter, result, &octets);
}

/* The policy of a name, up to and with `last`; -1 if there is none. */
static int find_policy(const char *parameter, const char *name, enum policy last) {
    int n;

    for (n = 0; n <= (int)last; ++n)
        if (strcmp(policy_names[n], name) == 0) return n;
    LM_ERR("parameter %s: \"%s\" is not known; expected pass, log%s\n", parameter, name,
           last == policy_normalise ? ", drop or normalise" : " or drop");
    return -1;
}

static int mod_init(void) {
    const int for_deviating = find_policy("deviating", deviating_name, policy_normalise);
    const int for_unreadable = find_policy("unreadable", unreadable_name, policy_drop);
    const int names = reply_deviations(tolerated_names);

    if (for_deviating < 0 || for_unreadable < 0) return -1;
    if (names < 0) {
        LM_ERR("parameter tolerated: expected names of deviations with commas between them, not \"%s\"\n",
               tolerated_names);
        return -1;
    }
    deviating_policy = for_deviating;
    unreadable_policy = for_unreadable;
    tolerated = names;
    if (register_module_stats("sipstatus", statistics) != 0) {
        LM_ERR("the statistics could not be registered\n");
        return -1;
    }
    if (sr_event_register_cb(SREV_NET_DATA_IN, on_octets) != 0) {
        LM_ERR("no further callback can be registered for received octets\n");
        return -1;
    }
    if (register_script_cb(before_routes, PRE_SCRIPT_CB | REQUEST_CB | ONREPLY_CB, 0) != 0) {
        LM_ERR("the callback before the routes could not be registered\n");
        return -1;
    }
    if (deviating_policy == policy_normalise) tcp_set_clone_rcvbuf(1);
    return 0;
}

static param_export_t parameters[] = {
    {"deviating", PARAM_STRING, &deviating_name},
    {"unreadable", PARAM_STRING, &unreadable_name},
    {"tolerated", PARAM_STRING, &tolerated_names},
    {"log_rate", PARAM_INT, &log_rate},
    {0, 0, 0},
};

static pv_export_t variables[] = {
    {{"sipstatus", sizeof("sipstatus") - 1}, PVT_OTHER, get_value, 0, parse_name, 0, 0, 0},
    {{0, 0}, 0, 0, 0, 0, 0, 0, 0},
};

struct module_exports exports = {
    "sipstatus", DEFAULT_DLFLAGS, 0, parameters, 0, variables, 0, mod_init, 0, 0,
};
