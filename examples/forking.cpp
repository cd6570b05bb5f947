// A forked call, as a proxy follows it: response_context is told what happens and says what to do. What a real proxy
// does with sockets and timers is printed here.

#include <sipstatus/sipstatus.hpp>

#include <cstdio>
#include <string>
#include <string_view>

namespace {

using namespace sipstatus;

struct proxy {
    branch storage[4]; // room for four branches; the context allocates nothing
    response_context context{storage, method::invite};
    std::string log;

    void act(const advice &says, std::size_t branch) {
        switch (says.action) {
        case action::nothing: break;
        case action::wait: break;
        case action::forward: log += "forward " + std::to_string(to_int(storage[branch].code)) + "; "; break;
        case action::forward_best: forward_best(says.best); break;
        case action::try_next: log += "next target; "; break;
        }
        for (auto n = context.next_cancel(); n != npos; n = context.next_cancel())
            log += "CANCEL " + std::to_string(n) + "; ";
    }

    void forward_best(const best_response &best) {
        const auto rule = rule_of(best, context.all(), context.request());
        log += "best " + std::to_string(to_int(best.code)) + " (" + std::string(name(rule)) + "); ";
        // A challenge takes the challenges of the other branches along, in this order.
        std::size_t order[4];
        const auto count = contributors(context.all(), best, context.ranks(), order);
        for (std::size_t n = 1; n < count; ++n) log += "with the challenges of " + std::to_string(order[n]) + "; ";
        // A CANCEL to the others could carry `Reason: SIP;cause=...`: write_reason() writes it.
    }

    // What came from the branch's peer, as it stands on the wire.
    void receive(std::size_t branch, std::string_view octets) {
        const auto read = parse(octets);
        if (read) act(context.on_response(branch, read.line.code), branch);
    }
};

bool is(const proxy &one, std::string_view expected) {
    if (one.log == expected) return true;
    std::printf("expected %s\n     got %s\n", expected.data(), one.log.c_str());
    return false;
}

// One phone is busy, one rings and declines everywhere, one does not answer.
bool declined() {
    proxy call;
    for (int n = 0; n < 3; ++n) call.context.start_branch();
    call.receive(0, "SIP/2.0 486 Busy Here\r\n");
    call.receive(1, "SIP/2.0 180 Ringing\r\n");
    call.receive(2, "SIP/2.0 180 Ringing\r\n");
    call.receive(1, "SIP/2.0 603 Decline\r\n");
    call.receive(2, "SIP/2.0 487 Request Terminated\r\n");
    return is(call, "forward 180; forward 180; CANCEL 2; best 603 (global_failure); ");
}

// Answered on one phone while another one is being cancelled: both answers go upstream.
bool answered_twice() {
    proxy call;
    for (int n = 0; n < 2; ++n) call.context.start_branch();
    call.receive(0, "SIP/2.0 180 Ringing\r\n");
    call.receive(1, "SIP/2.0 200 OK\r\n");
    call.receive(0, "SIP/2.0 200 OK\r\n");
    return is(call, "forward 180; forward 200; CANCEL 0; forward 200; ");
}

// Two domains want credentials; the third branch timed out.
bool challenged() {
    proxy call;
    for (int n = 0; n < 3; ++n) call.context.start_branch();
    call.receive(1, "SIP/2.0 407 Proxy Authentication Required\r\n");
    call.receive(0, "SIP/2.0 401 Unauthorized\r\n");
    call.act(call.context.on_timeout(2), 2);
    return is(call, "best 407 (first_to_come); with the challenges of 0; ");
}

} // namespace

int main() {
    return declined() && answered_twice() && challenged() ? 0 : 1;
}
