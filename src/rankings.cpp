// From the rows of rankings.def to tables of ranks.

#include <sipstatus/best_response.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {
namespace {

enum class whose : std::uint8_t { peer, proxy, both, given_up, echo };
enum class order : std::uint8_t { ascending, equal, also };

struct rank_row {
    profile of;
    sipstatus::whose whose;
    sipstatus::order order;
    std::uint16_t first, last;
};
constexpr rank_row rank_rows[] = {
#define SIPSTATUS_RANK(profile_name, whom, how, first, last)                                                           \
    {profile::profile_name, whose::whom, order::how, first, last},
#include <sipstatus/rankings.def>
};

struct profile_row {
    ranking_traits traits;
    std::string_view source;
};
constexpr profile_row profile_rows[] = {
#define SIPSTATUS_RANKING(name, traits, source) {traits, source},
#include <sipstatus/rankings.def>
};

constexpr ranking make_ranking(profile of) noexcept {
    ranking table{};
    for (auto &ranks : table.ranks)
        for (std::size_t at = 0; at < ranking::size; ++at)
            ranks[at] = at >= 100 && at < 200 ? std::uint16_t{0} : ranking::unranked;
    table.of_given_up = table.of_echo = ranking::unranked;
    table.traits = profile_rows[static_cast<std::size_t>(of)].traits;
    table.is_rfc3261 = of == profile::rfc3261;
    std::uint16_t current = 0;
    const auto assign = [&current](std::uint16_t &rank) {
        if (rank == ranking::unranked) rank = current;
    };
    for (const auto &row : rank_rows) {
        if (row.of != of) continue;
        if (row.order != order::also) ++current;
        for (unsigned code = row.first; code <= row.last; ++code) {
            if (row.order == order::ascending && code != row.first) ++current;
            if (row.whose == whose::peer || row.whose == whose::both) assign(table.ranks[0][code - 100]);
            if (row.whose == whose::proxy || row.whose == whose::both) assign(table.ranks[1][code - 100]);
            if (row.whose == whose::given_up) assign(table.of_given_up);
            if (row.whose == whose::echo) assign(table.of_echo);
        }
    }
    current = table.rank(status::request_terminated, branch_origin::peer);
    assign(table.of_given_up);
    assign(table.of_echo);
    return table;
}

constexpr ranking rankings[] = {
#define SIPSTATUS_RANKING(name, traits, source) make_ranking(profile::name),
#include <sipstatus/rankings.def>
};
constexpr std::size_t profile_count = sizeof rankings / sizeof rankings[0];

// Every final response that is not a success has a rank in each profile.
constexpr bool are_complete() noexcept {
    for (const auto &table : rankings)
        for (const auto &ranks : table.ranks)
            for (std::size_t at = 200; at < 600; ++at)
                if (ranks[at] == ranking::unranked) return false;
    return true;
}
static_assert(are_complete());

constexpr explanation rows_of_rules[] = {
#define SIPSTATUS_CHOICE_RULE(name, section, sentence) {sentence, section},
#include <sipstatus/rankings.def>
};

} // namespace

const ranking &ranking_of(profile which) noexcept {
    const auto number = static_cast<std::size_t>(which);
    return rankings[number < profile_count ? number : 0];
}

std::string_view source_of(profile which) noexcept {
    const auto number = static_cast<std::size_t>(which);
    return number < profile_count ? profile_rows[number].source : std::string_view{};
}

explanation message(choice_rule rule) noexcept {
    const auto number = static_cast<std::size_t>(rule);
    return number < sizeof rows_of_rules / sizeof rows_of_rules[0] ? rows_of_rules[number] : explanation{};
}

} // namespace sipstatus::inline SIPSTATUS_ABI
