// The topics of `explain`: a title, and labelled paragraphs under it.

#include "report/spelling.hpp"
#include "report/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace sipstatus::tool {

namespace {

// Every spelling once, in the registry's order: "Client Error (also 4xx, Request Failure)".
std::string spellings_of(status_class of) {
    std::vector<std::string_view> known;
    for (const auto &entry : names_of(of))
        if (std::find(known.begin(), known.end(), entry.text) == known.end()) known.push_back(entry.text);
    return fmt::format("{} (also {})", known.front(), fmt::join(known.begin() + 1, known.end(), ", "));
}

std::string_view finality_in_words(status code) {
    return is_final(code) ? "final: it ends the transaction" : "provisional: a final response follows";
}

std::string_view standing_in_words(standing level) {
    switch (level) {
    case standing::current: return "current: registered with IANA";
    case standing::deprecated: return "deprecated: registered with IANA, and marked as no longer to be sent";
    case standing::historical: return "historical: once in RFC 2543, not in RFC 3261";
    case standing::unregistered: return "unregistered: no RFC defines it";
    }
    return {};
}

std::string_view in_words(dialog_effect effect) {
    switch (effect) {
    case dialog_effect::none: return "ends nothing";
    case dialog_effect::transaction: return "ends the transaction alone";
    case dialog_effect::usage: return "ends the usage";
    case dialog_effect::dialog: return "ends the dialog";
    case dialog_effect::redirects: return "redirects the dialog";
    }
    return {};
}

std::string_view in_words(header_level level) {
    switch (level) {
    case header_level::must: return "must be there";
    case header_level::one_of: return "or another of these must be there";
    case header_level::should: return "should be there";
    case header_level::may: return "may be there";
    }
    return {};
}

std::string with_phrase(status code) {
    return fmt::format("{} {}", to_int(code), canonical_phrase(code));
}

} // namespace

void text_report::explain(const topic &subject) {
    if (explained_) output_ += '\n';
    explained_ = true;
    std::visit([this](const auto &kind) { describe(kind); }, subject);
}

void text_report::describe(status code) {
    const auto *row = find(code);
    title(paint_.colour_of(code),
          row ? with_phrase(code) : fmt::format("{} has no phrase in the registry", to_int(code)));
    paragraph("class", fmt::format("{}; {}", spellings_of(class_of(code)), finality_in_words(code)));
    paragraph("standing", standing_in_words(standing_of(code)));
    if (row) {
        if (!row->reference.empty()) paragraph("defined by", reference_of(*row));
        paragraph("name", spelled(code));
        if (!row->meaning.empty()) paragraph("meaning", row->meaning);
    }
    std::string_view label = "other phrases";
    for (const auto &[of, kind, phrase, source] : variants_of(code)) {
        paragraph(label, fmt::format("\"{}\", {}: {}", std::string_view(phrase), name(kind), std::string_view(source)));
        label = {};
    }
    label = "shared with";
    for (const auto &[phrase, other, kind] : shared_phrases(code)) {
        paragraph(label, fmt::format("{}: \"{}\" is {} there", to_int(other), phrase, spelled(kind)));
        label = {};
    }
    const auto fallback = when_unrecognised(code);
    paragraph("if not known", fallback == code
                                  ? "stands for its class (RFC 3261 section 8.1.3.2)"
                                  : fmt::format("treated as {} (RFC 3261 section 8.1.3.2)", with_phrase(fallback)));
    describe_handling(code);
    label = "made up by";
    for (const auto &stack : stacks_of(to_int(code))) {
        describe_stack(label, stack);
        label = {};
    }
}

// What a failure asks of who receives it.
void text_report::describe_handling(status code) {
    const auto with_section = [](std::string_view text, std::string_view section) {
        return section.empty() ? std::string(text) : fmt::format("{} ({})", text, section);
    };
    if (const auto retry = retry_of(code); retry != retry_kind::none)
        paragraph("retry",
                  with_section(fmt::format("{}: {}", spelled(retry.verdict), retry.reason.view()), retry.section));
    if (to_int(code) >= 300) {
        const auto route = next_route(code);
        paragraph("next route", fmt::format("{}: {}", name(route.verdict), route.reason.view()));
        const auto effect = effect_on_dialog(code, method::invite);
        paragraph("in a dialog", with_section(fmt::format("{}{}{}", in_words(effect), effect.reason.empty() ? "" : ": ",
                                                          effect.reason.view()),
                                              effect.section));
        if (const auto mapping = cause_of_status(code); mapping.cause != 0)
            paragraph("Q.850 cause",
                      with_section(fmt::format("{}, location {}", mapping.cause, token_of(mapping.location)),
                                   mapping.section));
    }
    std::string_view label = "header fields";
    for (const auto &header : headers_with(code)) {
        paragraph(label, fmt::format("{} {} ({})", header.name.view(), in_words(header.level), header.section.view()));
        label = {};
    }
}

void text_report::describe(const stack_code &row) {
    title(paint_.yellow, fmt::format("{} {}", row.code, row.phrase.view()));
    paragraph("standing", "no status code: they end at 699 (RFC 3261 section 7.2)");
    describe_stack("made up by", row);
}

void text_report::describe_stack(std::string_view label, const stack_code &row) {
    paragraph(label, fmt::format("{}, \"{}\": {}", row.stack.view(), row.phrase.view(), row.meaning.view()));
}

void text_report::describe(status_class of) {
    const auto names = names_of(of);
    const auto generic = generic_status(of);
    title(paint_.colour_of(generic),
          fmt::format("{}xx {}", static_cast<int>(of), std::string_view(names.front().text)));
    std::string_view label = "names";
    for (const auto &known : names) {
        paragraph(label, fmt::format("\"{}\": {}", std::string_view(known.text), std::string_view(known.source)));
        label = {};
    }
    paragraph("finality", finality_in_words(generic));
    paragraph("if not known", fmt::format("a code of it is treated as {} (RFC 3261 section 8.1.3.2)",
                                          with_phrase(when_unrecognised(of))));
    label = "codes";
    for (const auto &row : codes_of(of)) {
        const bool is_current = row.level == standing::current;
        paragraph(label, with_phrase(row.code) + (is_current ? "" : fmt::format(" ({})", name(row.level))));
        label = {};
    }
}

void text_report::describe(const rule &which) {
    title(paint_.colour_of(which.level), hyphenated(which.name));
    paragraph("severity", name(which.level));
    paragraph("says", which.sentence);
    if (!which.section.empty()) paragraph("see", which.section);
}

void text_report::title(std::string_view colour, std::string_view content) {
    output_ += fmt::format("{}{}{}\n", colour, content, paint_.reset);
}

// Wrapped between words.
void text_report::paragraph(std::string_view label, std::string_view content) {
    constexpr std::size_t label_columns = 16;
    const auto width = std::clamp<std::size_t>(screen_.columns, 60, 100) - label_columns;
    output_ += fmt::format("  {}{:<{}}{}", paint_.dim, label, label_columns - 2, paint_.reset);
    while (content.size() > width) {
        const auto end = content.rfind(' ', width);
        if (end == content.npos || end == 0) break;
        output_ += fmt::format("{}\n{:{}}", content.substr(0, end), "", label_columns);
        content.remove_prefix(end + 1);
    }
    output_ += content;
    output_ += '\n';
}

} // namespace sipstatus::tool
