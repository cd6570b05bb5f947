#include "commands/command.hpp"
#include "commands/inputs.hpp"
#include "octet_text.hpp"

#include <fmt/format.h>

#include <memory>

namespace sipstatus::tool {

namespace {

class rows final : public consumer {
public:
    explicit rows(run &of_input) : run_(of_input) {}

    void push(const response &item) override {
        if (item.is_readable() && item.carrier.octets_before == 0) {
            run_.report().list(item);
        } else {
            ++refused_;
        }
        run_.end_record();
    }

    void end_of_input(const std::string &path, const input_counts &counts) override {
        if (refused_ != 0)
            run_.hint(fmt::format("{}: {} left out, not readable as a status line: sipstatus check says why",
                                  input_name(path), counted(refused_, "message")));
        if (counts.lines != 0 && refused_ == counts.responses)
            run_.complain(fmt::format("{}: no status line in {}: expected lines like \"SIP/2.0 486 Busy Here\"",
                                      input_name(path), counted(counts.lines, "line")));
    }

private:
    run &run_;
    std::uint64_t refused_ = 0;
};

void list(run &on) {
    read_inputs(on, [](run &of_input) { return std::make_unique<rows>(of_input); });
}

} // namespace

extern const command list_command;
const command list_command{"list", "FILE", "every response, one row each",
                           R"(A row: file and frame (in a text, the line's number), time, transport, source
and destination, code and phrase, class, finality, kind of phrase, deviations;
- is what does not apply. The kind is canonical, letter-case, former, published,
local or absent; it is incomplete for a line that was cut short, which ends
in ... then. Lines that cannot be read as a status line are left out: see check.
Controls, octets that are not UTF-8 and the backslash are shown as \xHH.
A terminal gets shorter rows: file and day in a heading, milliseconds, the kind
only where it is not canonical, class and finality only where there is room.

  sipstatus list calls.pcapng
  sipstatus list -o ndjson *.pcap | jq -r 'select(.code >= 500).src' | sort -u
)",
                           list};

} // namespace sipstatus::tool
