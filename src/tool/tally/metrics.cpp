#include "tally/metrics.hpp"

#include <initializer_list>

namespace sipstatus::tool {

namespace {

amount sum_of(const std::array<amount, code_limit> &by_code, unsigned first, unsigned last) {
    amount sum = 0;
    for (auto code = first; code <= last; ++code) sum += by_code[code];
    return sum;
}

amount sum_of(const std::array<amount, code_limit> &by_code, std::initializer_list<unsigned> codes) {
    amount sum = 0;
    for (const auto code : codes) sum += by_code[code];
    return sum;
}

const method_counts &counts_of(const tally &counts, method_table::number method) {
    static const method_counts none;
    return method < counts.methods.size() ? counts.methods[method] : none;
}

// Transactions by their final code: each code once in a transaction.
amount distinct(const method_counts &of, unsigned code) {
    return of.distinct_responses.empty() ? 0 : of.distinct_responses[code];
}

void add_times(const method_counts &of, unsigned first, unsigned last, histogram &to) {
    for (auto code = first; code <= last && code < of.times.size(); ++code)
        if (of.times[code]) to.add(*of.times[code]);
}

} // namespace

std::vector<ratio> ratios_of(const tally &counts) {
    const auto &sessions = counts.sessions;
    const auto &finals = sessions.finals;
    const auto answered = sum_of(finals, 200, 299), redirected = sum_of(finals, 300, 399);
    const auto not_redirected = sessions.attempts - redirected;
    const auto &registration = counts_of(counts, method_table::registration);
    amount failed_registrations = 0;
    for (unsigned code = 400; code < code_limit; ++code)
        if (code != 401 && code != 402 && code != 407) failed_registrations += distinct(registration, code);
    return {
        {"ASR", "answer seizure ratio", "INVITE with 2xx, of all INVITE (ITU-T E.425)", answered, sessions.attempts},
        {"NER", "network effectiveness ratio", "INVITE with 2xx, 480, 486, 487, 600, 603, of all INVITE (ITU-T E.425)",
         answered + sum_of(finals, {480, 486, 487, 600, 603}), sessions.attempts},
        {"SER", "session establishment ratio", "INVITE with 2xx, of INVITE without 3xx (RFC 6076 section 4.6)",
         answered, not_redirected},
        {"SEER", "session establishment effectiveness ratio",
         "INVITE with 2xx, 480, 486, 600, 603, of INVITE without 3xx (RFC 6076 section 4.7)",
         answered + sum_of(finals, {480, 486, 600, 603}), not_redirected},
        {"ISA", "ineffective session attempts", "INVITE with 408, 500, 503, 504, of all INVITE (RFC 6076 section 4.8)",
         sum_of(finals, {408, 500, 503, 504}), sessions.attempts},
        {"SCR", "session completion ratio",
         "INVITE with 2xx and an answered BYE later, of all INVITE (RFC 6076 section 4.9)", sessions.completed,
         sessions.attempts},
        {"IRA", "ineffective registration attempts",
         "REGISTER with 4xx but 401, 402, 407, with 5xx or 6xx, of all REGISTER (RFC 6076 section 4.2)",
         failed_registrations, registration.transactions},
    };
}

std::vector<delay_row> delays_of(const tally &counts, std::vector<histogram> &merged) {
    merged.assign(2, {});
    add_times(counts_of(counts, method_table::registration), 200, 299, merged[0]);
    add_times(counts_of(counts, method_table::bye), 200, 299, merged[1]);
    return {
        {"SRD", "session request delay", "INVITE to its first 1xx but 100, or to 2xx (RFC 6076 section 4.3.1)",
         &counts.sessions.request_delay},
        {"SRD failed", "failed session request delay", "INVITE to its final 4xx, 5xx, 6xx (RFC 6076 section 4.3.2)",
         &counts.sessions.failed_request_delay},
        {"SDT", "session duration time", "2xx to INVITE until BYE (RFC 6076 section 4.5)", &counts.sessions.duration},
        {"SDD", "session disconnect delay", "BYE to its 2xx (RFC 6076 section 4.4)", &merged[1]},
        {"RRD", "registration request delay", "REGISTER to its 2xx (RFC 6076 section 4.1)", &merged[0]},
    };
}

} // namespace sipstatus::tool
