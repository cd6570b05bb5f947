// Every public function but the streams' operators, called with what the compiler cannot know: so that those of the
// headers have an object, too, for the proofs to look at; and each is noexcept. prove.py holds the list to the headers.

#include <sipstatus/sipstatus.hpp>

#define SIPSTATUS_ENTRY(name, parameters, call)                                                                        \
    auto name parameters noexcept {                                                                                    \
        static_assert(noexcept(call), #call);                                                                          \
        return call;                                                                                                   \
    }

namespace sipstatus::entry_points {

using view = std::string_view;

// status_line.hpp
SIPSTATUS_ENTRY(e_parse, (view octets, parse_options options), parse(octets, options))
SIPSTATUS_ENTRY(e_parse_by_default, (view octets), parse(octets))
SIPSTATUS_ENTRY(e_resume, (const parse_result &previous, view octets, parse_options options),
                resume(previous, octets, options))
SIPSTATUS_ENTRY(e_kernel_in_use, (), kernel_in_use())
SIPSTATUS_ENTRY(e_offset_in_line, (const status_line &line, deviation which), deviation_offset(line, which))
SIPSTATUS_ENTRY(e_offset_in_input, (const parse_result &result, deviation which), deviation_offset(result, which))
SIPSTATUS_ENTRY(e_code_offset, (const status_line &line), code_offset(line))
SIPSTATUS_ENTRY(e_whole_line, (const parse_result &result, view octets), whole_line(result, octets))
SIPSTATUS_ENTRY(e_message_of_outcome, (outcome value), message(value))
SIPSTATUS_ENTRY(e_message_of_deviation, (deviation value), message(value))
SIPSTATUS_ENTRY(e_write, (char *first, char *last, status code, view phrase), write(first, last, code, phrase))
SIPSTATUS_ENTRY(e_write_canonical, (char *first, char *last, status code), write(first, last, code))
SIPSTATUS_ENTRY(e_is_error, (outcome value), is_error(value))
SIPSTATUS_ENTRY(e_grammatical, (deviations set), grammatical(set))
SIPSTATUS_ENTRY(e_result_holds, (const parse_result &result), result.operator bool())
SIPSTATUS_ENTRY(e_written, (const write_result &result), result.operator bool())
SIPSTATUS_ENTRY(e_equal_results, (const parse_result &a, const parse_result &b), operator==(a, b))
SIPSTATUS_ENTRY(e_equal_lines, (const status_line &a, const status_line &b), operator==(a, b))

// deviations
SIPSTATUS_ENTRY(e_no_deviations, (), deviations())
SIPSTATUS_ENTRY(e_one_deviation, (deviation d), deviations(d))
SIPSTATUS_ENTRY(e_listed_deviations, (std::initializer_list<deviation> list), deviations(list))
SIPSTATUS_ENTRY(e_none, (), deviations::none())
SIPSTATUS_ENTRY(e_all, (), deviations::all())
SIPSTATUS_ENTRY(e_from_bits, (unsigned bits), deviations::from_bits(bits))
SIPSTATUS_ENTRY(e_bits, (deviations set), set.bits())
SIPSTATUS_ENTRY(e_empty_set, (deviations set), set.empty())
SIPSTATUS_ENTRY(e_contains_one, (deviations set, deviation d), set.contains(d))
SIPSTATUS_ENTRY(e_contains_all, (deviations set, deviations other), set.contains(other))
SIPSTATUS_ENTRY(e_join_in_place, (deviations & set, deviations other), set.operator|=(other))
SIPSTATUS_ENTRY(e_join, (deviations a, deviations b), operator|(a, b))
SIPSTATUS_ENTRY(e_join_two, (deviation a, deviation b), operator|(a, b))
SIPSTATUS_ENTRY(e_common, (deviations a, deviations b), operator&(a, b))
SIPSTATUS_ENTRY(e_without, (deviations a, deviations b), operator-(a, b))
SIPSTATUS_ENTRY(e_equal_sets, (deviations a, deviations b), operator==(a, b))

// reason.hpp
SIPSTATUS_ENTRY(e_phrase_variants, (), phrase_variants())
SIPSTATUS_ENTRY(e_variant_index, (), tables::variant_index())
SIPSTATUS_ENTRY(e_match_reason, (status s, view phrase), match_reason(s, phrase))
SIPSTATUS_ENTRY(e_classify_reason, (status s, view phrase), classify_reason(s, phrase))
SIPSTATUS_ENTRY(e_is_canonical, (reason_kind kind), is_canonical(kind))
SIPSTATUS_ENTRY(e_is_local, (reason_kind kind), is_local(kind))
SIPSTATUS_ENTRY(e_find_phrase, (view phrase), find_phrase(phrase))
SIPSTATUS_ENTRY(e_first_owner, (const phrase_owners &owners), owners.begin())
SIPSTATUS_ENTRY(e_owners_end, (const phrase_owners &owners), owners.end())
SIPSTATUS_ENTRY(e_count_of_owners, (const phrase_owners &owners), owners.size())
SIPSTATUS_ENTRY(e_no_owner, (const phrase_owners &owners), owners.empty())

// status.hpp
SIPSTATUS_ENTRY(e_to_int, (status s), to_int(s))
SIPSTATUS_ENTRY(e_to_status, (long long number), to_status(number))
SIPSTATUS_ENTRY(e_class_of, (status s), class_of(s))
SIPSTATUS_ENTRY(e_generic_status, (status_class c), generic_status(c))
SIPSTATUS_ENTRY(e_is_provisional, (status s), is_provisional(s))
SIPSTATUS_ENTRY(e_is_final, (status s), is_final(s))
SIPSTATUS_ENTRY(e_finality_of, (status s), finality_of(s))
SIPSTATUS_ENTRY(e_text_view, (static_text text), text.view())
SIPSTATUS_ENTRY(e_text_as_view, (static_text text), text.operator std::string_view())
SIPSTATUS_ENTRY(e_text_size, (static_text text), text.size())
SIPSTATUS_ENTRY(e_text_empty, (static_text text), text.empty())
SIPSTATUS_ENTRY(e_equal_texts, (static_text a, static_text b), operator==(a, b))
SIPSTATUS_ENTRY(e_text_equals, (static_text a, view b), operator==(a, b))
SIPSTATUS_ENTRY(e_rows, (), rows<registry_entry>(tables::codes))
SIPSTATUS_ENTRY(e_first_row, (rows<registry_entry> all), all.begin())
SIPSTATUS_ENTRY(e_rows_end, (rows<registry_entry> all), all.end())
SIPSTATUS_ENTRY(e_count_of_rows, (rows<registry_entry> all), all.size())
SIPSTATUS_ENTRY(e_row, (rows<registry_entry> all, std::size_t at), &all.operator[](at))
SIPSTATUS_ENTRY(e_code_index, (), tables::code_index())
SIPSTATUS_ENTRY(e_row_plus_one, (status s), tables::row_plus_one(s))
SIPSTATUS_ENTRY(e_lower, (char c), tables::lower(c))
SIPSTATUS_ENTRY(e_equal_but_for_case, (view a, view b), tables::equal_but_for_case(a, b))
SIPSTATUS_ENTRY(e_registry, (), registry())
SIPSTATUS_ENTRY(e_find, (status s), find(s))
SIPSTATUS_ENTRY(e_canonical_phrase, (status s), canonical_phrase(s))
SIPSTATUS_ENTRY(e_standing_of, (status s), standing_of(s))
SIPSTATUS_ENTRY(e_is_registered, (status s), is_registered(s))
SIPSTATUS_ENTRY(e_effective_status, (status s), effective_status(s))
SIPSTATUS_ENTRY(e_effective_status_of_agent, (status s),
                effective_status(s, [](status one) noexcept { return is_final(one); }))
SIPSTATUS_ENTRY(e_class_names, (), class_names())
SIPSTATUS_ENTRY(e_find_class, (view text), find_class(text))

// names.hpp
SIPSTATUS_ENTRY(e_name_of_status, (status value), name(value))
SIPSTATUS_ENTRY(e_name_of_class, (status_class value), name(value))
SIPSTATUS_ENTRY(e_name_of_finality, (finality value), name(value))
SIPSTATUS_ENTRY(e_name_of_standing, (standing value), name(value))
SIPSTATUS_ENTRY(e_name_of_kind, (reason_kind value), name(value))
SIPSTATUS_ENTRY(e_name_of_outcome, (outcome value), name(value))
SIPSTATUS_ENTRY(e_name_of_deviation, (deviation value), name(value))
SIPSTATUS_ENTRY(e_name_of_kernel, (kernel value), name(value))
SIPSTATUS_ENTRY(e_name_of_write_error, (write_error value), name(value))

} // namespace sipstatus::entry_points
