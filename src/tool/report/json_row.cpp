#include "report/json_row.hpp"

#include <nlohmann/json.hpp>

namespace sipstatus::tool {

namespace {

bool needs_no_escape(std::string_view text) {
    unsigned special = 0;
    for (const char c : text) special |= static_cast<unsigned>((c < 0x20) | (c == 0x7f) | (c == '"') | (c == '\\'));
    return special == 0;
}

} // namespace

std::string &json_row::begin(std::string_view key) {
    to_ += is_first_ ? "{\"" : ",\"";
    is_first_ = false;
    to_ += key;
    return to_ += "\":";
}

void json_row::add(std::string_view key, std::string_view text) {
    auto &to = begin(key);
    if (needs_no_escape(text)) {
        to += '"';
        to += text;
        to += '"';
        return;
    }
    is_plain_ = false;
    to += nlohmann::json(text).dump(-1, ' ', ascii_, nlohmann::json::error_handler_t::replace);
}

void json_row::add_text_or_null(std::string_view key, std::string_view text) {
    if (text.empty())
        add_null(key);
    else
        add(key, text);
}

void json_row::add_octets(std::string_view key, std::string_view octets) {
    add(key, octets);
    if (is_utf8(octets)) return;
    begin(std::string(key) + "_hex");
    to_ += '"' + as_hex(octets) + '"';
}

} // namespace sipstatus::tool
