#include "sip/topics.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <numeric>
#include <optional>

namespace sipstatus::tool {

namespace {

// Names and words are compared without case, and with blanks, hyphens and underscores as one.
std::string folded(std::string_view words) {
    std::string text(words);
    for (char &c : text) c = c == '-' || c == '_' ? ' ' : tables::lower(c);
    return text;
}

std::optional<int> number_of(std::string_view words) {
    int number = 0;
    const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), number);
    if (error != std::errc{} || end != words.data() + words.size()) return std::nullopt;
    return number;
}

void add(std::vector<topic> &topics, status code) {
    const auto is_code = [code](const topic &t) {
        return std::holds_alternative<status>(t) && std::get<status>(t) == code;
    };
    if (std::none_of(topics.begin(), topics.end(), is_code)) topics.emplace_back(code);
}

template <class Row, class Predicate> std::vector<Row> matching(rows<Row> from, Predicate is_wanted) {
    std::vector<Row> matching;
    std::copy_if(from.begin(), from.end(), std::back_inserter(matching), is_wanted);
    return matching;
}

// How many characters to insert, delete or replace to turn one into the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        auto diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto above = row[j + 1];
            row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.back();
}

} // namespace

std::vector<topic> find_topics(std::string_view words) {
    std::vector<topic> topics;
    if (const auto number = number_of(words)) {
        if (const auto code = to_status(*number))
            topics.emplace_back(*code);
        else
            for (const auto &row : stacks_of(*number)) topics.emplace_back(row);
        return topics;
    }
    const auto wanted = folded(words);
    if (const auto named = find_class(words))
        topics.emplace_back(*named);
    else if (const auto spelled = find_class(wanted))
        topics.emplace_back(*spelled);
    for (const auto &known : rules())
        if (folded(known.name) == wanted) topics.emplace_back(known);
    for (const auto &owner : find_phrase(words)) add(topics, owner.code);
    for (const auto &row : registry())
        if (folded(row.phrase) == wanted || folded(row.name) == wanted) add(topics, row.code);
    for (const auto &row : stack_codes()) {
        if (folded(row.phrase) != wanted) continue;
        if (const auto code = to_status(row.code))
            add(topics, *code);
        else
            topics.emplace_back(row);
    }
    // "486 Busy Here"
    if (topics.empty() && words.size() > 4 && words[3] == ' ')
        if (const auto number = number_of(words.substr(0, 3)))
            if (const auto code = to_status(*number); code && !is_local(classify_reason(*code, words.substr(4))))
                topics.emplace_back(*code);
    return topics;
}

std::vector<phrase_variant> variants_of(status code) {
    return matching(phrase_variants(), [code](const phrase_variant &row) { return row.code == code; });
}

std::vector<class_name> names_of(status_class of) {
    return matching(class_names(), [of](const class_name &row) { return row.of == of; });
}

std::vector<registry_entry> codes_of(status_class of) {
    return matching(registry(), [of](const registry_entry &row) { return class_of(row.code) == of; });
}

std::vector<stack_code> stacks_of(int code) {
    return matching(stack_codes(), [code](const stack_code &row) { return row.code == code; });
}

status when_unrecognised(status code) {
    return effective_status(code, [](status) { return false; });
}

status when_unrecognised(status_class of) {
    return when_unrecognised(static_cast<status>(static_cast<int>(of) * 100 + 99));
}

std::vector<shared_phrase> shared_phrases(status code) {
    std::vector<shared_phrase> shared;
    const auto add_owners = [&](std::string_view phrase) {
        for (const auto &owner : find_phrase(phrase))
            if (owner.code != code) shared.push_back({phrase, owner.code, owner.match.kind});
    };
    if (const auto *row = find(code)) add_owners(row->phrase);
    for (const auto &variant : variants_of(code)) add_owners(variant.phrase);
    return shared;
}

std::vector<std::string> suggest(std::string_view words) {
    // A hostile argument must not cost time; no name is half as long.
    if (words.size() > 100) return {};
    std::vector<std::string> names;
    for (const auto &row : registry()) names.emplace_back(row.phrase);
    for (const auto &variant : phrase_variants()) names.emplace_back(variant.phrase);
    for (const auto &known : class_names()) names.emplace_back(known.text);
    for (const auto &known : rules()) names.push_back(hyphenated(known.name));
    for (const auto &row : stack_codes()) names.emplace_back(row.phrase);
    const auto wanted = folded(words);
    std::vector<std::pair<std::size_t, std::string>> near;
    for (auto &candidate : names) {
        const auto text = folded(candidate);
        const bool begins = wanted.size() >= 3 && text.substr(0, wanted.size()) == wanted;
        const auto steps = begins ? 1 : distance(wanted, text);
        if (steps <= std::max<std::size_t>(1, wanted.size() / 4)) near.emplace_back(steps, std::move(candidate));
    }
    std::stable_sort(near.begin(), near.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    std::vector<std::string> matching;
    for (auto &[steps, candidate] : near)
        if (matching.size() < 3 && std::find(matching.begin(), matching.end(), candidate) == matching.end())
            matching.push_back(std::move(candidate));
    return matching;
}

} // namespace sipstatus::tool
