#ifndef SIPSTATUS_SIPSTATUS_H
#define SIPSTATUS_SIPSTATUS_H

/* The library for C99 and for foreign function interfaces. Each function is the C++ function of the same name, whose header
 * says more: status.hpp, reason.hpp, status_line.hpp, wording.hpp, handling.hpp, best_response.hpp, causes.hpp,
 * reason_header.hpp, retry_after.hpp. There is no logic of its own here.
 *
 * Octets are borrowed: a pointer and a length in, a sipstatus_view into the same octets out. No copy, no NUL needed, no
 * allocation, no exception, no lock, no global state. A `const char *` that a function returns is a string in static storage.
 * Codes are numbers from 100 to 699; another number is no code, and a function says so or answers as for none.
 *
 * A struct that may grow begins with struct_size. Set it to the struct's size before a call: SIPSTATUS_INIT(result). The
 * library fills what is there and no more, so a program that was compiled with an older header goes on working. A member
 * that an older program lacks has its default. Values of enumerations never change; new ones come at the end.
 *
 * The names of enumerators are those of the C++ ones, after the name of the enumeration. */

#include <sipstatus/export.h>
#include <sipstatus/version.hpp>

#include <stddef.h> /* NOLINT(modernize-deprecated-headers): for C, too */
#include <stdint.h> /* NOLINT(modernize-deprecated-headers) */

#ifdef __cplusplus
extern "C" {
#endif

/* For a struct with struct_size: sets that. */
#define SIPSTATUS_INIT(object) ((object).struct_size = sizeof(object))

/* The version of the library at hand at run time: as SIPSTATUS_VERSION, and as text, "0.1.0". */
SIPSTATUS_API unsigned sipstatus_version(void);
SIPSTATUS_API const char *sipstatus_version_text(void);

/* Octets of the caller's; null and 0 if there are none. */
typedef struct sipstatus_view {
    const char *data;
    size_t size;
} sipstatus_view;

/* ---- Enumerations, from the tables that the C++ ones come from */

enum sipstatus_code {
#define SIPSTATUS_CODE(code, name, phrase, reference, section, level, meaning) sipstatus_code_##name = code,
#include <sipstatus/status.def>
    sipstatus_code_none = 0
};

enum sipstatus_class {
#define SIPSTATUS_CLASS(digit, name, phrase, section) sipstatus_class_##name = digit,
#include <sipstatus/status.def>
    sipstatus_class_none = 0
};

enum sipstatus_standing {
    sipstatus_standing_current = 0,
    sipstatus_standing_deprecated = 1,
    sipstatus_standing_historical = 2,
    sipstatus_standing_unregistered = 3
};

enum sipstatus_reason_kind {
    sipstatus_reason_kind_absent = 0,
    sipstatus_reason_kind_canonical = 1,
    sipstatus_reason_kind_letter_case = 2,
    sipstatus_reason_kind_former = 3,
    sipstatus_reason_kind_published = 4,
    sipstatus_reason_kind_local = 5
};

/* outcome_ok and outcome_incomplete; all others are errors. */
enum sipstatus_outcome {
#define SIPSTATUS_OUTCOME(name, section, expected) sipstatus_outcome_##name,
#include <sipstatus/status_line.def>
    sipstatus_outcome_count
};

/* Deviation n is bit n of a set: SIPSTATUS_DEVIATION_BIT(bare_lf). */
enum sipstatus_deviation {
#define SIPSTATUS_DEVIATION(name, section, expected) sipstatus_deviation_##name,
#include <sipstatus/status_line.def>
    sipstatus_deviation_count
};
/* The bit of a deviation in a set. */
#define SIPSTATUS_DEVIATION_BIT(name) (UINT32_C(1) << sipstatus_deviation_##name)

enum sipstatus_write_error {
    sipstatus_write_error_none = 0,
    sipstatus_write_error_too_small = 1,
    sipstatus_write_error_invalid_status = 2,
    sipstatus_write_error_unsafe_phrase = 3
};

enum sipstatus_method {
    sipstatus_method_other = 0,
#define SIPSTATUS_METHOD(name, token) sipstatus_method_##name,
#include <sipstatus/handling.def>
    sipstatus_method_count
};

enum sipstatus_element { sipstatus_element_user_agent = 0, sipstatus_element_proxy = 1 };
enum sipstatus_origin { sipstatus_origin_peer = 0, sipstatus_origin_proxy = 1 };
enum sipstatus_finality { sipstatus_finality_provisional = 0, sipstatus_finality_final = 1 };
enum sipstatus_forwarding { sipstatus_forwarding_at_once = 0, sipstatus_forwarding_hold = 1, sipstatus_forwarding_never = 2 };
enum sipstatus_ack_sender {
    sipstatus_ack_sender_nobody = 0,
    sipstatus_ack_sender_client_transaction = 1,
    sipstatus_ack_sender_user_agent = 2
};
enum sipstatus_cancelled_step {
    sipstatus_cancelled_step_wait = 0,
    sipstatus_cancelled_step_ack_then_bye = 1,
    sipstatus_cancelled_step_done = 2
};
enum sipstatus_retry_kind {
    sipstatus_retry_kind_none = 0,
    sipstatus_retry_kind_redirect = 1,
    sipstatus_retry_kind_credentials = 2,
    sipstatus_retry_kind_change = 3,
    sipstatus_retry_kind_unchanged = 4,
    sipstatus_retry_kind_wait = 5,
    sipstatus_retry_kind_later = 6,
    sipstatus_retry_kind_other_server = 7
};
enum sipstatus_retry_after_meaning {
    sipstatus_retry_after_meaning_none = 0,
    sipstatus_retry_after_meaning_server = 1,
    sipstatus_retry_after_meaning_callee = 2
};
enum sipstatus_dialog_effect {
    sipstatus_dialog_effect_none = 0,
    sipstatus_dialog_effect_transaction = 1,
    sipstatus_dialog_effect_usage = 2,
    sipstatus_dialog_effect_dialog = 3,
    sipstatus_dialog_effect_redirects = 4
};
enum sipstatus_dialog_rules { sipstatus_dialog_rules_rfc5057 = 0, sipstatus_dialog_rules_rfc3261 = 1 };
enum sipstatus_failover {
    sipstatus_failover_none = 0,
    sipstatus_failover_next_target = 1,
    sipstatus_failover_other_flow = 2
};
enum sipstatus_header_level {
    sipstatus_header_level_must = 0,
    sipstatus_header_level_one_of = 1,
    sipstatus_header_level_should = 2,
    sipstatus_header_level_may = 3
};
enum sipstatus_cancel_state {
    sipstatus_cancel_state_none = 0,
    sipstatus_cancel_state_due = 1,
    sipstatus_cancel_state_sent = 2
};
enum sipstatus_action {
    sipstatus_action_nothing = 0,
    sipstatus_action_wait = 1,
    sipstatus_action_forward = 2,
    sipstatus_action_forward_best = 3,
    sipstatus_action_try_next = 4
};
enum sipstatus_profile {
#define SIPSTATUS_RANKING(name, traits, source) sipstatus_profile_##name,
#include <sipstatus/rankings.def>
    sipstatus_profile_count
};
enum sipstatus_choice_rule {
#define SIPSTATUS_CHOICE_RULE(name, section, sentence) sipstatus_choice_rule_##name,
#include <sipstatus/rankings.def>
    sipstatus_choice_rule_count
};
enum sipstatus_ranking_trait {
    sipstatus_ranking_trait_service_unavailable_becomes_500 = 1,
    sipstatus_ranking_trait_drops_non_invite_timeout = 2,
    sipstatus_ranking_trait_global_failure_cancels = 4,
    sipstatus_ranking_trait_global_failure_at_once = 8,
    sipstatus_ranking_trait_merges_contacts = 16,
    sipstatus_ranking_trait_proxy_challenge_wins = 32,
    sipstatus_ranking_trait_lower_branch_wins = 64
};
enum sipstatus_field_error {
#define SIPSTATUS_FIELD_ERROR(name, section, expected) sipstatus_field_error_##name,
#include <sipstatus/field_error.def>
    sipstatus_field_error_count
};
enum sipstatus_reason_protocol {
    sipstatus_reason_protocol_other = 0,
    sipstatus_reason_protocol_sip = 1,
    sipstatus_reason_protocol_q850 = 2,
    sipstatus_reason_protocol_stir = 3
};
enum sipstatus_cause_location {
    sipstatus_cause_location_unknown = 0,
#define SIPSTATUS_CAUSE_LOCATION(name, token, q850, meaning) sipstatus_cause_location_##name,
#include <sipstatus/causes.def>
    sipstatus_cause_location_count
};
enum sipstatus_cause_hint {
    sipstatus_cause_hint_none = 0,
    sipstatus_cause_hint_credentials_first = 1,
    sipstatus_cause_hint_remedy_first = 2,
    sipstatus_cause_hint_by_warning = 3
};

/* ---- Codes and phrases: status.hpp, reason.hpp */

/* What a code or number is. 0 or null where it is no code, or has none. */
SIPSTATUS_API int sipstatus_is_code(long number);
SIPSTATUS_API int sipstatus_class_of(int code);
SIPSTATUS_API int sipstatus_is_final(int code);
SIPSTATUS_API int sipstatus_standing_of(int code);
SIPSTATUS_API int sipstatus_is_registered(int code);
SIPSTATUS_API int sipstatus_effective_status(int code);
SIPSTATUS_API const char *sipstatus_canonical_phrase(int code);
SIPSTATUS_API const char *sipstatus_reference_of(int code); /* "RFC 3261" */
SIPSTATUS_API const char *sipstatus_section_of(int code);   /* "21.4.24"; "" if the reference has none */
SIPSTATUS_API const char *sipstatus_meaning_of(int code);

/* The codes of the registry, ascending: its size, and the code of a row; 0 beyond the last one. */
SIPSTATUS_API size_t sipstatus_registry_size(void);
SIPSTATUS_API int sipstatus_registry_code(size_t row);

/* The kind of a phrase beside a code. `source`, unless null, gets who says so; "" if nobody. */
SIPSTATUS_API int sipstatus_match_reason(int code, const char *phrase, size_t size, const char **source);

/* The codes that a phrase is known for: writes at most `room` of them and returns how many there are, at most 4. */
SIPSTATUS_API size_t sipstatus_find_phrase(const char *phrase, size_t size, uint16_t *codes, size_t room);

/* The name of an enumerator, as in C++; null for a value without a name. */
SIPSTATUS_API const char *sipstatus_name_of_code(int code);
SIPSTATUS_API const char *sipstatus_name_of_class(int value);
SIPSTATUS_API const char *sipstatus_name_of_standing(int value);
SIPSTATUS_API const char *sipstatus_name_of_reason_kind(int value);
SIPSTATUS_API const char *sipstatus_name_of_outcome(int value);
SIPSTATUS_API const char *sipstatus_name_of_deviation(int value);
SIPSTATUS_API const char *sipstatus_name_of_kernel(int value);
SIPSTATUS_API const char *sipstatus_name_of_method(int value);
SIPSTATUS_API const char *sipstatus_name_of_action(int value);
SIPSTATUS_API const char *sipstatus_name_of_profile(int value);
SIPSTATUS_API const char *sipstatus_name_of_choice_rule(int value);
SIPSTATUS_API const char *sipstatus_name_of_field_error(int value);
SIPSTATUS_API const char *sipstatus_name_of_cause_location(int value);

/* A sentence that says what was expected, or why; null for a value without a name. `section`, unless null, gets the RFC. */
SIPSTATUS_API const char *sipstatus_message_of_outcome(int value, const char **section);
SIPSTATUS_API const char *sipstatus_message_of_deviation(int value, const char **section);
SIPSTATUS_API const char *sipstatus_message_of_choice_rule(int value, const char **section);
SIPSTATUS_API const char *sipstatus_message_of_field_error(int value, const char **section);

/* ---- Reading and writing a status line: status_line.hpp */

typedef struct sipstatus_options {
    size_t struct_size;
    size_t limit;         /* octets of a line before its end; 65,535 by default */
    uint32_t tolerated;   /* bits of deviations; UINT32_MAX for all */
    uint32_t whole_input; /* 1: nothing follows the octets */
} sipstatus_options;

/* The defaults. */
SIPSTATUS_API void sipstatus_options_init(sipstatus_options *options);

typedef struct sipstatus_result {
    size_t struct_size;
    size_t offset;        /* of the octet that decided an error */
    size_t consumed;      /* octets up to and with the line end, if ok */
    size_t leading_crlfs; /* pairs of CR LF before the line */
    sipstatus_view version;
    sipstatus_view phrase;
    uint32_t deviations;  /* bits */
    uint16_t code;        /* 0 if it is not known */
    uint8_t outcome;
    uint8_t kind;         /* of the phrase */
    uint8_t refused;      /* the deviation, if the outcome is not_tolerated */
    uint8_t reserved[7];
} sipstatus_result;

/* Reads the status line at the start of the octets. `options` may be null. Returns the outcome. */
SIPSTATUS_API int sipstatus_parse(const char *octets, size_t size, const sipstatus_options *options,
                                  sipstatus_result *result);

/* Goes on after outcome_incomplete. `result` holds the previous result and gets the new one. */
SIPSTATUS_API int sipstatus_resume(sipstatus_result *result, const char *octets, size_t size,
                                   const sipstatus_options *options);

/* Where a result deviates, where its code stands: SIZE_MAX if it does not or is not known. The octets are still there. */
SIPSTATUS_API size_t sipstatus_deviation_offset(const sipstatus_result *result, int deviation);
SIPSTATUS_API size_t sipstatus_code_offset(const sipstatus_result *result);
SIPSTATUS_API sipstatus_view sipstatus_whole_line(const sipstatus_result *result, const char *octets, size_t size);

/* Whether a line with these deviations obeys the grammar of RFC 3261. */
SIPSTATUS_API int sipstatus_grammatical(uint32_t deviations);

/* Writes a status line: all of it or nothing. A null phrase is the canonical one. `written` gets the number of octets.
 * Returns a write_error. */
SIPSTATUS_API int sipstatus_write(char *buffer, size_t room, int code, const char *phrase, size_t size, size_t *written);

/* The number of the kernel that reads lines: 0 scalar, 1 ssse3, 2 avx2, 3 neon. */
SIPSTATUS_API int sipstatus_kernel_in_use(void);

/* ---- What a phrase says: wording.hpp */

typedef struct sipstatus_wording {
    size_t struct_size;
    sipstatus_view detail;
    size_t named_code_offset;
    size_t subcode_offset;
    int32_t subcode;
    uint16_t other;
    uint16_t named_code;
    uint8_t repeats_code;
    uint8_t is_canonical_and_more;
    uint8_t asks_for_detail;
    uint8_t reserved[5];
} sipstatus_wording;

/* Returns 1 if there is anything to say. */
SIPSTATUS_API int sipstatus_read_wording(int code, const char *phrase, size_t size, sipstatus_wording *wording);

/* ---- What one response asks for: handling.hpp. Each returns the verdict, -1 for a number that is no code. `why`, unless
 * null, gets the section and the reason. */

typedef struct sipstatus_ruling {
    size_t struct_size;
    const char *section; /* "" if no RFC has a say */
    const char *reason;  /* "" if there is none */
} sipstatus_ruling;

SIPSTATUS_API int sipstatus_find_method(const char *token, size_t size);
SIPSTATUS_API int sipstatus_treated_as(int code, int element, sipstatus_ruling *why);
SIPSTATUS_API int sipstatus_forward(int code, int method, int sent, sipstatus_ruling *why);
SIPSTATUS_API int sipstatus_ack_of(int code, int method, sipstatus_ruling *why);
SIPSTATUS_API int sipstatus_after_cancel(int code, sipstatus_ruling *why);
SIPSTATUS_API int sipstatus_may_be_reliable(int code, int method, sipstatus_ruling *why);
SIPSTATUS_API int sipstatus_may_answer(int code, int method, sipstatus_ruling *why); /* methods_of() has the method */
SIPSTATUS_API int sipstatus_retry_of(int code, sipstatus_ruling *why);
SIPSTATUS_API int sipstatus_retry_after_of(int code, sipstatus_ruling *why);
SIPSTATUS_API int sipstatus_effect_on_dialog(int code, int method, int rules, sipstatus_ruling *why);
SIPSTATUS_API int sipstatus_timeout_on_dialog(int method, int rules, sipstatus_ruling *why);
SIPSTATUS_API int sipstatus_next_target(int code, int origin, sipstatus_ruling *why);
SIPSTATUS_API int sipstatus_next_route(int code, sipstatus_ruling *why); /* 1: yes */

/* The header fields that go with a code: the name of number n, from 0; null beyond the last one. */
SIPSTATUS_API const char *sipstatus_header_with(int code, size_t n, int *level, const char **section);

/* ---- The best of several responses: best_response.hpp */

typedef struct sipstatus_branch {
    uint16_t code;    /* of the last response; 0 while there is none */
    uint16_t arrival; /* among the final responses; of equals the lower is better */
    uint8_t origin;
    uint8_t cancel;
}
#if defined(__GNUC__)
__attribute__((may_alias)) /* C++ reads the same memory under its own name of the type */
#endif
sipstatus_branch;

/* Ranks of final responses. Copy *sipstatus_ranking_of() and change it to make one of your own. */
typedef struct sipstatus_ranking {
    uint16_t ranks[2][601]; /* by origin, and by code - 100 */
    uint16_t of_given_up;
    uint16_t of_echo;
    uint8_t traits;
    uint8_t is_rfc3261;
}
#if defined(__GNUC__)
__attribute__((may_alias))
#endif
sipstatus_ranking;

SIPSTATUS_API const sipstatus_ranking *sipstatus_ranking_of(int profile);
SIPSTATUS_API const char *sipstatus_source_of(int profile); /* null for none */
SIPSTATUS_API void sipstatus_ranking_set(sipstatus_ranking *ranking, int code, int origin, uint16_t rank);

typedef struct sipstatus_request {
    int32_t method;
    int32_t cancelled; /* by the caller */
} sipstatus_request;

typedef struct sipstatus_best {
    size_t struct_size;
    size_t branch;     /* SIZE_MAX if the proxy makes the response itself */
    size_t runner_up;  /* SIZE_MAX if there is none */
    uint16_t code;     /* what to send; 0: nothing */
    uint16_t received; /* what the branch gave */
    uint16_t rule;     /* why: a choice_rule */
    uint16_t reserved;
} sipstatus_best;

/* A null request is an INVITE that was not cancelled, a null ranking that of RFC 3261. Returns the code to send. */
SIPSTATUS_API int sipstatus_choose(const sipstatus_branch *branches, size_t count, const sipstatus_request *request,
                                   const sipstatus_ranking *ranking, sipstatus_best *best);

/* The branches whose header fields make up the best response, in order. `order` has room for all branches. */
SIPSTATUS_API size_t sipstatus_contributors(const sipstatus_branch *branches, size_t count, const sipstatus_best *best,
                                            const sipstatus_ranking *ranking, size_t *order);
/* The name of header field number n that they give; null beyond the last one. */
SIPSTATUS_API const char *sipstatus_contributed_header(int code, size_t n);

/* The response context of a forked request. It is plain memory, and needs no end. Its branches are the caller's. */
typedef struct sipstatus_context {
    uint64_t opaque[16];
} sipstatus_context;

typedef struct sipstatus_advice {
    size_t struct_size;
    const char *section;
    size_t branch;     /* of action_forward_best: as in sipstatus_best */
    size_t runner_up;
    uint16_t code;
    uint16_t received;
    uint16_t rule;
    uint8_t action;
    uint8_t cancel;    /* 1: ask sipstatus_next_cancel() */
} sipstatus_advice;

/* The ranking, null for RFC 3261's, and the storage outlive the context. */
SIPSTATUS_API void sipstatus_context_init(sipstatus_context *context, sipstatus_branch *storage, size_t capacity, int method,
                                          const sipstatus_ranking *ranking);
SIPSTATUS_API size_t sipstatus_start_branch(sipstatus_context *context); /* SIZE_MAX: none may be started */
SIPSTATUS_API void sipstatus_expect_more_targets(sipstatus_context *context, int are_left);
/* Each returns the action; `advice` may be null. */
SIPSTATUS_API int sipstatus_on_response(sipstatus_context *context, size_t branch, int code, sipstatus_advice *advice);
SIPSTATUS_API int sipstatus_on_timeout(sipstatus_context *context, size_t branch, sipstatus_advice *advice);
SIPSTATUS_API int sipstatus_on_transport_error(sipstatus_context *context, size_t branch, sipstatus_advice *advice);
SIPSTATUS_API int sipstatus_on_cancel(sipstatus_context *context, sipstatus_advice *advice);
SIPSTATUS_API size_t sipstatus_next_cancel(sipstatus_context *context); /* SIZE_MAX: none */
SIPSTATUS_API int sipstatus_is_complete(const sipstatus_context *context);

/* ---- Header fields: reason_header.hpp, retry_after.hpp */

typedef struct sipstatus_reason {
    size_t struct_size;
    sipstatus_view whole;
    sipstatus_view protocol;
    sipstatus_view text;
    sipstatus_view location;
    sipstatus_view ppi;
    size_t next;   /* where the next value begins; SIZE_MAX after the last one */
    size_t offset; /* of the octet that decided an error */
    int32_t cause; /* -1 if there is none */
    uint8_t kind;  /* a reason_protocol */
    uint8_t error;
    uint8_t reserved[2];
} sipstatus_reason;

/* Reads the value that begins at octet number `from`. Returns a field_error. */
SIPSTATUS_API int sipstatus_read_reason(const char *field, size_t size, size_t from, sipstatus_reason *reason);
/* Writes one value; `text` without escapes. Null and negative parts are left out. Returns a field_error. */
SIPSTATUS_API int sipstatus_write_reason(char *buffer, size_t room, const char *protocol, int32_t cause, const char *text,
                                         size_t text_size, int location, size_t *written);
/* Copies a text without its escapes; `to` has room for all of it. */
SIPSTATUS_API size_t sipstatus_unescape(const char *text, size_t size, char *to);
SIPSTATUS_API int sipstatus_find_location(const char *token, size_t size);

typedef struct sipstatus_block {
    size_t struct_size;
    sipstatus_view url;
    sipstatus_view tel;
    sipstatus_view email;
    sipstatus_view id;
    sipstatus_view location;
} sipstatus_block;

/* Whether a response is 603+: keep its phrase and Reason, do not remap the code, do not retry, take no other route, and
 * release with cause 21, location user. */
SIPSTATUS_API int sipstatus_find_network_block(int code, const char *phrase, size_t phrase_size, const char *reason_field,
                                               size_t field_size, sipstatus_block *block);

typedef struct sipstatus_retry_after {
    size_t struct_size;
    sipstatus_view comment;
    sipstatus_view parameters;
    size_t offset; /* of the octet that decided an error */
    uint32_t seconds;
    uint32_t duration;
    uint8_t has_duration;
    uint8_t error;
    uint8_t reserved[6];
} sipstatus_retry_after;

/* Returns a field_error. */
SIPSTATUS_API int sipstatus_read_retry_after(const char *value, size_t size, sipstatus_retry_after *retry_after);

/* ---- Causes of Q.850: causes.hpp */

/* The cause of a code; 0: none. `location` and `hint`, unless null, get theirs. */
SIPSTATUS_API int sipstatus_cause_of_status(int code, int *location, int *hint);
/* The same, but a Q.850 cause in the Reason field comes first. */
SIPSTATUS_API int sipstatus_cause_of_response(int code, const char *reason_field, size_t size, int *location, int *hint);
/* The code of a cause; 0: none. */
SIPSTATUS_API int sipstatus_status_of_cause(int cause, int location, int has_new_number);

#ifdef __cplusplus
}
#endif

/* The layout, where a pointer has 64 bits. */
#if defined(UINTPTR_MAX) && UINTPTR_MAX == UINT64_MAX
#if defined(__cplusplus)
#define SIPSTATUS_LAYOUT(type, size) static_assert(sizeof(type) == size, #type)
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define SIPSTATUS_LAYOUT(type, size) _Static_assert(sizeof(type) == size, #type)
#else
#define SIPSTATUS_LAYOUT(type, size) typedef char type##_layout[sizeof(type) == size ? 1 : -1]
#endif
SIPSTATUS_LAYOUT(sipstatus_view, 16);
SIPSTATUS_LAYOUT(sipstatus_options, 24);
SIPSTATUS_LAYOUT(sipstatus_result, 80);
SIPSTATUS_LAYOUT(sipstatus_wording, 56);
SIPSTATUS_LAYOUT(sipstatus_ruling, 24);
SIPSTATUS_LAYOUT(sipstatus_branch, 6);
SIPSTATUS_LAYOUT(sipstatus_ranking, 2410);
SIPSTATUS_LAYOUT(sipstatus_request, 8);
SIPSTATUS_LAYOUT(sipstatus_best, 32);
SIPSTATUS_LAYOUT(sipstatus_context, 128);
SIPSTATUS_LAYOUT(sipstatus_advice, 40);
SIPSTATUS_LAYOUT(sipstatus_reason, 112);
SIPSTATUS_LAYOUT(sipstatus_block, 88);
SIPSTATUS_LAYOUT(sipstatus_retry_after, 64);
#undef SIPSTATUS_LAYOUT
#endif

#endif
