// A table, as tshark -T fields writes it: cells with a tab, a comma or another mark between them, in the order that the
// user asked for. The first two addresses are the source and the destination, and so are the first two numbers after an
// address for their ports.

#include "log/log_format.hpp"
#include "log/times.hpp"
#include "octets.hpp"

#include <algorithm>
#include <string>

namespace sipstatus::tool {

namespace {

std::optional<std::uint16_t> port_of(std::string_view cell) {
    std::uint32_t port = 0;
    if (cell.empty() || cell.size() > 5) return std::nullopt;
    for (const char c : cell) {
        if (!octets::is_digit(c)) return std::nullopt;
        port = port * 10 + static_cast<unsigned>(c - '0');
    }
    return port == 0 || port > 0xffff ? std::nullopt : std::optional(static_cast<std::uint16_t>(port));
}

std::string_view without_quotes(std::string_view cell) {
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
    return cell;
}

class table_row {
public:
    void take(std::string_view cell) {
        if (const auto at = endpoint_at(cell); at && at->size == cell.size()) {
            auto &end = !made_.source ? made_.source : made_.destination;
            if (!end) end = at->at;
        } else if (const auto port = port_of(cell); port && made_.source && ports_ < 2) {
            // "address, port, address, port", or "address, address, port, port".
            if (ports_ == 0)
                made_.source->port = *port;
            else if (made_.destination)
                made_.destination->port = *port;
            ++ports_;
        } else if (!made_.time) {
            made_.time = find_time(cell);
        }
    }

    const origin &made() const noexcept { return made_; }

private:
    origin made_;
    std::size_t ports_ = 0;
};

} // namespace

bool read_columns(const surroundings &around, origin &to) {
    constexpr std::size_t most_cells = 64;
    auto rest = around.before;
    if (rest.ends_with('"')) rest.remove_suffix(1);
    if (rest.empty() || std::string_view("\t,;|").find(rest.back()) == rest.npos) return false;
    const char mark = rest.back();
    table_row row;
    for (std::size_t n = 0; n < most_cells && !rest.empty(); ++n) {
        const auto cell = rest.substr(0, rest.find(mark));
        rest.remove_prefix(std::min(cell.size() + 1, rest.size()));
        row.take(without_quotes(cell));
    }
    if (!row.made().source) return false;
    to = row.made();
    return true;
}

} // namespace sipstatus::tool
