#include "commands/command.hpp"
#include "commands/inputs.hpp"

#include <fmt/format.h>

#include <array>

namespace sipstatus::tool {

namespace {

class checker final : public stage<response> {
public:
    explicit checker(run &on) : run_(on) {}

    void push(const response &item) override {
        ++responses_;
        find(item, findings_);
        if (findings_.empty()) return;
        for (const auto &one : findings_) {
            ++counts_[static_cast<std::size_t>(one.level)];
            if (one.level != severity::note) run_.raise_status(findings);
        }
        run_.report().check(item, findings_);
        run_.end_record();
    }
    void finish() override {}

    std::uint64_t responses() const noexcept { return responses_; }
    std::uint64_t count(severity level) const noexcept { return counts_[static_cast<std::size_t>(level)]; }

private:
    run &run_;
    std::uint64_t responses_ = 0;
    std::vector<finding> findings_;
    std::array<std::uint64_t, 3> counts_{};
};

void check(run &on) {
    checker findings(on);
    read_inputs(on, findings, [](const std::string &, const input_counts &) {});
    on.hint(fmt::format(
        "{}: {}, {}, {}", counted(findings.responses(), "response"), counted(findings.count(severity::error), "error"),
        counted(findings.count(severity::warning), "warning"), counted(findings.count(severity::note), "note")));
}

} // namespace

extern const command check_command;
const command check_command{"check", "FILE", "what is wrong with them, as a compiler says it",
                            R"(  error      the line cannot be read as a status line, or was cut short
  warning    the line can be read, and strays from what a sender must write
  note       the phrase is not the canonical one, the code is not current, ...

Each finding names its rule in brackets: sipstatus explain RULE says more of it.
Exit status: 1 if there are errors or warnings; notes do not count. 3 if frames
were left out that look like SIP.

  sipstatus check calls.pcapng
  printf 'SIP/2.0 4860 Busy\n' | sipstatus check -
)",
                            check};

} // namespace sipstatus::tool
