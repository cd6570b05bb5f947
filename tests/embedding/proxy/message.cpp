#include "message.hpp"

#include <algorithm>
#include <charconv>

namespace proxy {
namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool equal_but_for_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    return first == text.npos ? std::string_view{} : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// RFC 3261 section 7.3.3 and 20.
constexpr std::pair<std::string_view, char> compact_forms[] = {
    {"Call-ID", 'i'}, {"Contact", 'm'}, {"Content-Length", 'l'}, {"From", 'f'}, {"To", 't'}, {"Via", 'v'}};

template <class Number> std::optional<Number> to_number(std::string_view digits) noexcept {
    Number number{};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size() || digits.empty()) return std::nullopt;
    return number;
}

} // namespace

bool is_named(const header_field &field, std::string_view name) noexcept {
    if (equal_but_for_case(field.name, name)) return true;
    return field.name.size() == 1 && std::any_of(std::begin(compact_forms), std::end(compact_forms), [&](auto form) {
               return form.second == lower(field.name[0]) && form.first == name;
           });
}

const header_field *message::find(std::string_view name) const noexcept {
    const auto at = std::find_if(fields.begin(), fields.end(), [&](const auto &f) { return is_named(f, name); });
    return at == fields.end() ? nullptr : &*at;
}

std::string_view message::value(std::string_view name) const noexcept {
    const auto *field = find(name);
    return field ? field->value : std::string_view{};
}

std::optional<message> read_message(std::string_view octets, std::size_t start) {
    message m;
    m.start_line = octets.substr(0, start);
    m.fields.reserve(16);
    auto rest = octets.substr(start);
    while (!rest.starts_with("\r\n")) {
        // A line that begins with a blank goes on with the one before it (RFC 3261 section 7.3.1).
        std::size_t end = 0;
        do {
            end = rest.find("\r\n", end);
            if (end == rest.npos) return std::nullopt;
            end += 2;
        } while (end < rest.size() && (rest[end] == ' ' || rest[end] == '\t'));
        const auto line = rest.substr(0, end);
        const auto colon = line.find(':');
        if (colon == line.npos || trimmed(line.substr(0, colon)).empty()) return std::nullopt;
        m.fields.push_back({trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)), line});
        rest.remove_prefix(end);
    }
    m.body = rest;
    return m;
}

std::optional<std::size_t> content_length(const message &m) noexcept {
    const auto *field = m.find("Content-Length");
    if (!field) return 0;
    return field->value.size() > 7 ? std::nullopt : to_number<std::size_t>(field->value);
}

std::string_view first_value(std::string_view values) noexcept {
    bool is_quoted = false;
    for (std::size_t at = 0; at < values.size(); ++at) {
        if (values[at] == '\\' && is_quoted)
            ++at;
        else if (values[at] == '"')
            is_quoted = !is_quoted;
        else if (values[at] == ',' && !is_quoted)
            return values.substr(0, at);
    }
    return values;
}

std::string_view parameter(std::string_view value, std::string_view name) noexcept {
    while (!value.empty()) {
        const auto semicolon = value.find(';');
        const auto one = trimmed(value.substr(0, semicolon));
        const auto equals = one.find('=');
        if (equals != one.npos && equal_but_for_case(trimmed(one.substr(0, equals)), name))
            return trimmed(one.substr(equals + 1));
        if (semicolon == value.npos) break;
        value.remove_prefix(semicolon + 1);
    }
    return {};
}

std::optional<request_line> read_request_line(std::string_view octets) noexcept {
    const auto line = octets.substr(0, octets.find("\r\n"));
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (line.size() == octets.size() || first == line.npos || first == 0 || last <= first + 1) return std::nullopt;
    if (line.substr(last + 1) != "SIP/2.0") return std::nullopt;
    const auto uri = line.substr(first + 1, last - first - 1);
    if (uri.find(' ') != uri.npos) return std::nullopt;
    return request_line{line.substr(0, first), uri};
}

std::string_view user_of(std::string_view uri) noexcept {
    const auto colon = uri.find(':');
    const auto at = uri.find('@');
    return colon == uri.npos || at == uri.npos || at < colon ? std::string_view{}
                                                             : uri.substr(colon + 1, at - colon - 1);
}

std::optional<address> address_of(std::string_view uri) {
    if (!equal_but_for_case(uri.substr(0, 4), "sip:")) return std::nullopt;
    auto host = uri.substr(4);
    if (const auto at = host.find('@'); at != host.npos) host.remove_prefix(at + 1);
    const auto parameters = host.substr(std::min(host.size(), host.find_first_of(";?")));
    host = host.substr(0, host.size() - parameters.size());
    address found;
    found.is_stream = equal_but_for_case(parameter(parameters.substr(0, parameters.find('?')), "transport"), "tcp");
    if (const auto colon = host.find(':'); colon != host.npos) {
        const auto port = to_number<std::uint16_t>(host.substr(colon + 1));
        if (!port || *port == 0) return std::nullopt;
        found.port = *port;
        host = host.substr(0, colon);
    }
    found.host = host;
    return found;
}

} // namespace proxy
