/* The C face as a C99 program uses it. It prints what is not as expected, and ends with the number of that. */

#include <sipstatus/sipstatus.h>

#include <stdio.h>
#include <string.h>

static int failures = 0;

#define EXPECT(condition)                                                                                              \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            printf("%s:%d: %s\n", __FILE__, __LINE__, #condition);                                                     \
            ++failures;                                                                                                \
        }                                                                                                              \
    } while (0)

static int is(sipstatus_view view, const char *text) {
    return view.size == strlen(text) && (view.size == 0 || memcmp(view.data, text, view.size) == 0);
}

static int says(const char *text, const char *expected) {
    return text != NULL && strcmp(text, expected) == 0;
}

static void values_stay_what_they_are(void) {
    EXPECT(sipstatus_code_trying == 100 && sipstatus_code_busy_here == 486 && sipstatus_code_rejected == 608);
    EXPECT(sipstatus_class_provisional == 1 && sipstatus_class_global_failure == 6);
    EXPECT(sipstatus_outcome_ok == 0 && sipstatus_outcome_incomplete == 1 && sipstatus_outcome_not_status_line == 2);
    EXPECT(sipstatus_outcome_unsupported_version == 3 && sipstatus_outcome_bad_separator == 4);
    EXPECT(sipstatus_outcome_undefined_class == 5 && sipstatus_outcome_bad_code == 6);
    EXPECT(sipstatus_outcome_bad_line_end == 7 && sipstatus_outcome_line_too_long == 8);
    EXPECT(sipstatus_outcome_not_tolerated == 9);
    EXPECT(sipstatus_deviation_version_case == 0 && sipstatus_deviation_repeated_separator == 1);
    EXPECT(sipstatus_deviation_tab_separator == 2 && sipstatus_deviation_missing_separator == 3);
    EXPECT(sipstatus_deviation_control_octet == 4 && sipstatus_deviation_delimiter_octet == 5);
    EXPECT(sipstatus_deviation_bad_escape == 6 && sipstatus_deviation_bad_octet == 7);
    EXPECT(sipstatus_deviation_not_utf8 == 8 && sipstatus_deviation_bare_lf == 9);
    EXPECT(sipstatus_deviation_missing_line_end == 10);
    EXPECT(sipstatus_method_invite == 1 && sipstatus_method_ack == 2 && sipstatus_method_bye == 3);
    EXPECT(sipstatus_method_cancel == 4 && sipstatus_method_options == 5 && sipstatus_method_register_ == 6);
    EXPECT(sipstatus_method_prack == 7 && sipstatus_method_subscribe == 8 && sipstatus_method_notify == 9);
    EXPECT(sipstatus_method_publish == 10 && sipstatus_method_info == 11 && sipstatus_method_refer == 12);
    EXPECT(sipstatus_method_message == 13 && sipstatus_method_update == 14);
    EXPECT(sipstatus_profile_rfc3261 == 0 && sipstatus_profile_kamailio == 1 && sipstatus_profile_opensips == 2);
    EXPECT(sipstatus_profile_repro == 3 && sipstatus_profile_sprout == 4 && sipstatus_profile_drachtio == 5);
    EXPECT(sipstatus_choice_rule_no_response == 0 && sipstatus_choice_rule_nothing_to_send == 1);
    EXPECT(sipstatus_choice_rule_success == 2 && sipstatus_choice_rule_only_response == 3);
    EXPECT(sipstatus_choice_rule_global_failure == 4 && sipstatus_choice_rule_real_answer == 5);
    EXPECT(sipstatus_choice_rule_lowest_class == 6 && sipstatus_choice_rule_affects_resubmission == 7);
    EXPECT(sipstatus_choice_rule_given_up == 8 && sipstatus_choice_rule_order_of_profile == 9);
    EXPECT(sipstatus_choice_rule_first_to_come == 10);
    EXPECT(sipstatus_field_error_none == 0 && sipstatus_field_error_bad_token == 1);
    EXPECT(sipstatus_field_error_bad_value == 2 && sipstatus_field_error_bad_number == 3);
    EXPECT(sipstatus_field_error_bad_separator == 4 && sipstatus_field_error_not_closed == 5);
    EXPECT(sipstatus_field_error_repeated_parameter == 6 && sipstatus_field_error_too_small == 7);
    EXPECT(sipstatus_field_error_unsafe_text == 8);
    EXPECT(sipstatus_cause_location_user == 1 && sipstatus_cause_location_local_private == 2);
    EXPECT(sipstatus_cause_location_local_public == 3 && sipstatus_cause_location_transit == 4);
    EXPECT(sipstatus_cause_location_remote_public == 5 && sipstatus_cause_location_remote_private == 6);
    EXPECT(sipstatus_cause_location_international == 7 && sipstatus_cause_location_beyond_interworking == 8);
}

static void the_version_is_known_at_run_time(void) {
    char text[32];
    snprintf(text, sizeof text, "%d.%d.%d", SIPSTATUS_VERSION_MAJOR, SIPSTATUS_VERSION_MINOR, SIPSTATUS_VERSION_PATCH);
    EXPECT(sipstatus_version() == SIPSTATUS_VERSION);
    EXPECT(says(sipstatus_version_text(), text));
}

static void a_line_is_read_and_written(void) {
    const char octets[] = "\r\nsip/2.0 486 Busy here\nVia: x";
    sipstatus_result result;
    SIPSTATUS_INIT(result);
    EXPECT(sipstatus_parse(octets, sizeof octets - 1, NULL, &result) == sipstatus_outcome_ok);
    EXPECT(result.outcome == sipstatus_outcome_ok && result.code == sipstatus_code_busy_here);
    EXPECT(is(result.phrase, "Busy here") && is(result.version, "sip/2.0"));
    EXPECT(result.kind == sipstatus_reason_kind_letter_case && result.leading_crlfs == 1 && result.consumed == 24);
    EXPECT(result.deviations == (SIPSTATUS_DEVIATION_BIT(version_case) | SIPSTATUS_DEVIATION_BIT(bare_lf)));
    EXPECT(!sipstatus_grammatical(result.deviations) && sipstatus_grammatical(SIPSTATUS_DEVIATION_BIT(version_case)));
    EXPECT(sipstatus_deviation_offset(&result, sipstatus_deviation_version_case) == 2);
    EXPECT(sipstatus_deviation_offset(&result, sipstatus_deviation_not_utf8) == SIZE_MAX);
    EXPECT(sipstatus_deviation_offset(&result, 99) == SIZE_MAX && sipstatus_deviation_offset(&result, -1) == SIZE_MAX);
    EXPECT(sipstatus_code_offset(&result) == 10);
    EXPECT(is(sipstatus_whole_line(&result, octets, sizeof octets - 1), "sip/2.0 486 Busy here"));

    sipstatus_options options;
    sipstatus_options_init(&options);
    options.tolerated = 0;
    EXPECT(sipstatus_parse(octets, sizeof octets - 1, &options, &result) == sipstatus_outcome_not_tolerated);
    EXPECT(result.refused == sipstatus_deviation_version_case && result.offset == 2 && result.code == 0);
    EXPECT(sipstatus_parse("SIP/2.0 200 OK", 14, NULL, NULL) == sipstatus_outcome_incomplete);
    sipstatus_options_init(&options);
    options.whole_input = 1;
    EXPECT(sipstatus_parse("SIP/2.0 200 OK", 14, &options, &result) == sipstatus_outcome_ok);
    EXPECT(sipstatus_parse(NULL, 0, NULL, &result) == sipstatus_outcome_incomplete);

    char line[64];
    size_t written = 0;
    EXPECT(sipstatus_write(line, sizeof line, 486, NULL, 0, &written) == sipstatus_write_error_none);
    EXPECT(written == 23 && memcmp(line, "SIP/2.0 486 Busy Here\r\n", 23) == 0);
    EXPECT(sipstatus_write(line, sizeof line, 486, "x", 1, NULL) == sipstatus_write_error_none);
    EXPECT(sipstatus_write(line, 5, 486, NULL, 0, &written) == sipstatus_write_error_too_small && written == 0);
    EXPECT(sipstatus_write(line, sizeof line, 700, NULL, 0, &written) == sipstatus_write_error_invalid_status);
    EXPECT(sipstatus_write(line, sizeof line, 200, "a\n", 2, &written) == sipstatus_write_error_unsafe_phrase);
}

static void a_stream_goes_on_where_it_was(void) {
    const char octets[] = "SIP/2.0 180 Ringing\r\n";
    sipstatus_result result;
    SIPSTATUS_INIT(result);
    for (size_t size = 0; size + 1 < sizeof octets; ++size) {
        const int outcome =
            size == 0 ? sipstatus_parse(octets, 0, NULL, &result) : sipstatus_resume(&result, octets, size, NULL);
        EXPECT(outcome == sipstatus_outcome_incomplete);
    }
    EXPECT(sipstatus_resume(&result, octets, sizeof octets - 1, NULL) == sipstatus_outcome_ok);
    EXPECT(result.code == 180 && result.consumed == sizeof octets - 1);
}

static void a_struct_of_another_version_is_filled_as_far_as_it_goes(void) {
    struct {
        sipstatus_result result;
        unsigned char beyond[16];
    } newer;
    memset(&newer, 0x5A, sizeof newer);
    newer.result.struct_size = sizeof newer; /* a later header's */
    EXPECT(sipstatus_parse("SIP/2.0 200 OK\r\n", 16, NULL, &newer.result) == sipstatus_outcome_ok);
    EXPECT(newer.result.code == 200 && newer.result.struct_size == sizeof newer && newer.beyond[0] == 0x5A);

    sipstatus_result older;
    memset(&older, 0x5A, sizeof older);
    older.struct_size = offsetof(sipstatus_result, phrase); /* an earlier header's */
    EXPECT(sipstatus_parse("SIP/2.0 200 OK\r\n", 16, NULL, &older) == sipstatus_outcome_ok);
    EXPECT(is(older.version, "SIP/2.0") && older.code == 0x5A5A);
}

static void codes_have_meanings(void) {
    const char *source = NULL, *section = NULL;
    uint16_t codes[4] = {0, 0, 0, 0};
    EXPECT(says(sipstatus_canonical_phrase(486), "Busy Here") && sipstatus_canonical_phrase(499) == NULL);
    EXPECT(sipstatus_class_of(486) == sipstatus_class_client_error && sipstatus_class_of(700) == 0);
    EXPECT(sipstatus_is_final(200) && !sipstatus_is_final(180) && !sipstatus_is_final(0));
    EXPECT(sipstatus_is_code(100) && !sipstatus_is_code(99) && !sipstatus_is_code(700) && !sipstatus_is_code(-1));
    EXPECT(sipstatus_standing_of(202) == sipstatus_standing_deprecated && !sipstatus_is_registered(499));
    EXPECT(sipstatus_effective_status(499) == 400 && sipstatus_effective_status(0) == 0);
    EXPECT(says(sipstatus_reference_of(486), "RFC 3261") && says(sipstatus_section_of(486), "21.4.24"));
    EXPECT(sipstatus_meaning_of(486) != NULL && sipstatus_meaning_of(499) == NULL);
    EXPECT(sipstatus_registry_code(0) == 100 && sipstatus_registry_code(sipstatus_registry_size()) == 0);
    EXPECT(sipstatus_match_reason(437, "Unsupported Certificate", 23, &source) == sipstatus_reason_kind_former);
    EXPECT(says(source, "RFC 4474 section 14.4"));
    EXPECT(sipstatus_match_reason(437, "x", 1, NULL) == sipstatus_reason_kind_local);
    EXPECT(sipstatus_find_phrase("not acceptable", 14, codes, 4) == 2 && codes[0] == 406 && codes[1] == 606);
    EXPECT(sipstatus_find_phrase("not acceptable", 14, codes, 0) == 2);
    EXPECT(says(sipstatus_name_of_code(486), "busy_here") && says(sipstatus_name_of_outcome(0), "ok"));
    EXPECT(sipstatus_name_of_outcome(99) == NULL && sipstatus_name_of_outcome(256) == NULL);
    EXPECT(sipstatus_name_of_kernel(sipstatus_kernel_in_use()) != NULL);
    EXPECT(sipstatus_message_of_outcome(sipstatus_outcome_bad_code, &section) != NULL);
    EXPECT(says(section, "RFC 3261 section 25.1"));
    EXPECT(sipstatus_message_of_deviation(-1, &section) == NULL && says(section, ""));
}

static void rules_say_what_to_do(void) {
    sipstatus_ruling why;
    int level = -1;
    SIPSTATUS_INIT(why);
    EXPECT(sipstatus_forward(180, sipstatus_method_invite, sipstatus_finality_provisional, &why) ==
           sipstatus_forwarding_at_once);
    EXPECT(says(why.section, "RFC 3261 section 16.7 item 5"));
    EXPECT(sipstatus_forward(700, sipstatus_method_invite, 0, &why) == -1 && says(why.section, ""));
    EXPECT(sipstatus_next_route(480, &why) == 0 && strlen(why.reason) > 0);
    EXPECT(sipstatus_next_route(503, NULL) == 1);
    EXPECT(sipstatus_may_answer(555, sipstatus_find_method("REGISTER", 8), NULL) == 1);
    EXPECT(sipstatus_may_answer(555, sipstatus_method_invite, NULL) == 0);
    EXPECT(says(sipstatus_header_with(405, 0, &level, NULL), "Allow") && level == sipstatus_header_level_must);
    EXPECT(sipstatus_header_with(405, 1, NULL, NULL) == NULL);
    EXPECT(sipstatus_timeout_on_dialog(sipstatus_method_invite, sipstatus_dialog_rules_rfc3261, NULL) ==
           sipstatus_dialog_effect_dialog);
}

static void the_best_response_is_chosen(void) {
    const sipstatus_branch set[] = {
        {480, 0, sipstatus_origin_peer, 0}, {503, 1, sipstatus_origin_proxy, 0}, {486, 2, sipstatus_origin_peer, 0}};
    sipstatus_best best;
    size_t order[3];
    SIPSTATUS_INIT(best);
    EXPECT(sipstatus_choose(set, 3, NULL, NULL, &best) == 486);
    EXPECT(best.branch == 2 && best.runner_up == 0 && best.rule == sipstatus_choice_rule_order_of_profile);
    EXPECT(sipstatus_contributors(set, 3, &best, NULL, order) == 1 && order[0] == 2);
    EXPECT(sipstatus_choose(set, 3, NULL, sipstatus_ranking_of(sipstatus_profile_kamailio), &best) == 480);
    EXPECT(sipstatus_choose(set + 1, 1, NULL, NULL, &best) == 500 && best.received == 503);
    EXPECT(sipstatus_choose(NULL, 0, NULL, NULL, &best) == 408 && best.branch == SIZE_MAX);
    const sipstatus_request options = {sipstatus_method_options, 0};
    EXPECT(sipstatus_choose(NULL, 0, &options, NULL, &best) == 0);

    sipstatus_ranking mine = *sipstatus_ranking_of(sipstatus_profile_rfc3261);
    sipstatus_ranking_set(&mine, 480, sipstatus_origin_peer, 1);
    EXPECT(sipstatus_choose(set, 3, NULL, &mine, NULL) == 480);

    const sipstatus_branch challenges[] = {{407, 1, 0, 0}, {401, 0, 0, 0}};
    EXPECT(sipstatus_choose(challenges, 2, NULL, NULL, &best) == 401);
    EXPECT(sipstatus_contributors(challenges, 2, &best, NULL, order) == 2 && order[0] == 1 && order[1] == 0);
    EXPECT(says(sipstatus_contributed_header(401, 0), "WWW-Authenticate"));
    EXPECT(sipstatus_contributed_header(486, 0) == NULL && sipstatus_source_of(99) == NULL);
}

static void a_forked_call_is_followed(void) {
    sipstatus_branch storage[2];
    sipstatus_context context;
    sipstatus_advice advice;
    SIPSTATUS_INIT(advice);
    sipstatus_context_init(&context, storage, 2, sipstatus_method_invite, NULL);
    EXPECT(sipstatus_start_branch(&context) == 0 && sipstatus_start_branch(&context) == 1);
    EXPECT(sipstatus_start_branch(&context) == SIZE_MAX);
    EXPECT(sipstatus_on_response(&context, 0, 180, NULL) == sipstatus_action_forward);
    EXPECT(sipstatus_on_response(&context, 0, 0, NULL) == sipstatus_action_nothing);
    EXPECT(sipstatus_on_response(&context, 1, 603, &advice) == sipstatus_action_wait && advice.cancel == 1);
    EXPECT(sipstatus_next_cancel(&context) == 0 && sipstatus_next_cancel(&context) == SIZE_MAX);
    EXPECT(!sipstatus_is_complete(&context));
    EXPECT(sipstatus_on_response(&context, 0, 487, &advice) == sipstatus_action_forward_best);
    EXPECT(advice.code == 603 && advice.branch == 1 && advice.rule == sipstatus_choice_rule_global_failure);
    EXPECT(sipstatus_is_complete(&context) && storage[1].code == 603);

    sipstatus_context_init(&context, storage, 2, sipstatus_method_invite, NULL);
    sipstatus_start_branch(&context);
    sipstatus_expect_more_targets(&context, 1);
    EXPECT(sipstatus_on_timeout(&context, 0, NULL) == sipstatus_action_try_next);
    EXPECT(sipstatus_start_branch(&context) == 1);
    EXPECT(sipstatus_on_cancel(&context, &advice) == sipstatus_action_wait);
    EXPECT(sipstatus_on_transport_error(&context, 1, &advice) == sipstatus_action_forward_best && advice.code == 500);
}

static void header_fields_are_read(void) {
    const char field[] = "Q.850;cause=17, SIP;cause=603;text=\"v=analytics1;url=u;id=7\";location=LN";
    sipstatus_reason reason;
    sipstatus_retry_after after;
    sipstatus_block block;
    sipstatus_wording wording;
    char buffer[64];
    size_t written = 0;
    int location = 0, hint = 0;
    SIPSTATUS_INIT(reason);
    SIPSTATUS_INIT(after);
    SIPSTATUS_INIT(block);
    SIPSTATUS_INIT(wording);
    EXPECT(sipstatus_read_reason(field, sizeof field - 1, 0, &reason) == sipstatus_field_error_none);
    EXPECT(reason.kind == sipstatus_reason_protocol_q850 && reason.cause == 17 && reason.next != SIZE_MAX);
    EXPECT(sipstatus_read_reason(field, sizeof field - 1, reason.next, &reason) == sipstatus_field_error_none);
    EXPECT(reason.cause == 603 && reason.next == SIZE_MAX && is(reason.location, "LN"));
    EXPECT(sipstatus_find_location(reason.location.data, reason.location.size) ==
           sipstatus_cause_location_local_public);
    EXPECT(sipstatus_read_reason("SIP;cause=x", 11, 0, &reason) == sipstatus_field_error_bad_number &&
           reason.offset == 10);
    EXPECT(sipstatus_find_network_block(603, "Network Blocked", 15, field, sizeof field - 1, &block) == 1);
    EXPECT(is(block.url, "u") && is(block.id, "7") && is(block.tel, "") && is(block.location, "LN"));
    EXPECT(sipstatus_find_network_block(603, "Decline", 7, field, sizeof field - 1, NULL) == 0);
    EXPECT(sipstatus_cause_of_response(480, field, sizeof field - 1, NULL, NULL) == 17);
    EXPECT(sipstatus_cause_of_status(401, &location, &hint) == 21 && hint == sipstatus_cause_hint_credentials_first);
    EXPECT(location == sipstatus_cause_location_remote_public);
    EXPECT(sipstatus_status_of_cause(21, sipstatus_cause_location_user, 0) == 603);
    EXPECT(sipstatus_read_retry_after("120 (lunch);duration=60", 23, &after) == sipstatus_field_error_none);
    EXPECT(after.seconds == 120 && after.has_duration == 1 && after.duration == 60 && is(after.comment, "lunch"));
    EXPECT(sipstatus_write_reason(buffer, sizeof buffer, "SIP", 486, "\"x\"", 3, 0, &written) == 0);
    EXPECT(written == 26 && memcmp(buffer, "SIP;cause=486;text=\"\\\"x\\\"\"", written) == 0);
    EXPECT(sipstatus_unescape("\\\"x", 3, buffer) == 2 && memcmp(buffer, "\"x", 2) == 0);
    EXPECT(sipstatus_read_wording(403, "Forbidden - why", 15, &wording) == 1 && is(wording.detail, "why"));
    EXPECT(sipstatus_read_wording(403, "Forbidden", 9, NULL) == 0);
}

int main(void) {
    values_stay_what_they_are();
    the_version_is_known_at_run_time();
    a_line_is_read_and_written();
    a_stream_goes_on_where_it_was();
    a_struct_of_another_version_is_filled_as_far_as_it_goes();
    codes_have_meanings();
    rules_say_what_to_do();
    the_best_response_is_chosen();
    a_forked_call_is_followed();
    header_fields_are_read();
    printf("%d failures\n", failures);
    return failures == 0 ? 0 : 1;
}
