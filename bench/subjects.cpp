#include "peer.hpp"

#include "kernels/kernel.hpp"

#include <sipstatus/names.hpp>
#include <sipstatus/sipstatus.hpp>

namespace sipstatus::bench {
namespace {

verdict parse_ours(const char *first, const char *last) noexcept {
    const auto result = parse({first, static_cast<std::size_t>(last - first)});
    return {result.consumed, static_cast<std::size_t>(to_int(result.line.code))};
}

// What a proxy does with a stream: continues after the last call if the same line has grown.
verdict resume_ours(const char *first, const char *last) noexcept {
    static parse_result previous;
    static const char *line = nullptr;
    static std::size_t read = 0;
    const auto size = static_cast<std::size_t>(last - first);
    previous = first == line && size > read ? resume(previous, {first, size}) : parse({first, size});
    line = first;
    read = size;
    return {previous.consumed, static_cast<std::size_t>(to_int(previous.line.code))};
}

// The kernel that the library chose when it was loaded.
kernel best_kernel() {
    static const auto chosen = kernel_in_use();
    return chosen;
}

std::vector<subject> &peers() {
    static std::vector<subject> all;
    return all;
}

std::vector<subject> make_roster() {
    auto all = floors();
    best_kernel();
    for (const auto which : {kernel::scalar, kernel::ssse3, kernel::avx2, kernel::neon})
        if (kernels::force(which))
            all.push_back({.name = "sipstatus " + std::string(name(which)),
                           .is = role::ours,
                           .start_line = parse_ours,
                           .runs = "sipstatus::parse: validated, classified, the phrase looked up",
                           .forced_kernel = which,
                           .reads_prefixes = true});
    kernels::force(best_kernel());
    all.push_back({.name = "sipstatus resume",
                   .is = role::ours,
                   .start_line = resume_ours,
                   .runs = "sipstatus::resume, from the result for the previous prefix",
                   .reads_prefixes = true,
                   .only_prefixes = true});
    all.insert(all.end(), peers().begin(), peers().end());
    return all;
}

std::vector<lookup> &all_lookups() {
    static std::vector<lookup> all = {
        {"empty call", [](status, std::string_view) noexcept -> std::size_t { return 0; }},
        {"kind of phrase: sipstatus",
         [](status code, std::string_view phrase) noexcept {
             return static_cast<std::size_t>(classify_reason(code, phrase));
         }},
        {"row of the registry: sipstatus",
         [](status code, std::string_view) noexcept {
             const auto *const row = find(code);
             return row ? row->phrase.size() : 0;
         }},
        {"effective status: sipstatus",
         [](status code, std::string_view) noexcept {
             return static_cast<std::size_t>(to_int(effective_status(code)));
         }},
        {"class and finality: sipstatus",
         [](status code, std::string_view) noexcept {
             return static_cast<std::size_t>(class_of(code)) + static_cast<std::size_t>(is_final(code));
         }},
        {"codes of a phrase: sipstatus",
         [](status, std::string_view phrase) noexcept { return find_phrase(phrase).size(); }},
        {"canonical phrase: sipstatus",
         [](status code, std::string_view) noexcept -> std::size_t {
             const auto phrase = canonical_phrase(code);
             return phrase.empty() ? 0 : static_cast<unsigned char>(phrase.front());
         }},
    };
    return all;
}

} // namespace

packaged_peer::packaged_peer(subject who, lookup_function *canonical_phrase) {
    if (canonical_phrase) all_lookups().push_back({"canonical phrase: " + who.name, canonical_phrase});
    peers().push_back(std::move(who));
}

const std::vector<subject> &roster() {
    static const auto all = make_roster();
    return all;
}

const std::vector<lookup> &lookups() {
    return all_lookups();
}

void select_kernel(const subject &who) {
    kernels::force(who.forced_kernel.value_or(best_kernel()));
}

} // namespace sipstatus::bench
