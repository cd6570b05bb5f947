#include "commands/command.hpp"
#include "commands/inputs.hpp"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <mutex>

namespace sipstatus::tool {

namespace {

// Of one input, or of several.
struct check_counts {
    std::uint64_t responses = 0;
    std::array<std::uint64_t, 3> findings{}; // by severity

    std::uint64_t count(severity level) const noexcept { return findings[static_cast<std::size_t>(level)]; }
};

class total {
public:
    void add(const check_counts &one) {
        const std::lock_guard lock(mutex_);
        sum_.responses += one.responses;
        for (std::size_t i = 0; i < sum_.findings.size(); ++i) sum_.findings[i] += one.findings[i];
    }
    const check_counts &sum() const noexcept { return sum_; }

private:
    std::mutex mutex_;
    check_counts sum_;
};

class checker final : public consumer {
public:
    checker(run &of_input, total &all) : run_(of_input), total_(all) {}

    void push(const response &item) override {
        ++counts_.responses;
        find(item, findings_);
        if (findings_.empty()) return;
        for (const auto &one : findings_) {
            ++counts_.findings[static_cast<std::size_t>(one.level)];
            if (one.level != severity::note) run_.raise_status(findings);
        }
        run_.report().check(item, findings_);
        run_.end_record();
    }
    void end_of_input(const std::string &, const input_counts &) override { total_.add(counts_); }

private:
    run &run_;
    total &total_;
    check_counts counts_;
    std::vector<finding> findings_;
};

void check(run &on) {
    total all;
    read_inputs(on, [&all](run &of_input) { return std::make_unique<checker>(of_input, all); });
    const auto &sum = all.sum();
    on.hint(fmt::format("{}: {}, {}, {}", counted(sum.responses, "response"),
                        counted(sum.count(severity::error), "error"), counted(sum.count(severity::warning), "warning"),
                        counted(sum.count(severity::note), "note")));
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
