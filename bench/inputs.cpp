#include "inputs.hpp"

#include <sipstatus/sipstatus.hpp>

#include <algorithm>
#include <array>
#include <numeric>

namespace sipstatus::bench {
namespace {

// Each input has a seed of its own, so it does not depend on the others.
enum seed : std::uint64_t { mix_seed = 1, canonical_seed, local_seed, long_seed, phrases_seed, rejects_seed };

struct choice {
    std::size_t weight;
    status code;
    std::string_view phrase;
};

constexpr choice phrase_choices[] = {
#define MIX_PHRASE(name, weight, phrase) {weight, status::name, phrase},
#include "distribution.def"
};

std::vector<choice> mix_choices() {
    // Weights times 1000, so that the share of each other code is not rounded away.
    constexpr std::size_t scale = 1000;
    std::vector<choice> choices = {
#define MIX_CANONICAL(name, weight) {scale * (weight), status::name, canonical_phrase(status::name)},
#include "distribution.def"
    };
    constexpr std::size_t others_weight =
#define MIX_OTHERS(weight) weight;
#include "distribution.def"
        std::vector<choice> others;
    for (const auto &row : registry()) {
        const bool has_row =
            std::any_of(choices.begin(), choices.end(), [&](const choice &one) { return one.code == row.code; });
        if (!has_row) others.push_back({0, row.code, row.phrase});
    }
    for (auto &one : others) one.weight = scale * others_weight / others.size();
    choices.insert(choices.end(), others.begin(), others.end());
    for (const auto &one : phrase_choices) choices.push_back({scale * one.weight, one.code, one.phrase});
    return choices;
}

// Characters of two, three and four octets.
constexpr std::string_view wide_characters[] = {"\xc3\xa9",     "\xc3\xbc",     "\xd0\xb6",     "\xce\xbb",
                                                "\xe7\x94\xa8", "\xe2\x82\xac", "\xe3\x81\x8b", "\xf0\x9f\x93\x9e"};
constexpr std::string_view narrow_characters = "abcdefghijklmnopqrstuvwxyz  ,.;:'!";

// One in `wide_in` characters is wide; none if that is 0. Narrow ones fill the end if no wide one fits.
std::string phrase_of(dice &random, std::size_t size, std::size_t wide_in) {
    std::string phrase;
    while (phrase.size() < size) {
        const auto wide = wide_characters[random.below(std::size(wide_characters))];
        if (wide_in != 0 && random.below(wide_in) == 0 && phrase.size() + wide.size() <= size)
            phrase += wide;
        else if (wide_in != 1 || phrase.size() + 4 > size)
            phrase += narrow_characters[random.below(narrow_characters.size())];
    }
    return phrase;
}

status any_code(dice &random) {
    return static_cast<status>(100 + random.below(600));
}

// Lines of what `draw` returns: a code and a phrase.
template <class Draw> std::string generate(seed from, std::size_t lines, Draw draw) {
    dice random(from);
    std::string octets;
    std::array<char, 8192> line;
    while (lines-- != 0) {
        const auto [code, phrase] = draw(random);
        const auto written = write(line.data(), line.data() + line.size(), code, phrase);
        octets.append(line.data(), written.end);
    }
    return octets;
}

using code_and_phrase = std::pair<status, std::string>;

} // namespace

std::uint64_t dice::roll() noexcept {
    std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
}

std::string generate_mix(std::size_t lines) {
    const auto choices = mix_choices();
    const auto all = std::accumulate(choices.begin(), choices.end(), std::size_t{0},
                                     [](std::size_t sum, const choice &one) { return sum + one.weight; });
    return generate(mix_seed, lines, [&](dice &random) {
        auto drawn = random.below(all);
        auto one = choices.begin();
        for (; drawn >= one->weight; ++one) drawn -= one->weight;
        return std::pair(one->code, one->phrase);
    });
}

std::string generate_canonical(std::size_t lines) {
    return generate(canonical_seed, lines, [](dice &random) {
        const auto &row = registry()[random.below(registry().size())];
        return std::pair(row.code, row.phrase);
    });
}

std::string generate_local(std::size_t lines) {
    return generate(local_seed, lines, [](dice &random) {
        const auto &one = phrase_choices[random.below(std::size(phrase_choices))];
        return std::pair(one.code, one.phrase);
    });
}

std::string generate_long(std::size_t lines) {
    return generate(long_seed, lines, [](dice &random) {
        return code_and_phrase{any_code(random), phrase_of(random, 170 + random.below(21), 10)};
    });
}

std::string generate_phrases(std::size_t lines, std::size_t size, std::size_t wide_in) {
    return generate(phrases_seed, lines, [=](dice &random) {
        return code_and_phrase{any_code(random), phrase_of(random, size, wide_in)};
    });
}

std::string generate_message(std::string_view line, std::uint64_t number) {
    const auto id = std::to_string(1'000'000'000 + number % 1'000'000'000);
    std::string message(line);
    message += "Via: SIP/2.0/UDP 192.0.2.17:5060;branch=z9hG4bK" + id + ";received=192.0.2.17;rport=5060\r\n";
    message += "From: \"Alice Example\" <sip:alice@example.com>;tag=f" + id + "\r\n";
    message += "To: \"Bob Example\" <sip:bob@example.org>;tag=t" + id + "\r\n";
    message += "Call-ID: " + id + "-a84b4c76e66710@client.example.com\r\n";
    message += "CSeq: 314159 INVITE\r\n";
    message += "Contact: <sip:bob@198.51.100.4:5060;transport=udp>\r\n";
    message += "Server: Example/1.0\r\n";
    message += "Content-Length: 0\r\n\r\n";
    return message;
}

std::vector<reject_input> generate_rejects(std::size_t items) {
    std::vector<reject_input> kinds = {
        {"letters for a code", {"SIP/2.0 ABC Not a code\r\n"}},
        {"request line", {"INVITE sip:bob@biloxi.example.com SIP/2.0\r\n"}},
        {"class 7", {"SIP/2.0 700 Beyond\r\n"}},
        {"four digits", {"SIP/2.0 2000 Okay\r\n"}},
        {"version 3.0", {"SIP/3.0 200 Okay\r\n"}},
        {"HTTP", {"HTTP/1.1 200 Okay\r\n"}},
    };
    // Headers follow, as on the wire.
    for (auto &kind : kinds) kind.items.assign(items, generate_message(kind.items.front(), 0));

    dice random(rejects_seed);
    reject_input garbage{"garbage", {}};
    for (std::size_t n = 0; n < items; ++n) {
        std::string octets;
        while (octets.size() < 64) octets += static_cast<char>(random.roll());
        garbage.items.push_back(octets + "\r\n");
    }
    kinds.push_back(std::move(garbage));

    reject_input any{"any of these", {}};
    for (std::size_t n = 0; n < items; ++n) any.items.push_back(kinds[random.below(kinds.size())].items[n]);
    kinds.push_back(std::move(any));
    return kinds;
}

std::vector<reject_input> generate_hostile() {
    constexpr std::size_t size = 8192;
    constexpr std::size_t items = 16; // so that a pass takes longer than reading the clock
    struct {
        const char *name;
        std::string_view beginning, repeated, end;
    } constexpr kinds[] = {
        {"8 KiB without an end", "SIP/2.0 200 ", "a", ""},     {"8 KiB of %", "SIP/2.0 200 ", "%", "\r\n"},
        {"8 KiB of 0x80", "SIP/2.0 200 ", "\x80", "\r\n"},     {"8 KiB of 0xFF", "SIP/2.0 200 ", "\xff", "\r\n"},
        {"8 KiB of a, 0x80", "SIP/2.0 200 ", "a\x80", "\r\n"}, {"8 KiB of CR LF before the line", "", "\r\n", ""}};
    std::vector<reject_input> inputs;
    for (const auto &kind : kinds) {
        std::string octets(kind.beginning);
        while (octets.size() < size) octets += kind.repeated;
        octets += kind.end;
        inputs.push_back({kind.name, std::vector(items, octets)});
    }
    return inputs;
}

} // namespace sipstatus::bench
