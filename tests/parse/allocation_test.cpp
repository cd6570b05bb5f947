// The promises of the hot path that can be counted: no allocation. operator new is replaced by one that counts, and
// every function is called on an input of each kind. What can be proved is proved in binary/.

#include <sipstatus/sipstatus.hpp>

#include "agreement.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace {

std::atomic<std::size_t> allocations{0};

void *counted(std::size_t size) {
    ++allocations;
    if (void *memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc{};
}

} // namespace

// The other forms of operator new and delete call these.
void *operator new(std::size_t size) {
    return counted(size);
}
void operator delete(void *memory) noexcept {
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept {
    std::free(memory);
}

using namespace std::literals;
using namespace sipstatus;

namespace {

// How many times `call` allocates.
template <class Function> std::size_t allocations_of(Function call) {
    const auto before = allocations.load();
    call();
    return allocations.load() - before;
}

struct row {
    std::string input;
    parse_options options;
    outcome expected;
};

const std::vector<row> &inputs() {
    static const std::vector<row> all = {
        {"SIP/2.0 200 OK\r\n", strict, outcome::ok},
        {"\r\n\r\nSIP/2.0 486 " + std::string(5000, 'x') + "\r\n", {}, outcome::ok},
        {"sip/2.0 \t486\t\x01<%\x80\xFF\n", {}, outcome::ok},
        {"SIP/2.0 180\r\n", {}, outcome::ok},
        {"SIP/2.0 180 Ringing", {.whole_input = true}, outcome::ok},
        {"", {}, outcome::incomplete},
        {"SIP/2.0 486 Busy " + std::string(5000, 'x'), {}, outcome::incomplete},
        {"INVITE sip:a@b SIP/2.0\r\n", {}, outcome::not_status_line},
        {"SIP/3.0 200 OK\r\n", {}, outcome::unsupported_version},
        {"SIP/2.0x", {}, outcome::bad_separator},
        {"SIP/2.0 700 x\r\n", {}, outcome::undefined_class},
        {"SIP/2.0 20x\r\n", {}, outcome::bad_code},
        {"SIP/2.0 200 OK\rx", {}, outcome::bad_line_end},
        {"SIP/2.0 200 OK\r\n", {.limit = 13}, outcome::line_too_long},
        {"SIP/2.0 200 OK\n", strict, outcome::not_tolerated},
    };
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_counter_counts) {
    const auto count = allocations_of([] {
        const auto *const memory = new std::string(100, 'x');
        BOOST_TEST_REQUIRE(memory->size() == 100u);
        delete memory;
    });
    BOOST_TEST(count >= 2u);
}

BOOST_AUTO_TEST_CASE(parsing_allocates_nothing_whatever_the_outcome) {
    deviations seen;
    std::vector<bool> outcomes(static_cast<std::size_t>(outcome::not_tolerated) + 1);
    for (const auto &r : inputs()) {
        parse_result result;
        BOOST_TEST(allocations_of([&] { result = parse(r.input, r.options); }) == 0u, spelled(result));
        BOOST_TEST((result.outcome == r.expected), spelled(result));
        seen |= result.line.deviations;
        outcomes.at(static_cast<std::size_t>(result.outcome)) = true;
    }
    BOOST_TEST((seen == deviations::all()), "rows without " << spelled(deviations::all() - seen));
#define SIPSTATUS_OUTCOME(name, section, expected)                                                                     \
    BOOST_TEST(outcomes.at(static_cast<std::size_t>(outcome::name)), #name " has no row");
#include <sipstatus/status_line.def>
}

BOOST_AUTO_TEST_CASE(every_prefix_is_parsed_without_allocation) {
    std::size_t octets = 0;
    BOOST_TEST(allocations_of([&] {
                   for (const auto &r : inputs())
                       for (std::size_t size = 0; size <= r.input.size() && size < 100; ++size)
                           octets += parse(std::string_view(r.input).substr(0, size), r.options).consumed;
               }) == 0u);
    BOOST_TEST(octets > 0u);
}

BOOST_AUTO_TEST_CASE(offsets_and_sentences_allocate_nothing) {
    for (const auto &r : inputs()) {
        const auto result = parse(r.input, r.options);
        std::size_t sum = 0;
        BOOST_TEST(allocations_of([&] {
                       for (const auto which : reference_automaton::every_deviation())
                           sum += deviation_offset(result, which) + deviation_offset(result.line, which) +
                                  message(which).expected.size() + name(which).size();
                       sum += code_offset(result.line) + whole_line(result, r.input).size();
                       sum += message(result.outcome).expected.size() + name(result.outcome).size();
                   }) == 0u,
                   spelled(result));
        BOOST_TEST(sum != 0u);
    }
}

BOOST_AUTO_TEST_CASE(classifying_allocates_nothing) {
    std::size_t owners = 0, kinds = 0;
    const auto unknown = "A phrase that nobody has published, longer than any small string's own room"sv;
    BOOST_TEST(allocations_of([&] {
                   for (int code = 100; code <= 699; ++code) {
                       const auto s = static_cast<status>(code);
                       kinds += static_cast<std::size_t>(classify_reason(s, canonical_phrase(s))) +
                                static_cast<std::size_t>(match_reason(s, unknown).kind);
                       owners += find_phrase(canonical_phrase(s)).size() +
                                 static_cast<std::size_t>(to_int(effective_status(s)));
                   }
                   owners += find_phrase(unknown).size() + (find_class("client error") ? 1 : 0);
               }) == 0u);
    BOOST_TEST((owners != 0 && kinds != 0));
}

BOOST_AUTO_TEST_CASE(writing_allocates_nothing) {
    char room[100];
    const auto phrase = std::string(200, 'x');
    write_result results[4]{};
    BOOST_TEST(allocations_of([&] {
                   results[0] = write(room, room + sizeof room, status::ok);
                   results[1] = write(room, room + sizeof room, status::ok, phrase);
                   results[2] = write(room, room + sizeof room, status{99}, phrase);
                   results[3] = write(room, room + sizeof room, status::ok, "\r\n");
               }) == 0u);
    BOOST_TEST((results[0].error == write_error::none && results[1].error == write_error::too_small &&
                results[2].error == write_error::invalid_status && results[3].error == write_error::unsafe_phrase));
}

BOOST_AUTO_TEST_CASE(results_are_plain_values) {
    static_assert(std::is_trivially_copyable_v<parse_result> && std::is_trivially_destructible_v<parse_result>);
    static_assert(std::is_trivially_copyable_v<status_line> && std::is_trivially_copyable_v<deviations>);
    static_assert(std::is_trivially_copyable_v<parse_options> && std::is_trivially_copyable_v<write_result>);
    static_assert(std::is_trivially_copyable_v<explanation> && std::is_trivially_copyable_v<phrase_owners>);
    static_assert(std::is_trivially_copyable_v<reason_match> && std::is_trivially_copyable_v<registry_entry>);
    BOOST_TEST(sizeof(parse_result) <= 96u);
}
