#ifndef SIPSTATUS_TOOL_SIP_SELECTION_HPP
#define SIPSTATUS_TOOL_SIP_SELECTION_HPP

// Which responses a user wants: a stage between the responses and what becomes of them.

#include "sip/response.hpp"
#include "stage.hpp"

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sipstatus::tool {

// The words of a selection cannot be read: what() says which, and what was expected.
class selection_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// An address without a port.
struct host {
    bool ipv6 = false;
    std::array<std::uint8_t, 16> address{};

    friend bool operator==(const host &, const host &) noexcept = default;
};

// Every condition that is set must hold. Within one, any of its values is enough.
struct selection {
    std::optional<std::bitset<700>> codes;
    std::optional<std::bitset<8>> kinds; // by reason_kind
    std::vector<std::string> methods;    // of the request, in any case
    std::vector<std::string> call_ids;
    std::vector<host> hosts; // of either end
    std::vector<std::uint16_t> ports;
    std::optional<timestamp> since; // at this time or later
    std::optional<timestamp> until; // before this time

    // Each adds what the words of an option say. Throws selection_error.
    void add_codes(std::string_view words);   // "486,4xx,500-599"
    void add_kinds(std::string_view words);   // "local,former"
    void add_methods(std::string_view words); // "INVITE,BYE"
    void add_call_id(std::string_view word);
    void add_hosts(std::string_view words); // "192.0.2.1,2001:db8::1"
    void add_ports(std::string_view words); // "5060,5080"
    void set_since(std::string_view word);  // "2026-11-20T09:00:00.5Z"; the time may be left out
    void set_until(std::string_view word);

    bool admits(const response &item) const { return admits_line(item) && admits(item.carrier, item.result.consumed); }
    // The conditions on the status line, and the others; the header begins at `header`.
    bool admits_line(const response &item) const;
    bool admits(const message &carrier, std::size_t header) const;
};

// Hands on the responses that a selection admits, at most so many of all inputs together.
class selector final : public stage<response> {
public:
    // `wanted` and `next` must outlive the selector.
    selector(const selection &wanted, std::uint64_t most, stage<response> &next)
        : wanted_(wanted), left_(most), next_(next) {}

    void push(const response &item) override;
    void finish() override { next_.finish(); }

    // How many more it would hand on.
    std::uint64_t left() const noexcept { return left_; }
    // Whether the most that may be handed on was.
    bool is_done() const noexcept { return left_ == 0; }

private:
    const selection &wanted_;
    std::uint64_t left_;
    stage<response> &next_;
};

} // namespace sipstatus::tool

#endif
