/* A program in C99 on the installed library: it reads a line and writes one, and asks for the best of three answers. Exit
 * status 0 when each does what it says. */

#include <sipstatus/sipstatus.h>

#include <stdio.h>
#include <string.h>

static int failures = 0;

static void expect(int holds, const char *what) {
    if (holds) return;
    fprintf(stderr, "program: %s\n", what);
    ++failures;
}

int main(void) {
    static const char octets[] = "\r\nsip/2.0 486 Busy here\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n";
    sipstatus_result result;
    char line[64];
    size_t written = 0;

    expect(sipstatus_version() == SIPSTATUS_VERSION, "the library is of the header's version");

    SIPSTATUS_INIT(result);
    expect(sipstatus_parse(octets, sizeof octets - 1, NULL, &result) == sipstatus_outcome_ok, "parse");
    expect(result.code == sipstatus_code_busy_here && result.leading_crlfs == 1, "the code and the CRLFs before the line");
    expect(result.phrase.size == 9 && memcmp(result.phrase.data, "Busy here", 9) == 0, "the phrase");
    expect(result.phrase.data > octets && result.phrase.data < octets + sizeof octets, "a phrase in the octets given");
    expect(result.kind == sipstatus_reason_kind_letter_case, "the kind of the phrase");
    expect(result.deviations == SIPSTATUS_DEVIATION_BIT(version_case), "the deviation");
    expect(sipstatus_deviation_offset(&result, sipstatus_deviation_version_case) == 2, "where it deviates");

    SIPSTATUS_INIT(result);
    expect(sipstatus_parse("SIP/2.0 4", 9, NULL, &result) == sipstatus_outcome_incomplete, "an incomplete line");
    expect(sipstatus_resume(&result, "SIP/2.0 4040 Not Found\r\n", 24, NULL) == sipstatus_outcome_bad_code, "resume");
    expect(result.offset == 11, "where the error is");

    expect(sipstatus_write(line, sizeof line, sipstatus_code_service_unavailable, NULL, 0, &written) ==
               sipstatus_write_error_none, "write");
    expect(written == 33 && memcmp(line, "SIP/2.0 503 Service Unavailable\r\n", written) == 0, "the canonical phrase");

    expect(sipstatus_effective_status(499) == 400, "effective status");
    expect(strcmp(sipstatus_canonical_phrase(603), "Decline") == 0, "canonical phrase");
    return failures == 0 ? 0 : 1;
}
