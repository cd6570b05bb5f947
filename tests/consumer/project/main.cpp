// Every function of the library that is not inline, called from outside. Exit status 0 when each does what it says.

#include <sipstatus/sipstatus.hpp>

#include "other_unit.hpp"

#include <iostream>
#include <sstream>

namespace {

int failures = 0;

void expect(bool holds, std::string_view what) {
    if (holds) return;
    std::cerr << "consumer: " << what << '\n';
    ++failures;
}

} // namespace

int main() {
    using namespace sipstatus;
    static_assert(SIPSTATUS_VERSION > 0 && class_of(status::busy_here) == status_class::client_error);

    const std::string_view octets = "\r\nsip/2.0 486 Busy Here\r\n";
    const auto result = parse(octets);
    expect(result && result.line.code == status::busy_here && is_canonical(result.line.kind), "parse");
    expect(parse(octets, strict).outcome == outcome::not_tolerated, "parse with options");
    expect(deviation_offset(result, deviation::version_case) == 2, "deviation_offset of a result");
    expect(deviation_offset(result.line, deviation::version_case) == 0, "deviation_offset of a line");
    expect(code_offset(result.line) == 8, "code_offset");
    expect(whole_line(result, octets) == "sip/2.0 486 Busy Here", "whole_line");
    expect(!message(outcome::bad_code).expected.empty(), "message of an outcome");
    expect(!message(deviation::bare_lf).section.empty(), "message of a deviation");

    char room[64];
    const auto written = write(room, room + sizeof room, result.line.code, result.line.phrase);
    const std::string_view line(room, static_cast<std::size_t>(written.end - room));
    expect(written && line == "SIP/2.0 486 Busy Here\r\n", "write");
    expect(static_cast<bool>(write(room, room + sizeof room, status::ok)), "write with the canonical phrase");

    std::ostringstream out;
    out << result.line.code << result.line << result;
    expect(!out.str().empty(), "operator<<");

    expect(other_unit_accepts(line), "parse in the other unit");
    expect(registry_as_the_other_unit_sees_it() == registry().begin(), "one registry in both units");
    return failures == 0 ? 0 : 1;
}
