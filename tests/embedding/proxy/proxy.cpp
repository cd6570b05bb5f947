#include "proxy.hpp"

#include "../clean_line.hpp"

#include <charconv>
#include <random>

namespace proxy {
namespace {

using namespace std::chrono_literals;
using sipstatus::action;
using sipstatus::status;

constexpr auto t2 = 4s;        // RFC 3261 section 17.1.2.1
constexpr auto timer_c = 180s; // section 16.6 item 11
constexpr auto tick_length = 10ms;

// What tells a server transaction from all others (section 17.2.3). ACK and CANCEL belong to the INVITE's.
std::string key_of(const message &m) {
    const auto via = first_value(m.value("Via"));
    const auto cseq = m.value("CSeq");
    std::string key(parameter(via, "branch"));
    key.append(1, ' ').append(via.substr(0, via.find(';'))).append(1, ' ').append(m.value("Call-ID"));
    key.append(1, ' ').append(cseq.substr(0, cseq.find(' ')));
    return key;
}

std::string method_of(const message &m) {
    const auto cseq = m.value("CSeq");
    const auto blank = cseq.find_last_of(" \t");
    return std::string(blank == cseq.npos ? "" : cseq.substr(blank + 1));
}

// Sections 8.1.1 and 16.3: what a message must have for us to relay it.
bool is_whole(const message &m) noexcept {
    for (const auto *name : {"Via", "From", "To", "Call-ID", "CSeq"})
        if (m.value(name).empty()) return false;
    return true;
}

std::string status_line_of(status code) {
    char line[128];
    return {line, write(line, line + sizeof line, code).end};
}

// A response of our own to a request (section 8.2.6.2).
std::string make_response(const message &to, status code, std::string_view tag, std::string_view more = {}) {
    auto response = status_line_of(code);
    for (const auto &field : to.fields) {
        const bool is_to = is_named(field, "To");
        if (!is_to && !is_named(field, "Via") && !is_named(field, "From") && !is_named(field, "Call-ID") &&
            !is_named(field, "CSeq"))
            continue;
        if (!is_to || code == status::trying || !parameter(field.value, "tag").empty())
            response.append(field.line);
        else
            response.append("To: ").append(field.value).append(";tag=").append(tag).append("\r\n");
    }
    return response.append(more).append("Content-Length: 0\r\n\r\n");
}

// A response without its first Via, with the status line that goes on. Empty if there is no Via.
std::string without_via(const message &m, std::string_view line) {
    std::string response(line);
    bool is_found = false;
    for (const auto &field : m.fields) {
        if (is_found || !is_named(field, "Via")) {
            response.append(field.line);
            continue;
        }
        is_found = true;
        const auto first = first_value(field.value);
        if (first.size() < field.value.size())
            response.append("Via: ").append(field.value.substr(first.size() + 1)).append("\r\n");
    }
    return is_found ? response.append(m.body) : std::string{};
}

// A CANCEL or ACK to a request that was sent: a part of its transaction, so with its Via and no other (sections 9.1 and
// 17.1.1.3).
std::string make_hop_request(const std::string &sent, std::string_view method, std::string_view to_line) {
    const auto line = *read_request_line(sent);
    const auto m = *read_message(sent, sent.find("\r\n") + 2);
    std::string made(method);
    made.append(1, ' ').append(line.uri).append(" SIP/2.0\r\n").append(m.fields.front().line);
    made.append("Max-Forwards: 70\r\n").append(to_line);
    for (const auto &field : m.fields)
        if (is_named(field, "From") || is_named(field, "Call-ID") || is_named(field, "Route")) made.append(field.line);
    const auto cseq = m.value("CSeq");
    made.append("CSeq: ").append(cseq.substr(0, cseq.find(' '))).append(1, ' ').append(method);
    return made.append("\r\nContent-Length: 0\r\n\r\n");
}

} // namespace

forking_proxy::forking_proxy(asio::io_context &io, settings s)
    : settings_(std::move(s)), secret_(std::random_device{}() * 0x1'0000'0001u + std::random_device{}()), timer_(io),
      transport_(io, settings_.port,
                 {[this](const peer &from, std::string_view octets, const sipstatus::parse_result &line) {
                      on_message(from, octets, line);
                  },
                  [this](receipt about) { on_failure(about); },
                  [this](sipstatus::outcome why) {
                      ++counted_.broken_streams;
                      if (is_error(why)) ++counted_.unreadable[why];
                  }}) {
    tick();
}

void forking_proxy::on_message(const peer &from, std::string_view octets, const sipstatus::parse_result &line) {
    if (line.outcome == sipstatus::outcome::not_status_line) {
        on_request(from, octets.substr(std::min(octets.size(), octets.find_first_not_of("\r\n"))));
    } else if (line) {
        on_response(octets, line);
    } else if (octets.size() > 2 * line.leading_crlfs) {
        ++counted_.unreadable[line.outcome];
    }
}

void forking_proxy::on_request(const peer &from, std::string_view octets) {
    const auto line = read_request_line(octets);
    const auto m = line ? read_message(octets, octets.find("\r\n") + 2) : std::nullopt;
    if (!m || !is_whole(*m) || method_of(*m) != line->method) {
        ++counted_.malformed;
        return;
    }
    ++counted_.requests;
    auto key = key_of(*m);
    if (line->method == "ACK") return on_ack(from, *m, *line, key);
    if (line->method == "CANCEL") return on_cancel(from, *m, key);
    if (const auto known = numbers_.find(key); known != numbers_.end()) {
        const auto &t = *transactions_.at(known->second);
        if (!t.last_sent.empty()) transport_.send(from, t.last_sent);
        return;
    }
    begin(from, octets, *m, *line, std::move(key));
}

void forking_proxy::begin(const peer &from, std::string_view octets, const message &m, const request_line &line,
                          std::string key) {
    const auto answer = [&](status code, std::string_view more = {}) {
        transport_.send(from, make_response(m, code, "proxy", more));
    };
    if (m.value("Max-Forwards") == "0") return answer(status::too_many_hops);
    if (transactions_.size() >= settings_.transaction_limit) {
        ++counted_.refused;
        return answer(status::service_unavailable, "Retry-After: 5\r\n");
    }
    const bool is_in_dialog = !parameter(m.value("To"), "tag").empty();
    const auto target = is_in_dialog ? address_of(line.uri) : std::nullopt;
    if (is_in_dialog && !target) return answer(status::unsupported_uri_scheme);

    const auto number = ++last_number_;
    const auto method = sipstatus::find_method(line.method);
    auto made = std::make_unique<transaction>(number, std::string(octets), from, method, ranking_of(settings_.ranking));
    auto &t = *(transactions_[number] = std::move(made));
    t.key = std::move(key);
    numbers_[t.key] = number;
    if (method == sipstatus::method::invite) {
        t.last_sent = make_response(m, status::trying, "");
        transport_.send(from, t.last_sent);
    }
    if (is_in_dialog) {
        boost::system::error_code bad;
        const auto host = asio::ip::make_address(target->host, bad);
        if (bad || !start_leg(t, {{host, target->port}, target->is_stream, {}}, true))
            relay(t, status::service_unavailable, make_response(m, status::service_unavailable, "proxy"));
    } else {
        start_legs(t);
        if (t.legs.empty()) relay(t, status::not_found, make_response(m, status::not_found, "proxy"));
    }
    schedule(t);
}

void forking_proxy::start_legs(transaction &t) {
    do {
        const auto at = t.next_target;
        if (at >= settings_.targets.size() || !start_leg(t, settings_.targets[at], false)) break;
        ++t.next_target;
    } while (!settings_.is_serial);
    t.context.expect_more_targets(settings_.is_serial && t.next_target < settings_.targets.size());
}

// Sections 16.6 items 1 to 10.
bool forking_proxy::start_leg(transaction &t, const peer &to, bool keeps_uri) {
    const auto number = t.context.start_branch();
    if (number == sipstatus::npos) return false;
    const auto line = *read_request_line(t.request);
    const auto m = *read_message(t.request, t.request.find("\r\n") + 2);
    leg made;
    made.to = to;
    made.id = "z9hG4bK" + std::to_string(t.number) + "." + std::to_string(number) + "." +
              std::to_string((t.number * 0x9E37'79B9'7F4A'7C15u) ^ secret_);

    std::string uri(line.uri);
    if (!keeps_uri) {
        uri = "sip:";
        if (const auto user = user_of(line.uri); !user.empty()) uri.append(user).append(1, '@');
        uri.append(to.endpoint.address().to_string()).append(1, ':').append(std::to_string(to.endpoint.port()));
        if (to.is_stream) uri.append(";transport=tcp");
    }
    made.request.append(line.method).append(1, ' ').append(uri).append(" SIP/2.0\r\n");
    made.request.append(to.is_stream ? "Via: SIP/2.0/TCP 127.0.0.1:" : "Via: SIP/2.0/UDP 127.0.0.1:");
    made.request.append(std::to_string(settings_.port)).append(";branch=").append(made.id).append("\r\n");
    bool has_hops = false;
    for (const auto &field : m.fields) {
        if (!is_named(field, "Max-Forwards")) {
            made.request.append(field.line);
            continue;
        }
        unsigned hops = 70;
        std::from_chars(field.value.data(), field.value.data() + field.value.size(), hops);
        made.request.append("Max-Forwards: ").append(std::to_string(hops == 0 ? 0 : hops - 1)).append("\r\n");
        has_hops = true;
    }
    if (!has_hops) made.request.append("Max-Forwards: 70\r\n");
    made.request.append(m.body);

    const auto now = clock::now();
    made.interval = settings_.t1;
    if (!to.is_stream) made.resend_at = now + made.interval;
    made.give_up_at = now + 64 * settings_.t1;
    transport_.send(to, made.request, {t.number, number});
    t.legs.push_back(std::move(made));
    return true;
}

void forking_proxy::on_response(std::string_view octets, const sipstatus::parse_result &line) {
    ++counted_.responses;
    const auto m = read_message(octets, line.consumed);
    if (!m || !is_whole(*m)) {
        ++counted_.malformed;
        return;
    }
    // Our Via has the transaction, the branch, and a number that only who got the request knows.
    const auto id = parameter(first_value(m->value("Via")), "branch");
    std::uint64_t number = 0;
    std::size_t branch = 0;
    constexpr std::string_view cookie = "z9hG4bK";
    if (id.starts_with(cookie)) {
        const auto *last = id.data() + id.size();
        const auto first = std::from_chars(id.data() + cookie.size(), last, number);
        if (first.ec == std::errc{} && first.ptr != last) std::from_chars(first.ptr + 1, last, branch);
    }
    const auto found = transactions_.find(number);
    if (found == transactions_.end() || branch >= found->second->legs.size() || found->second->legs[branch].id != id) {
        ++counted_.unmatched;
        return;
    }
    auto &t = *found->second;
    auto &at = t.legs[branch];
    const auto code = line.line.code;
    const auto method = sipstatus::find_method(method_of(*m));
    if (method == sipstatus::method::cancel && t.method == sipstatus::method::invite) {
        if (is_final(code)) at.cancel_at = never;
        return;
    }
    if (method != t.method) {
        ++counted_.unmatched;
        return;
    }

    // A line that other hops may read otherwise, or not at all, is written anew; any other goes on octet for octet.
    std::string clean(octets.substr(2 * line.leading_crlfs, line.consumed - 2 * line.leading_crlfs));
    if (!line.line.deviations.empty()) ++counted_.deviating;
    if (!grammatical(line.line.deviations)) {
        std::string written(clean.size() + 64, '\0');
        const auto done = sipstatus::embedding::write_clean(written.data(), written.data() + written.size(), line.line);
        if (!done) {
            ++counted_.malformed;
            return;
        }
        written.resize(static_cast<std::size_t>(done.end - written.data()));
        clean = std::move(written);
        ++counted_.rewritten;
    }
    const auto response = without_via(*m, clean);

    const auto now = clock::now();
    if (is_provisional(code)) {
        at.has_provisional = true;
        if (t.method == sipstatus::method::invite) {
            at.resend_at = never;
            if (!at.is_final && !at.is_cancelled) at.give_up_at = now + timer_c;
        }
    } else {
        at.is_final = true;
        at.resend_at = at.cancel_at = at.give_up_at = never;
        if (ack_of(code, t.method) == sipstatus::ack_sender::client_transaction)
            transport_.send(at.to, make_hop_request(at.request, "ACK", m->find("To")->line));
        // A target that has answered for the user ends the search, 603+ above all.
        if (next_route(code) == sipstatus::route_choice::no) t.context.expect_more_targets(false);
    }
    follow(t, branch, t.context.on_response(branch, code), response, clean.size());
    schedule(t);
}

void forking_proxy::on_failure(receipt about) {
    const auto found = transactions_.find(about.transaction);
    if (found == transactions_.end() || about.branch >= found->second->legs.size()) return;
    auto &t = *found->second;
    auto &at = t.legs[about.branch];
    if (at.is_final) return;
    at.is_final = true;
    at.resend_at = at.cancel_at = at.give_up_at = never;
    follow(t, about.branch, t.context.on_transport_error(about.branch), {}, 0);
    schedule(t);
}

// Does what the library says of a branch's response.
void forking_proxy::follow(transaction &t, std::size_t number, const sipstatus::advice &says, std::string_view response,
                           std::size_t status_octets) {
    const auto code = t.context.all()[number].code;
    if (is_final(code) && !response.empty() && t.legs[number].response.empty()) {
        t.legs[number].response = response;
        t.legs[number].status_octets = status_octets;
    }
    switch (says.action) {
    case action::forward: relay(t, code, std::string(response)); break;
    case action::forward_best: relay_best(t, says.best); break;
    case action::try_next: start_legs(t); break;
    case action::wait:
    case action::nothing: break;
    }
    if (says.cancel)
        for (auto n = t.context.next_cancel(); n != sipstatus::npos; n = t.context.next_cancel())
            send_cancel(t.legs[n]);
    if (t.context.is_complete()) {
        if (t.remove_at == never) t.remove_at = clock::now() + 64 * settings_.t1;
        for (auto &one : t.legs) one.response = {};
    }
}

void forking_proxy::relay(transaction &t, status code, std::string response) {
    if (response.empty()) return;
    transport_.send(t.source, response);
    if (is_provisional(code)) {
        t.last_sent = std::move(response);
        return;
    }
    t.remove_at = clock::now() + 64 * settings_.t1;
    // A 2xx to INVITE is the callee's to send again (section 13.3.1.4); other finals are ours until the ACK.
    if (t.method == sipstatus::method::invite && class_of(code) != sipstatus::status_class::success &&
        !t.source.is_stream) {
        t.interval = settings_.t1;
        t.resend_at = clock::now() + t.interval;
    }
    const bool is_accepted_invite =
        t.method == sipstatus::method::invite && class_of(code) == sipstatus::status_class::success;
    t.last_sent = is_accepted_invite ? std::string{} : std::move(response);
}

// Section 16.7 items 6 to 9.
void forking_proxy::relay_best(transaction &t, const sipstatus::best_response &best) {
    const auto own = [&](status code) {
        const auto request = *read_message(t.request, t.request.find("\r\n") + 2);
        relay(t, code, make_response(request, code, std::to_string(t.number)));
    };
    if (best.branch == sipstatus::npos || t.legs[best.branch].response.empty() || best.code != best.received)
        return own(best.code);
    const auto &chosen = t.legs[best.branch];
    std::size_t order[branch_limit];
    const auto count = contributors(t.context.all(), best, t.context.ranks(), order);
    std::string more;
    for (std::size_t n = 1; n < count; ++n) {
        const auto &from = t.legs[order[n]];
        const auto m = from.response.empty() ? std::nullopt : read_message(from.response, from.status_octets);
        if (!m) continue;
        for (const auto &field : m->fields)
            for (std::size_t which = 0; !contributed_header(best.received, which).empty(); ++which)
                if (is_named(field, contributed_header(best.received, which))) more.append(field.line);
    }
    auto response = chosen.response;
    // The fields of the others stand after those of the chosen one, at the end of its headers.
    const auto m = *read_message(response, chosen.status_octets);
    response.insert(response.size() - m.body.size(), more);
    relay(t, best.code, std::move(response));
}

void forking_proxy::on_ack(const peer &, const message &m, const request_line &line, const std::string &key) {
    if (const auto known = numbers_.find(key); known != numbers_.end()) {
        transactions_.at(known->second)->resend_at = never;
        return;
    }
    // The ACK of a 2xx goes to its Request-URI, without a transaction (section 16.11).
    const auto target = address_of(line.uri);
    boost::system::error_code bad;
    const auto host = target ? asio::ip::make_address(target->host, bad) : asio::ip::address();
    if (!target || bad || m.value("Max-Forwards") == "0") {
        ++counted_.unmatched;
        return;
    }
    std::string ack(m.start_line);
    ack.append(target->is_stream ? "Via: SIP/2.0/TCP 127.0.0.1:" : "Via: SIP/2.0/UDP 127.0.0.1:");
    ack.append(std::to_string(settings_.port)).append(";branch=z9hG4bKack");
    ack.append(std::to_string(std::hash<std::string>{}(key) ^ secret_)).append("\r\n");
    for (const auto &field : m.fields) ack.append(field.line);
    transport_.send({{host, target->port}, target->is_stream, {}}, std::move(ack.append(m.body)));
}

// Section 16.10.
void forking_proxy::on_cancel(const peer &from, const message &m, const std::string &key) {
    const auto known = numbers_.find(key);
    const auto code = known == numbers_.end() ? status::call_or_transaction_does_not_exist : status::ok;
    transport_.send(from, make_response(m, code, "proxy"));
    if (known == numbers_.end()) return;
    auto &t = *transactions_.at(known->second);
    if (t.legs.empty()) return;
    follow(t, 0, t.context.on_cancel(), {}, 0);
    schedule(t);
}

void forking_proxy::send_cancel(leg &branch) {
    const auto request = *read_message(branch.request, branch.request.find("\r\n") + 2);
    transport_.send(branch.to, make_hop_request(branch.request, "CANCEL", request.find("To")->line));
    const auto now = clock::now();
    if (branch.is_cancelled) {
        branch.cancel_interval = std::min<clock::duration>(2 * branch.cancel_interval, t2);
    } else {
        branch.is_cancelled = true;
        branch.cancel_interval = settings_.t1;
        branch.give_up_at = now + 64 * settings_.t1;
    }
    branch.cancel_at = branch.to.is_stream ? never : now + branch.cancel_interval;
}

void forking_proxy::check(transaction &t, clock::time_point now) {
    for (std::size_t n = 0; n < t.legs.size(); ++n) {
        if (t.legs[n].resend_at <= now) {
            auto &at = t.legs[n];
            transport_.send(at.to, at.request, {t.number, n});
            at.interval = 2 * at.interval;
            if (t.method != sipstatus::method::invite) at.interval = std::min<clock::duration>(at.interval, t2);
            at.resend_at = now + at.interval;
        }
        if (t.legs[n].cancel_at <= now) send_cancel(t.legs[n]);
        if (t.legs[n].give_up_at <= now) {
            // A branch that rang is cancelled before it is given up (section 16.8).
            if (t.method == sipstatus::method::invite && t.legs[n].has_provisional && !t.legs[n].is_cancelled)
                send_cancel(t.legs[n]);
            auto &at = t.legs[n];
            at.is_final = true;
            at.resend_at = at.give_up_at = at.cancel_at = never;
            follow(t, n, t.context.on_timeout(n), {}, 0);
        }
    }
    if (t.resend_at <= now) {
        transport_.send(t.source, t.last_sent);
        t.interval = std::min<clock::duration>(2 * t.interval, t2);
        t.resend_at = now + t.interval;
    }
}

void forking_proxy::schedule(transaction &t) {
    auto next = std::min(t.resend_at, t.remove_at);
    for (const auto &at : t.legs) next = std::min({next, at.resend_at, at.cancel_at, at.give_up_at});
    if (next >= t.checked_at) return;
    t.checked_at = next;
    due_.emplace(next, t.number);
}

void forking_proxy::tick() {
    const auto now = clock::now();
    while (!due_.empty() && due_.top().first <= now) {
        const auto [when, number] = due_.top();
        due_.pop();
        const auto found = transactions_.find(number);
        if (found == transactions_.end() || found->second->checked_at != when) continue;
        auto &t = *found->second;
        t.checked_at = never;
        check(t, now);
        const bool is_pending = std::any_of(t.legs.begin(), t.legs.end(), [](const leg &at) { return !at.is_final; });
        if (t.remove_at <= now && !is_pending) {
            numbers_.erase(t.key);
            transactions_.erase(found);
            continue;
        }
        if (t.remove_at <= now) {
            t.resend_at = never;
            t.remove_at = now + 1s;
        }
        schedule(t);
    }
    timer_.expires_after(tick_length);
    timer_.async_wait([this](boost::system::error_code stopped) {
        if (!stopped) tick();
    });
}

} // namespace proxy
