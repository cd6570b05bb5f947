#include "log/origin.hpp"

#include "log/times.hpp"
#include "log/words.hpp"
#include "octets.hpp"

#include <sipstatus/reason.hpp>

#include <algorithm>
#include <string>

#include <arpa/inet.h>

namespace sipstatus::tool {

namespace {

using octets::is_digit;
using octets::is_hexdig;

constexpr octet_set decorations(" \t[]('\"<=:/,;"); // that stand between a word and its address
constexpr octet_set before_value(" :=\"");

constexpr std::size_t most_searched_for_origin = 1024;

// ":5060", "5060" after other joints. Moves on after it.
std::optional<std::uint16_t> take_port(std::string_view &text) {
    std::uint32_t port = 0;
    std::size_t digits = 0;
    while (digits < 5 && digits < text.size() && is_digit(text[digits]))
        port = port * 10 + static_cast<unsigned>(text[digits++] - '0');
    if (digits == 0 || port > 0xffff || (digits < text.size() && is_digit(text[digits]))) return std::nullopt;
    text.remove_prefix(digits);
    return static_cast<std::uint16_t>(port);
}

bool read_address(std::string_view word, endpoint &to) {
    char text[INET6_ADDRSTRLEN] = "";
    if (word.size() >= sizeof text) return false;
    word.copy(text, word.size());
    to.ipv6 = word.find(':') != word.npos;
    to.address = {};
    return inet_pton(to.ipv6 ? AF_INET6 : AF_INET, text, to.address.data()) == 1;
}

// "192.0.2.1". How many octets it takes; 0 where the text does not begin with one.
std::size_t read_ipv4(std::string_view text, std::array<std::uint8_t, 16> &to) {
    std::size_t at = 0;
    for (std::size_t part = 0; part < 4; ++part) {
        if (part != 0 && (at >= text.size() || text[at++] != '.')) return 0;
        unsigned value = 0;
        const auto begin = at;
        while (at < text.size() && at - begin < 3 && is_digit(text[at]))
            value = value * 10 + static_cast<unsigned>(text[at++] - '0');
        if (at == begin || value > 255) return 0;
        to[part] = static_cast<std::uint8_t>(value);
    }
    return at;
}

std::size_t size_of_address(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() && size < INET6_ADDRSTRLEN + 6 &&
           (is_hexdig(text[size]) || text[size] == ':' || text[size] == '.'))
        ++size;
    return size;
}

// "192.0.2.1", and the port after a colon or a dot.
std::optional<spelled_endpoint> ipv4_at(std::string_view text) {
    endpoint made;
    const auto size = read_ipv4(text, made.address);
    if (size == 0) return std::nullopt;
    auto rest = text.substr(size);
    if (!rest.empty() && (rest.front() == ':' || rest.front() == '.')) {
        auto port = rest.substr(1);
        // "192.0.2.1.5060", and not "192.0.2.1.5 " of a version.
        const bool is_dotted = rest.front() == '.';
        if (const auto number = take_port(port); number && !(is_dotted && *number < 100)) {
            made.port = *number;
            rest = port;
        }
    }
    if (!rest.empty() && is_word_octet(rest.front())) return std::nullopt;
    return spelled_endpoint{made, text.size() - rest.size()};
}

// "[2001:db8::1]:5060", "[192.0.2.1]:5060".
std::optional<spelled_endpoint> bracketed_at(std::string_view text) {
    const auto end = text.find(']');
    endpoint made;
    if (end == text.npos || end > INET6_ADDRSTRLEN || !read_address(text.substr(1, end - 1), made)) return std::nullopt;
    auto rest = text.substr(end + 1);
    if (!rest.empty() && rest.front() == ':') {
        auto port = rest.substr(1);
        if (const auto number = take_port(port)) {
            made.port = *number;
            rest = port;
        }
    }
    return spelled_endpoint{made, text.size() - rest.size()};
}

// "2001:db8::1", with a dot or a colon and the port where that leaves an address: "::ffff:192.0.2.1:5060".
std::optional<spelled_endpoint> bare_ipv6_at(std::string_view text) {
    auto word = text.substr(0, size_of_address(text));
    while (!word.empty() && (word.back() == '.' || (word.back() == ':' && !word.ends_with("::"))))
        word.remove_suffix(1);
    if (std::count(word.begin(), word.end(), ':') < 2) return std::nullopt;
    if (word.size() < text.size() && is_word_octet(text[word.size()])) return std::nullopt;
    endpoint made;
    const auto joint = word.find_last_of(":.");
    auto port = word.substr(joint + 1);
    const bool has_both = word.find('.') != word.npos && word[joint] == ':';
    if (has_both || !read_address(word, made)) {
        const auto number = take_port(port);
        if (!number || !port.empty() || !read_address(word.substr(0, joint), made)) return std::nullopt;
        made.port = *number;
    }
    return spelled_endpoint{made, word.size()};
}

enum class direction { unknown, received, sent };

// What a word says of the transport or the direction.
struct telling_word {
    std::string_view word;
    tool::transport transport;
    tool::direction direction;
};
constexpr telling_word telling_words[] = {
    {"udp", transport::udp, {}},
    {"tcp", transport::tcp, {}},
    {"tls", transport::tcp, {}},
    {"sctp", transport::sctp, {}},
    {"ws", transport::ws, {}},
    {"wss", transport::ws, {}},
    {"recv", {}, direction::received},
    {"received", {}, direction::received},
    {"receiving", {}, direction::received},
    {"incoming", {}, direction::received},
    {"inbound", {}, direction::received},
    {"rx", {}, direction::received},
    {"rcvd", {}, direction::received},
    {"in", {}, direction::received},
    {"read", {}, direction::received},
    {"send", {}, direction::sent},
    {"sent", {}, direction::sent},
    {"sending", {}, direction::sent},
    {"outgoing", {}, direction::sent},
    {"outbound", {}, direction::sent},
    {"tx", {}, direction::sent},
    {"transmitting", {}, direction::sent},
    {"retransmitting", {}, direction::sent},
    {"out", {}, direction::sent},
};

const telling_word *find_telling(std::string_view word) {
    if (word.size() < 2) return nullptr;
    const char first = static_cast<char>(word.front() | 0x20);
    if (first != 'u' && first != 't' && first != 's' && first != 'w' && first != 'r' && first != 'i' && first != 'o')
        return nullptr;
    for (const auto &one : telling_words)
        if (one.word.front() == first && tables::equal_but_for_case(word, one.word)) return &one;
    return nullptr;
}

enum class role { none, source, destination, local };

struct role_word {
    std::string_view word;
    tool::role role;
};
constexpr role_word role_words[] = {
    {"from", role::source},         {"src", role::source},
    {"source", role::source},       {"srcip", role::source},
    {"srcaddr", role::source},      {"to", role::destination},
    {"dst", role::destination},     {"destination", role::destination},
    {"dest", role::destination},    {"dstip", role::destination},
    {"dstaddr", role::destination}, {"on", role::local},
    {"local", role::local},
};

// Words that may stand between an address and the word that tells its role.
constexpr std::string_view idle_words[] = {"udp",  "tcp",     "tls", "sctp", "ws",   "wss",  "sip", "sips",
                                           "addr", "address", "ip",  "host", "peer", "ipv4", "ipv6"};

bool is_idle(std::string_view word) {
    return std::any_of(std::begin(idle_words), std::end(idle_words),
                       [word](std::string_view idle) { return tables::equal_but_for_case(word, idle); });
}

// What the word, or the arrow, before an address says of it: "from UDP:", "src_ip=", "-> [".
role role_before(std::string_view text) {
    constexpr std::size_t most_words = 4;
    for (std::size_t n = 0; n < most_words; ++n) {
        if (text.ends_with(']')) text = text.substr(0, std::min(text.rfind('['), text.size() - 1));
        while (!text.empty() &&
               (decorations.has(text.back()) || text.back() == '_' || text.back() == '.' || text.back() == '-'))
            text.remove_suffix(1);
        if (text.ends_with('>') || text.ends_with("\xe2\x86\x92")) return role::destination;
        auto begin = text.size();
        while (begin > 0 && is_letter(text[begin - 1])) --begin;
        const auto word = text.substr(begin);
        for (const auto &one : role_words)
            if (tables::equal_but_for_case(word, one.word)) return one.role;
        if (!is_idle(word)) return role::none;
        text = text.substr(0, begin);
    }
    return role::none;
}

// Whether an arrow to the next address follows.
bool is_before_arrow(std::string_view text) {
    text = without_blanks_before(text);
    for (const std::string_view arrow : {"->", "-->", "--->", "=>", "==>", ">", ">>", "\xe2\x86\x92"})
        if (text.substr(0, arrow.size()) == arrow) {
            const auto after = without_blanks_before(text.substr(arrow.size()));
            if (endpoint_at(after) || (!after.empty() && after.front() == '[')) return true;
            auto letters = after;
            while (!letters.empty() && (is_letter(letters.front()) || letters.front() == ':' || letters.front() == '/'))
                letters.remove_prefix(1);
            if (letters.size() < after.size() && endpoint_at(letters)) return true;
        }
    return false;
}

// The port that follows in words: " on port 5060", ", port 5060", "_port=5060".
std::uint16_t port_after(std::string_view text) {
    text = without_blanks_before(text.substr(0, 24));
    const auto at = find_word(text, "port");
    if (at == text.npos || at > 5) return 0;
    // "dst=192.0.2.2 srcport=5060": read_ports() knows whose port that is.
    for (const std::string_view owner : {"src", "dst", "dest"})
        if (find_word(text.substr(0, at), owner) != text.npos) return 0;
    text.remove_prefix(at + 4);
    while (!text.empty() && before_value.has(text.front())) text.remove_prefix(1);
    return take_port(text).value_or(0);
}

struct found_endpoint {
    endpoint at;
    tool::role role;
};

void assign(const found_endpoint &one, direction way, origin &to) {
    const bool was_received = way == direction::received, was_sent = way == direction::sent;
    auto part = one.role;
    if (part == role::local) part = was_received ? role::destination : was_sent ? role::source : role::none;
    if (part == role::none)
        part = was_received && !to.source ? role::source : was_sent && !to.destination ? role::destination : role::none;
    if (part == role::source && !to.source) to.source = one.at;
    if (part == role::destination && !to.destination) to.destination = one.at;
}

// A named port of its own: "srcport: 5060", "\"dst_port\":5060".
void read_ports(std::string_view text, origin &to) {
    const auto lacks_port = [](const std::optional<endpoint> &at) { return at && at->port == 0; };
    if ((!lacks_port(to.source) && !lacks_port(to.destination)) || find_word(text, "port") == text.npos) return;
    const auto read = [text](std::initializer_list<std::string_view> names, std::optional<endpoint> &of) {
        if (!of || of->port != 0) return;
        for (const auto name : names)
            if (const auto at = find_word(text, name); at != text.npos)
                of->port = port_after(text.substr(at + name.size() - 4));
    };
    read({"srcport", "src_port", "source_port", "source port", "src port"}, to.source);
    read({"dstport", "dst_port", "dest_port", "destination_port", "destination port", "dst port"}, to.destination);
}

} // namespace

std::optional<spelled_endpoint> endpoint_at(std::string_view text) {
    if (text.empty()) return std::nullopt;
    if (text.front() == '[') return bracketed_at(text);
    if (is_digit(text.front()))
        if (const auto made = ipv4_at(text)) return made;
    if (is_hexdig(text.front()) || text.front() == ':') return bare_ipv6_at(text);
    return std::nullopt;
}

void read_peers(std::string_view text, origin &to) {
    text = text.substr(0, most_searched_for_origin);
    direction way = direction::unknown;
    found_endpoint found[4];
    std::size_t count = 0;
    bool is_after_arrow = false;
    for (std::size_t at = 0; at < text.size() && count < std::size(found);) {
        auto end = at;
        while (end < text.size() && is_word_octet(text[end])) ++end;
        const bool begins_address =
            text[at] == '[' ||
            (end > at ? end < text.size() && (text[end] == '.' || text[end] == ':') : text[at] == ':');
        const auto made = begins_address ? endpoint_at(text.substr(at)) : std::nullopt;
        if (!made) {
            if (const auto *const word = find_telling(text.substr(at, end - at))) {
                if (way == direction::unknown) way = word->direction;
                if (to.transport == transport::none) to.transport = word->transport;
            }
            at = std::max(end, at + 1);
            continue;
        }
        auto &one = found[count++] = {made->at, role_before(text.substr(0, at))};
        at += made->size;
        if (one.at.port == 0) one.at.port = port_after(text.substr(at));
        if (is_after_arrow) one.role = role::destination;
        is_after_arrow = is_before_arrow(text.substr(at));
        if (is_after_arrow) one.role = role::source;
    }
    // The addresses whose role a word tells come first.
    for (std::size_t n = 0; n < count; ++n)
        if (found[n].role == role::source || found[n].role == role::destination) assign(found[n], way, to);
    for (std::size_t n = 0; n < count; ++n)
        if (found[n].role == role::none || found[n].role == role::local) assign(found[n], way, to);
    if (count > 0) read_ports(text, to);
}

void read_origin(std::string_view text, origin &to) {
    if (!to.time) to.time = find_time(text);
    read_peers(text, to);
}

} // namespace sipstatus::tool
