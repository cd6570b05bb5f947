// The suite of look-ups: what a caller pays who has a code or a phrase already.

#include "peers.hpp"
#include "suites.hpp"

#include <sipstatus/sipstatus.hpp>

namespace sipstatus::bench {
namespace {

using questions = std::vector<std::pair<status, std::string_view>>;

std::vector<lookup> ours() {
    const std::string name = "sipstatus";
    return {
        {"nothing", floor_empty().name, [](status, std::string_view) noexcept -> std::size_t { return 0; }},
        {"kind of phrase", name,
         [](status code, std::string_view phrase) noexcept {
             return static_cast<std::size_t>(classify_reason(code, phrase));
         }},
        {"row of the registry", name,
         [](status code, std::string_view) noexcept {
             const auto *const row = find(code);
             return row ? row->phrase.size() : 0;
         }},
        {"canonical phrase", name,
         [](status code, std::string_view) noexcept -> std::size_t {
             const auto phrase = canonical_phrase(code);
             return phrase.empty() ? 0 : static_cast<unsigned char>(phrase.front());
         }},
        {"effective status", name,
         [](status code, std::string_view) noexcept {
             return static_cast<std::size_t>(to_int(effective_status(code)));
         }},
        {"class and finality", name,
         [](status code, std::string_view) noexcept {
             return static_cast<std::size_t>(class_of(code)) + static_cast<std::size_t>(is_final(code));
         }},
        {"codes of a phrase", name,
         [](status, std::string_view phrase) noexcept { return find_phrase(phrase).size(); }},
    };
}

} // namespace

void register_lookups(const inputs &from) {
    auto all = ours();
    for (const auto &peer : packaged_peers())
        if (peer.add && peer.add_lookups) peer.add_lookups(all);
    for (const auto &input : from.lines) {
        const auto items = std::make_shared<questions>();
        for (const auto line : input.lines) {
            const auto result = parse(line);
            items->emplace_back(result.line.code, result.line.phrase);
        }
        for (const auto &one : all) register_lookup("lookups", input.name, one, items);
    }
}

} // namespace sipstatus::bench
