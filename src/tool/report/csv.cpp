// RFC 4180: a header row, then the same members as NDJSON has, in the same order. Octets are shown as in text.

#include "octet_text.hpp"
#include "report/report.hpp"
#include "report/spelling.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace sipstatus::tool {

namespace {

class csv final : public report {
public:
    explicit csv(std::string &to) : output_(to) {}

    void list(const response &answer) override {
        begin("file,frame,time,transport,src,dst,code,reason,class,final,reason_kind,registered,deviations,method,cseq,"
              "call_id,sipfrag\r\n");
        const auto &[carrier, result, line] = answer;
        const auto code = result.line.code;
        const bool coded = answer.has_code();
        const auto fields = answer.fields();
        std::vector<std::string> deviations;
        for (const auto which : members(result.line.deviations)) deviations.push_back(spelled(which));
        add(carrier.file);
        add(carrier.frames.last);
        add(carrier.time ? as_time(*carrier.time) : "");
        add(name(carrier.transport));
        add(carrier.source ? as_text(*carrier.source) : "");
        add(carrier.destination ? as_text(*carrier.destination) : "");
        add(coded ? fmt::format("{}", to_int(code)) : "");
        add(coded ? result.line.phrase : std::string_view{});
        add(coded ? spelled(class_of(code)) : "");
        add(coded ? (is_final(code) ? "true" : "false") : "");
        add(result.outcome == outcome::ok ? spelled(result.line.kind) : "");
        add(coded ? (is_registered(code) ? "true" : "false") : "");
        add(fmt::format("{}", fmt::join(deviations, " ")));
        add(fields.method);
        add(fields.cseq ? fmt::format("{}", *fields.cseq) : "");
        add(fields.call_id);
        add(carrier.is_sipfrag ? "true" : "false");
        end_row();
    }

    void check(const response &answer, const std::vector<finding> &findings) override {
        begin("file,frame,severity,rule,offset,message,line,column\r\n");
        for (const auto &one : findings) {
            add(answer.carrier.file);
            add(answer.carrier.frames.last);
            add(name(one.level));
            add(hyphenated(one.rule));
            add(one.offset ? fmt::format("{}", *one.offset) : "");
            add(one.text);
            add(answer.line);
            const auto column = answer.carrier.column;
            add(column == 0 ? "" : fmt::format("{}", column + one.offset.value_or(0)));
            end_row();
        }
    }

    // formats.def gives this format to list and check alone.
    void explain(const topic &) override {}

    seam first_seam() const override { return {header_, ""}; }

    // Standard error says it.
    void end_of_input(const input_summary &) override {}

private:
    // `header` is a literal.
    void begin(std::string_view header) {
        if (!header_.empty()) return;
        header_ = header;
        output_ += header;
    }

    void add(std::uint64_t number) { add(fmt::format("{}", number)); }
    void add(std::string_view octets) {
        if (in_row_) output_ += ',';
        in_row_ = true;
        const auto text = as_text(octets);
        if (text.find_first_of(",\"") == text.npos) {
            output_ += text;
            return;
        }
        output_ += '"';
        for (const char c : text) output_.append(c == '"' ? 2 : 1, c);
        output_ += '"';
    }
    void end_row() {
        output_ += "\r\n";
        in_row_ = false;
    }

    std::string &output_;
    std::string_view header_;
    bool in_row_ = false;
};

} // namespace

std::unique_ptr<report> make_csv_report(std::string &to, const layout &) {
    return std::make_unique<csv>(to);
}

} // namespace sipstatus::tool
