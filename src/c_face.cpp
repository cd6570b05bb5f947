// The C face: each function calls the C++ function of its name. Nothing is decided here.

#include <sipstatus/sipstatus.h>
#include <sipstatus/sipstatus.hpp>

#include <cstring>
#include <new>

namespace sipstatus::inline SIPSTATUS_ABI {
namespace {

// ---- Values that must stay what they are

static_assert(sipstatus_outcome_count == static_cast<int>(outcome::not_tolerated) + 1);
static_assert(sipstatus_deviation_count == deviation_count);
static_assert(sipstatus_reason_kind_local == static_cast<int>(reason_kind::local));
static_assert(sipstatus_standing_unregistered == static_cast<int>(standing::unregistered));
static_assert(sipstatus_write_error_unsafe_phrase == static_cast<int>(write_error::unsafe_phrase));
static_assert(sipstatus_method_update == static_cast<int>(method::update));
static_assert(sipstatus_element_proxy == static_cast<int>(element::proxy));
static_assert(sipstatus_origin_proxy == static_cast<int>(branch_origin::proxy));
static_assert(sipstatus_finality_final == static_cast<int>(finality::final));
static_assert(sipstatus_forwarding_never == static_cast<int>(forwarding::never));
static_assert(sipstatus_ack_sender_user_agent == static_cast<int>(ack_sender::user_agent));
static_assert(sipstatus_cancelled_step_done == static_cast<int>(cancelled_step::done));
static_assert(sipstatus_retry_kind_other_server == static_cast<int>(retry_kind::other_server));
static_assert(sipstatus_retry_after_meaning_callee == static_cast<int>(retry_after_meaning::callee));
static_assert(sipstatus_dialog_effect_redirects == static_cast<int>(dialog_effect::redirects));
static_assert(sipstatus_dialog_rules_rfc3261 == static_cast<int>(dialog_rules::rfc3261));
static_assert(sipstatus_failover_other_flow == static_cast<int>(failover::other_flow));
static_assert(sipstatus_header_level_may == static_cast<int>(header_level::may));
static_assert(sipstatus_cancel_state_sent == static_cast<int>(cancel_state::sent));
static_assert(sipstatus_action_try_next == static_cast<int>(action::try_next));
static_assert(sipstatus_profile_drachtio == static_cast<int>(profile::drachtio));
static_assert(sipstatus_choice_rule_lower_branch == static_cast<int>(choice_rule::lower_branch));
static_assert(sipstatus_ranking_trait_lower_branch_wins == static_cast<int>(ranking_trait::lower_branch_wins));
static_assert(sipstatus_field_error_unsafe_text == static_cast<int>(field_error::unsafe_text));
static_assert(sipstatus_reason_protocol_stir == static_cast<int>(reason_protocol::stir));
static_assert(sipstatus_cause_location_beyond_interworking == static_cast<int>(cause_location::beyond_interworking));
static_assert(sipstatus_cause_hint_by_warning == static_cast<int>(cause_hint::by_warning));

// The types that C and C++ see the same memory as.
static_assert(sizeof(branch) == sizeof(sipstatus_branch) && alignof(branch) == alignof(sipstatus_branch));
static_assert(offsetof(branch, arrival) == offsetof(sipstatus_branch, arrival) &&
              offsetof(branch, origin) == offsetof(sipstatus_branch, origin) &&
              offsetof(branch, cancel) == offsetof(sipstatus_branch, cancel));
static_assert(sizeof(ranking) == sizeof(sipstatus_ranking) && alignof(ranking) == alignof(sipstatus_ranking));
static_assert(offsetof(ranking, of_given_up) == offsetof(sipstatus_ranking, of_given_up) &&
              offsetof(ranking, of_echo) == offsetof(sipstatus_ranking, of_echo) &&
              offsetof(ranking, traits) == offsetof(sipstatus_ranking, traits) &&
              offsetof(ranking, is_rfc3261) == offsetof(sipstatus_ranking, is_rfc3261));
static_assert(sizeof(response_context) <= sizeof(sipstatus_context) &&
              alignof(response_context) <= alignof(sipstatus_context));

// ---- Ways between the two

template <class Enum> constexpr int number(Enum value) noexcept {
    return static_cast<int>(value);
}
constexpr status code_of(int number) noexcept {
    return to_status(number).value_or(status{});
}
constexpr bool is_code(int number) noexcept {
    return to_status(number).has_value();
}
// An enumerator of its number; of a number beyond the last one, the first.
template <class Enum> constexpr Enum enumerator(int number, Enum last) noexcept {
    return number >= 0 && number <= static_cast<int>(last) ? static_cast<Enum>(number) : Enum{};
}

std::string_view octets_of(const char *data, size_t size) noexcept {
    return data == nullptr ? std::string_view{} : std::string_view(data, size);
}
std::string_view text_of(const char *data) noexcept {
    return data == nullptr ? std::string_view{} : std::string_view(data);
}
sipstatus_view view_of(std::string_view octets) noexcept {
    return {octets.data(), octets.size()};
}
std::string_view octets_of(sipstatus_view view) noexcept {
    return octets_of(view.data, view.size);
}

// A string of static storage, or null where there is none. Each ends in a NUL that its view does not count.
const char *string_of(std::string_view text) noexcept {
    return text.empty() ? nullptr : text.data();
}
// The same, or "".
const char *string_or_empty(std::string_view text) noexcept {
    return text.empty() ? "" : text.data();
}
void put(const char **to, std::string_view text) noexcept {
    if (to != nullptr) *to = string_or_empty(text);
}
const char *sentence_of(explanation says, const char **section) noexcept {
    put(section, says.section);
    return string_of(says.expected);
}

// Fills as much of a caller's struct as the caller knows, and of ours as much as the caller gave.
template <class Struct> void fill(Struct *to, Struct from) noexcept {
    if (to == nullptr) return;
    const auto known = to->struct_size;
    from.struct_size = known;
    std::memcpy(to, &from, known < sizeof from ? known : sizeof from);
}
template <class Struct> Struct known_part(const Struct *from, Struct defaults) noexcept {
    if (from == nullptr) return defaults;
    std::memcpy(&defaults, from, from->struct_size < sizeof defaults ? from->struct_size : sizeof defaults);
    return defaults;
}

method method_of(int number) noexcept {
    return enumerator(number, method::update);
}

constexpr int number(status s) noexcept {
    return to_int(s);
}
template <class Verdict> int told(const ruling<Verdict> &says, sipstatus_ruling *why) noexcept {
    fill(why, {0, says.section.characters, says.reason.characters});
    return number(says.verdict);
}
// What a rule says of a code; -1 for a number that is none.
template <class Rule> int told(int code, sipstatus_ruling *why, Rule rule) noexcept {
    if (is_code(code)) return told(rule(code_of(code)), why);
    fill(why, {0, "", ""});
    return -1;
}

parse_options options_of(const sipstatus_options *options) noexcept {
    sipstatus_options all{};
    sipstatus_options_init(&all);
    all = known_part(options, all);
    return {deviations::from_bits(all.tolerated), all.whole_input != 0, all.limit};
}

sipstatus_result c_result(const parse_result &from) noexcept {
    sipstatus_result to{};
    to.offset = from.offset;
    to.consumed = from.consumed;
    to.leading_crlfs = from.leading_crlfs;
    to.version = view_of(from.line.version);
    to.phrase = view_of(from.line.phrase);
    to.deviations = from.line.deviations.bits();
    to.code = static_cast<std::uint16_t>(to_int(from.line.code));
    to.outcome = static_cast<std::uint8_t>(from.outcome);
    to.kind = static_cast<std::uint8_t>(from.line.kind);
    to.refused = static_cast<std::uint8_t>(from.refused);
    return to;
}

parse_result result_of(const sipstatus_result *result) noexcept {
    const auto from = known_part(result, sipstatus_result{});
    parse_result to;
    to.line = {octets_of(from.version), octets_of(from.phrase), static_cast<status>(from.code),
               deviations::from_bits(from.deviations), static_cast<reason_kind>(from.kind)};
    to.offset = from.offset;
    to.consumed = from.consumed;
    to.leading_crlfs = from.leading_crlfs;
    to.outcome = static_cast<outcome>(from.outcome);
    to.refused = static_cast<deviation>(from.refused);
    return to;
}

const ranking &ranks_of(const sipstatus_ranking *from) noexcept {
    return from == nullptr ? ranking_of(profile::rfc3261) : *reinterpret_cast<const ranking *>(from);
}
branches branches_of(const sipstatus_branch *from, size_t count) noexcept {
    return {reinterpret_cast<const branch *>(from), count};
}
request_facts facts_of(const sipstatus_request *from) noexcept {
    if (from == nullptr) return {};
    return {method_of(from->method), from->cancelled != 0};
}
response_context &context_of(sipstatus_context *context) noexcept {
    return *std::launder(reinterpret_cast<response_context *>(context));
}

int told(response_context &context, const advice &says, sipstatus_advice *out) noexcept {
    sipstatus_advice to{};
    to.section = says.section.characters;
    to.branch = says.best.branch;
    to.runner_up = says.best.runner_up;
    to.code = static_cast<std::uint16_t>(to_int(says.best.code));
    to.received = static_cast<std::uint16_t>(to_int(says.best.received));
    if (says.action == action::forward_best)
        to.rule = static_cast<std::uint16_t>(rule_of(says.best, context.all(), context.request(), context.ranks()));
    to.action = static_cast<std::uint8_t>(says.action);
    to.cancel = says.cancel ? 1 : 0;
    fill(out, to);
    return number(says.action);
}

int told(cause_mapping says, int *location, int *hint) noexcept {
    if (location != nullptr) *location = number(says.location);
    if (hint != nullptr) *hint = number(says.hint);
    return says.cause;
}

#define SIPSTATUS_TEXT(text) SIPSTATUS_QUOTED(text)
#define SIPSTATUS_QUOTED(text) #text
constexpr const char *version_text = SIPSTATUS_TEXT(SIPSTATUS_VERSION_MAJOR) "." SIPSTATUS_TEXT(
    SIPSTATUS_VERSION_MINOR) "." SIPSTATUS_TEXT(SIPSTATUS_VERSION_PATCH);
#undef SIPSTATUS_QUOTED
#undef SIPSTATUS_TEXT

} // namespace
} // namespace sipstatus::inline SIPSTATUS_ABI

using namespace sipstatus; // NOLINT(google-build-using-namespace): of the C names each begins with sipstatus_

extern "C" {

unsigned sipstatus_version(void) {
    return SIPSTATUS_VERSION;
}
const char *sipstatus_version_text(void) {
    return version_text;
}

// ---- Codes and phrases

int sipstatus_is_code(long value) {
    return to_status(value).has_value();
}
int sipstatus_class_of(int code) {
    return is_code(code) ? number(class_of(code_of(code))) : 0;
}
int sipstatus_is_final(int code) {
    return is_code(code) && is_final(code_of(code));
}
int sipstatus_standing_of(int code) {
    return number(standing_of(code_of(code)));
}
int sipstatus_is_registered(int code) {
    return is_registered(code_of(code));
}
int sipstatus_effective_status(int code) {
    return is_code(code) ? to_int(effective_status(code_of(code))) : 0;
}
const char *sipstatus_canonical_phrase(int code) {
    return string_of(canonical_phrase(code_of(code)));
}
const char *sipstatus_reference_of(int code) {
    const auto *row = find(code_of(code));
    return row == nullptr ? nullptr : row->reference.characters;
}
const char *sipstatus_section_of(int code) {
    const auto *row = find(code_of(code));
    return row == nullptr ? nullptr : row->section.characters;
}
const char *sipstatus_meaning_of(int code) {
    const auto *row = find(code_of(code));
    return row == nullptr ? nullptr : row->meaning.characters;
}
size_t sipstatus_registry_size(void) {
    return registry().size();
}
int sipstatus_registry_code(size_t row) {
    return row < registry().size() ? to_int(registry()[row].code) : 0;
}
int sipstatus_match_reason(int code, const char *phrase, size_t size, const char **source) {
    const auto match = match_reason(code_of(code), octets_of(phrase, size));
    put(source, match.source);
    return number(match.kind);
}
size_t sipstatus_find_phrase(const char *phrase, size_t size, uint16_t *codes, size_t room) {
    const auto owners = find_phrase(octets_of(phrase, size));
    for (size_t n = 0; n < owners.size() && n < room; ++n)
        codes[n] = static_cast<uint16_t>(to_int(owners.items[n].code));
    return owners.size();
}

// ---- Names and sentences

const char *sipstatus_name_of_code(int code) {
    return string_of(name(code_of(code)));
}
// A number that no enumerator of one octet can have has no name.
#define SIPSTATUS_NAME_OF(function, type)                                                                              \
    const char *sipstatus_name_of_##function(int value) {                                                              \
        return value < 0 || value > 255 ? nullptr : string_of(name(static_cast<type>(value)));                         \
    }
SIPSTATUS_NAME_OF(class, status_class)
SIPSTATUS_NAME_OF(standing, standing)
SIPSTATUS_NAME_OF(reason_kind, reason_kind)
SIPSTATUS_NAME_OF(outcome, outcome)
SIPSTATUS_NAME_OF(deviation, deviation)
SIPSTATUS_NAME_OF(kernel, kernel)
SIPSTATUS_NAME_OF(method, method)
SIPSTATUS_NAME_OF(action, action)
SIPSTATUS_NAME_OF(profile, profile)
SIPSTATUS_NAME_OF(choice_rule, choice_rule)
SIPSTATUS_NAME_OF(field_error, field_error)
SIPSTATUS_NAME_OF(cause_location, cause_location)
#undef SIPSTATUS_NAME_OF

#define SIPSTATUS_MESSAGE_OF(function, type)                                                                           \
    const char *sipstatus_message_of_##function(int value, const char **section) {                                     \
        return sentence_of(value < 0 || value > 255 ? explanation{} : message(static_cast<type>(value)), section);     \
    }
SIPSTATUS_MESSAGE_OF(outcome, outcome)
SIPSTATUS_MESSAGE_OF(deviation, deviation)
SIPSTATUS_MESSAGE_OF(choice_rule, choice_rule)
SIPSTATUS_MESSAGE_OF(field_error, field_error)
#undef SIPSTATUS_MESSAGE_OF

// ---- A status line

void sipstatus_options_init(sipstatus_options *options) {
    constexpr parse_options defaults;
    *options = {sizeof *options, defaults.limit, UINT32_MAX, 0};
}
int sipstatus_parse(const char *octets, size_t size, const sipstatus_options *options, sipstatus_result *result) {
    const auto read = parse(octets_of(octets, size), options_of(options));
    fill(result, c_result(read));
    return number(read.outcome);
}
int sipstatus_resume(sipstatus_result *result, const char *octets, size_t size, const sipstatus_options *options) {
    const auto read = resume(result_of(result), octets_of(octets, size), options_of(options));
    fill(result, c_result(read));
    return number(read.outcome);
}
size_t sipstatus_deviation_offset(const sipstatus_result *result, int which) {
    if (which < 0 || which >= sipstatus_deviation_count) return npos;
    return deviation_offset(result_of(result), static_cast<deviation>(which));
}
size_t sipstatus_code_offset(const sipstatus_result *result) {
    const auto read = result_of(result);
    const auto offset = code_offset(read.line);
    return offset == npos ? npos : 2 * read.leading_crlfs + offset;
}
sipstatus_view sipstatus_whole_line(const sipstatus_result *result, const char *octets, size_t size) {
    return view_of(whole_line(result_of(result), octets_of(octets, size)));
}
int sipstatus_grammatical(uint32_t bits) {
    return grammatical(deviations::from_bits(bits));
}
int sipstatus_write(char *buffer, size_t room, int code, const char *phrase, size_t size, size_t *written) {
    const auto result = phrase == nullptr ? write(buffer, buffer + room, code_of(code))
                                          : write(buffer, buffer + room, code_of(code), {phrase, size});
    if (written != nullptr) *written = static_cast<size_t>(result.end - buffer);
    return number(result.error);
}
int sipstatus_kernel_in_use(void) {
    return number(kernel_in_use());
}
int sipstatus_read_wording(int code, const char *phrase, size_t size, sipstatus_wording *wording) {
    const auto says = read_wording(code_of(code), octets_of(phrase, size));
    sipstatus_wording to{};
    to.detail = view_of(says.detail);
    to.named_code_offset = says.named_code_offset;
    to.subcode_offset = says.subcode_offset;
    to.subcode = says.subcode;
    to.other = static_cast<uint16_t>(to_int(says.other));
    to.named_code = static_cast<uint16_t>(says.named_code);
    to.repeats_code = says.repeats_code;
    to.is_canonical_and_more = says.is_canonical_and_more;
    to.asks_for_detail = says.asks_for_detail;
    fill(wording, to);
    return says ? 1 : 0;
}

// ---- Handling

int sipstatus_find_method(const char *token, size_t size) {
    return number(find_method(octets_of(token, size)));
}
int sipstatus_treated_as(int code, int who, sipstatus_ruling *why) {
    return told(code, why, [who](status s) { return treated_as(s, enumerator(who, element::proxy)); });
}
int sipstatus_forward(int code, int m, int sent, sipstatus_ruling *why) {
    return told(code, why, [m, sent](status s) { return forward(s, method_of(m), enumerator(sent, finality::final)); });
}
int sipstatus_ack_of(int code, int m, sipstatus_ruling *why) {
    return told(code, why, [m](status s) { return ack_of(s, method_of(m)); });
}
int sipstatus_after_cancel(int code, sipstatus_ruling *why) {
    return told(code, why, [](status s) { return after_cancel(s); });
}
int sipstatus_may_be_reliable(int code, int m, sipstatus_ruling *why) {
    return told(code, why, [m](status s) { return may_be_reliable(s, method_of(m)); });
}
int sipstatus_may_answer(int code, int m, sipstatus_ruling *why) {
    return told(code, why, [m](status s) {
        const auto says = methods_of(s);
        return ruling<bool>{says.verdict.contains(method_of(m)), says.section, says.reason};
    });
}
int sipstatus_retry_of(int code, sipstatus_ruling *why) {
    return told(code, why, [](status s) { return retry_of(s); });
}
int sipstatus_retry_after_of(int code, sipstatus_ruling *why) {
    return told(code, why, [](status s) { return retry_after_of(s); });
}
int sipstatus_effect_on_dialog(int code, int m, int rules, sipstatus_ruling *why) {
    return told(code, why, [m, rules](status s) {
        return effect_on_dialog(s, method_of(m), enumerator(rules, dialog_rules::rfc3261));
    });
}
int sipstatus_timeout_on_dialog(int m, int rules, sipstatus_ruling *why) {
    return told(timeout_on_dialog(method_of(m), enumerator(rules, dialog_rules::rfc3261)), why);
}
int sipstatus_next_target(int code, int origin, sipstatus_ruling *why) {
    return told(code, why, [origin](status s) { return next_target(s, enumerator(origin, branch_origin::proxy)); });
}
int sipstatus_next_route(int code, sipstatus_ruling *why) {
    return told(code, why, [](status s) { return next_route(s); });
}
const char *sipstatus_header_with(int code, size_t n, int *level, const char **section) {
    const auto all = headers_with(code_of(code));
    if (n >= static_cast<size_t>(all.end() - all.begin())) return nullptr;
    const auto &row = all.begin()[n];
    if (level != nullptr) *level = number(row.level);
    put(section, row.section);
    return row.name.characters;
}

// ---- The best response

const sipstatus_ranking *sipstatus_ranking_of(int which) {
    return reinterpret_cast<const sipstatus_ranking *>(&ranking_of(enumerator(which, profile::drachtio)));
}
const char *sipstatus_source_of(int which) {
    return which < 0 || which >= sipstatus_profile_count ? nullptr : string_of(source_of(static_cast<profile>(which)));
}
void sipstatus_ranking_set(sipstatus_ranking *to, int code, int origin, uint16_t rank) {
    reinterpret_cast<ranking *>(to)->set(code_of(code), enumerator(origin, branch_origin::proxy), rank);
}
int sipstatus_choose(const sipstatus_branch *set, size_t count, const sipstatus_request *request,
                     const sipstatus_ranking *by, sipstatus_best *best) {
    const auto all = branches_of(set, count);
    const auto chosen = choose(all, facts_of(request), ranks_of(by));
    const auto rule = rule_of(chosen, all, facts_of(request), ranks_of(by));
    fill(best, {0, chosen.branch, chosen.runner_up, static_cast<uint16_t>(to_int(chosen.code)),
                static_cast<uint16_t>(to_int(chosen.received)), static_cast<uint16_t>(rule), 0});
    return to_int(chosen.code);
}
size_t sipstatus_contributors(const sipstatus_branch *set, size_t count, const sipstatus_best *best,
                              const sipstatus_ranking *by, size_t *order) {
    const auto from = known_part(best, {0, npos, npos, 0, 0, 0, 0});
    return contributors(
        branches_of(set, count),
        {static_cast<status>(from.code), static_cast<status>(from.received), from.branch, from.runner_up}, ranks_of(by),
        order);
}
const char *sipstatus_contributed_header(int code, size_t n) {
    return string_of(contributed_header(code_of(code), n));
}

void sipstatus_context_init(sipstatus_context *context, sipstatus_branch *storage, size_t capacity, int m,
                            const sipstatus_ranking *by) {
    new (context) response_context(reinterpret_cast<branch *>(storage), capacity, method_of(m), ranks_of(by));
}
size_t sipstatus_start_branch(sipstatus_context *context) {
    return context_of(context).start_branch();
}
void sipstatus_expect_more_targets(sipstatus_context *context, int are_left) {
    context_of(context).expect_more_targets(are_left != 0);
}
int sipstatus_on_response(sipstatus_context *context, size_t branch, int code, sipstatus_advice *out) {
    auto &forked = context_of(context);
    return told(forked, forked.on_response(branch, code_of(code)), out);
}
int sipstatus_on_timeout(sipstatus_context *context, size_t branch, sipstatus_advice *out) {
    auto &forked = context_of(context);
    return told(forked, forked.on_timeout(branch), out);
}
int sipstatus_on_transport_error(sipstatus_context *context, size_t branch, sipstatus_advice *out) {
    auto &forked = context_of(context);
    return told(forked, forked.on_transport_error(branch), out);
}
int sipstatus_on_cancel(sipstatus_context *context, sipstatus_advice *out) {
    auto &forked = context_of(context);
    return told(forked, forked.on_cancel(), out);
}
size_t sipstatus_next_cancel(sipstatus_context *context) {
    return context_of(context).next_cancel();
}
int sipstatus_is_complete(const sipstatus_context *context) {
    return std::launder(reinterpret_cast<const response_context *>(context))->is_complete();
}

// ---- Header fields and causes

int sipstatus_read_reason(const char *field, size_t size, size_t from, sipstatus_reason *reason) {
    const auto read = read_reason(octets_of(field, size), from);
    sipstatus_reason to{};
    to.whole = view_of(read.value.whole);
    to.protocol = view_of(read.value.protocol);
    to.text = view_of(read.value.text);
    to.location = view_of(read.value.location);
    to.ppi = view_of(read.value.ppi);
    to.next = read.next;
    to.offset = read.offset;
    to.cause = read.value.cause;
    to.kind = static_cast<uint8_t>(read.value.kind);
    to.error = static_cast<uint8_t>(read.error);
    fill(reason, to);
    return number(read.error);
}
int sipstatus_write_reason(char *buffer, size_t room, const char *protocol, int32_t cause, const char *text,
                           size_t text_size, int location, size_t *written) {
    const auto result = write_reason(buffer, buffer + room,
                                     {text_of(protocol),
                                      cause,
                                      octets_of(text, text_size),
                                      enumerator(location, cause_location::beyond_interworking),
                                      {}});
    if (written != nullptr) *written = static_cast<size_t>(result.end - buffer);
    return number(result.error);
}
size_t sipstatus_unescape(const char *text, size_t size, char *to) {
    return unescape(octets_of(text, size), to);
}
int sipstatus_find_location(const char *token, size_t size) {
    return number(find_location(octets_of(token, size)));
}
int sipstatus_find_network_block(int code, const char *phrase, size_t phrase_size, const char *reason_field,
                                 size_t field_size, sipstatus_block *block) {
    const auto found =
        find_network_block(code_of(code), octets_of(phrase, phrase_size), octets_of(reason_field, field_size));
    fill(block, {0, view_of(found.url), view_of(found.tel), view_of(found.email), view_of(found.id),
                 view_of(found.reason.location)});
    return found ? 1 : 0;
}
int sipstatus_read_retry_after(const char *value, size_t size, sipstatus_retry_after *retry_after) {
    const auto read = read_retry_after(octets_of(value, size));
    sipstatus_retry_after to{};
    to.comment = view_of(read.value.comment);
    to.parameters = view_of(read.value.parameters);
    to.offset = read.offset;
    to.seconds = read.value.seconds;
    to.duration = read.value.duration;
    to.has_duration = read.value.has_duration;
    to.error = static_cast<uint8_t>(read.error);
    fill(retry_after, to);
    return number(read.error);
}
int sipstatus_cause_of_status(int code, int *location, int *hint) {
    return told(cause_of_status(code_of(code)), location, hint);
}
int sipstatus_cause_of_response(int code, const char *reason_field, size_t size, int *location, int *hint) {
    return told(cause_of_response(code_of(code), octets_of(reason_field, size)), location, hint);
}
int sipstatus_status_of_cause(int cause, int location, int has_new_number) {
    return to_int(
        status_of_cause(cause, enumerator(location, cause_location::beyond_interworking), has_new_number != 0).code);
}

} // extern "C"
