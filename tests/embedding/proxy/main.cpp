// The proxy as a program. It runs until SIGTERM or SIGINT, then says on standard error what it has counted.

#include "proxy.hpp"

#include <charconv>
#include <iostream>

namespace {

constexpr auto usage = R"(usage: sipstatus_proxy --port PORT --target ADDRESS:PORT[;transport=tcp]... [OPTION...]

Forks requests to the targets, over UDP and TCP, on loopback.

  --serial           one target after another instead of all at once
  --ranking NAME     rfc3261 (default), kamailio, opensips, repro, sprout or drachtio
  --t1 MILLISECONDS  the estimate of the round trip that all timers follow (RFC 3261 section 17.1.1.1); default 500
  --limit COUNT      transactions at a time; further requests are answered with 503; default 200000
)";

struct wrong_usage {
    std::string what;
};

template <class Number> Number to_number(const std::string &text, Number first, Number last) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || *end != '\0' || number < first || number > last)
        throw wrong_usage{"expected a number from " + std::to_string(first) + " to " + std::to_string(last) +
                          ", not \"" + text + '"'};
    return number;
}

proxy::peer to_target(const std::string &text) {
    const auto address = proxy::address_of("sip:" + text);
    boost::system::error_code bad;
    const auto host = address ? proxy::asio::ip::make_address(address->host, bad) : proxy::asio::ip::address();
    if (!address || bad) throw wrong_usage{"expected ADDRESS:PORT[;transport=tcp], not \"" + text + '"'};
    return {{host, address->port}, address->is_stream, {}};
}

sipstatus::profile to_profile(const std::string &text) {
#define SIPSTATUS_RANKING(name, traits, source)                                                                        \
    if (text == #name) return sipstatus::profile::name;
#include <sipstatus/rankings.def>
    throw wrong_usage{"\"" + text + "\" is not a ranking"};
}

proxy::settings read(int count, char **arguments) {
    proxy::settings s;
    s.port = 0;
    for (int n = 1; n < count; ++n) {
        const std::string option = arguments[n];
        if (option == "--serial") {
            s.is_serial = true;
            continue;
        }
        if (n + 1 == count) throw wrong_usage{"\"" + option + "\" is not an option, or lacks its value"};
        const std::string value = arguments[++n];
        if (option == "--port")
            s.port = to_number<std::uint16_t>(value, 1, 65'535);
        else if (option == "--target")
            s.targets.push_back(to_target(value));
        else if (option == "--ranking")
            s.ranking = to_profile(value);
        else if (option == "--t1")
            s.t1 = std::chrono::milliseconds(to_number<int>(value, 1, 60'000));
        else if (option == "--limit")
            s.transaction_limit = to_number<std::size_t>(value, 1, 10'000'000);
        else
            throw wrong_usage{"\"" + option + "\" is not an option"};
    }
    if (s.port == 0 || s.targets.empty() || s.targets.size() > 8)
        throw wrong_usage{"expected --port, and --target one to eight times"};
    return s;
}

void report(const proxy::forking_proxy &p) {
    const auto &c = p.counted();
    std::cerr << c.requests << " requests, " << c.responses << " responses, " << c.deviating << " deviating, "
              << c.rewritten << " rewritten, " << c.malformed << " malformed, " << c.unmatched << " unmatched, "
              << c.broken_streams << " broken streams, " << c.refused << " refused, " << p.datagrams_not_sent()
              << " datagrams not sent, " << p.transactions() << " transactions\n";
    for (const auto &[outcome, count] : c.unreadable)
        std::cerr << count << " unreadable: " << name(outcome) << ": " << message(outcome).expected << '\n';
}

} // namespace

int main(int count, char **arguments) {
    try {
        const auto settings = read(count, arguments);
        proxy::asio::io_context io(1);
        proxy::forking_proxy p(io, settings);
        proxy::asio::signal_set stop(io, SIGTERM, SIGINT);
        stop.async_wait([&](boost::system::error_code, int) { io.stop(); });
        io.run();
        report(p);
        return 0;
    } catch (const wrong_usage &why) {
        std::cerr << "sipstatus_proxy: " << why.what << '\n' << usage;
        return 2;
    } catch (const std::exception &why) {
        std::cerr << "sipstatus_proxy: " << why.what() << '\n';
        return 1;
    }
}
