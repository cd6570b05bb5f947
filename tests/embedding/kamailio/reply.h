#ifndef SIPSTATUS_KAMAILIO_REPLY_H
#define SIPSTATUS_KAMAILIO_REPLY_H

/* What the module asks the library about one reply. Plain C, because Kamailio's headers are not C++.
 * In: the octets of a message as they came from the network. Out: values; no view is kept. */

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How far a reply may be trusted to be read alike by every hop. */
enum reply_state {
    reply_none,      /* not a reply: it does not begin with "SIP/" in any case */
    reply_clean,     /* a status line without deviation, or with tolerated ones alone */
    reply_deviating, /* a status line that can be read, with a deviation that is not tolerated */
    reply_unreadable /* it begins as a status line does, and cannot be read as one */
};

struct reply {
    enum reply_state state;
    unsigned begin;      /* octets of CRLFs before the line */
    unsigned length;     /* octets of the line with its line end; 0 if unreadable */
    unsigned offset;     /* of the octet that decided, from the start of the message; 0 if clean */
    unsigned code;       /* 100 to 699; 0 if unreadable */
    unsigned deviations; /* the library's bits */
    unsigned char outcome;
    unsigned char kind;
};

/* The deviations of a list of names as "bare-lf,not-utf8"; -1 if a name is not known. */
int reply_deviations(const char *names);

/* Reads the first line. `tolerated` are bits of reply_deviations(). */
struct reply reply_read(const char *octets, size_t count, unsigned tolerated);

/* Writes the line of a deviating reply anew, without deviation, into [buffer, buffer + size). The phrase is kept where
 * it has no deviation; otherwise it becomes the canonical one. `octets` are those that were read. Returns the octets
 * written; 0 if the buffer is too small. */
size_t reply_normalise(const struct reply *read, const char *octets, char *buffer, size_t size);

/* One sentence for a log, and the line with everything but printable ASCII as \xHH. Returns the octets written, without
 * the NUL; both are cut to the size. */
size_t reply_explain(const struct reply *read, char *buffer, size_t size);
size_t reply_show(const char *octets, size_t count, char *buffer, size_t size);

/* Whether a reply is 603+: a call that a network has blocked on analytics (ATIS-1000099), by its code, its phrase and
 * one Reason field. */
int reply_is_network_block(const struct reply *read, const char *phrase, size_t phrase_count, const char *reason,
                           size_t reason_count);

/* What can be asked of a reply by name, as $sipstatus(NAME). */
int reply_field(const char *name, size_t count); /* its number; -1 if the name is not known */

enum reply_value_type { reply_null, reply_number, reply_text };
struct reply_value {
    enum reply_value_type type;
    int number;
    const char *text; /* static storage, or the buffer */
    size_t count;
};
struct reply_value reply_get(const struct reply *read, int field, char *buffer, size_t size);

#ifdef __cplusplus
}
#endif

#endif
