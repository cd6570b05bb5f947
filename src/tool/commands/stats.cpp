#include "commands/command.hpp"
#include "commands/inputs.hpp"
#include "commands/scrape_server.hpp"
#include "commands/summarizing.hpp"
#include "octet_text.hpp"
#include "report/prometheus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace sipstatus::tool {

namespace {

// What the inputs share.
struct counting {
    counting(const run &of_all, summary &to) : on(of_all), whole(to) {}

    const run &on;
    summary &whole;   // changes in the order of the inputs, as the next one
    chronicle more;   // for the HTML report
    std::mutex mutex; // guards what follows
    tallier *live = nullptr;
    bool is_scraped = false; // from the start on, or never

    std::string exposition() {
        std::string text;
        const std::lock_guard guard(mutex);
        if (live)
            write_exposition(text, live->counted(), whole.methods());
        else
            write_exposition(text, tally(0), whole.methods());
        return text;
    }
};

// Counts the messages of one input. A scrape of live input may come at any time.
class counter final : public consumer {
public:
    counter(run &of_input, counting &all)
        : run_(of_input), all_(all), counts_(all.on.options().wanted, all.whole.methods(), all.on.options().tallying) {
        if (!all.on.options().html.empty()) counts_.log_to(log_);
        set_live(&counts_);
    }
    ~counter() override { set_live(nullptr); }

    void push(const response &item) override {
        guarded([&] { counts_.push(item); });
    }
    stage<message> *requests() noexcept override { return &requests_; }
    bool ends_in_order() const noexcept override { return true; }
    void end_of_input(const std::string &path, const input_counts &counts) override;

private:
    class request_stage final : public stage<message> {
    public:
        explicit request_stage(counter &to) : to_(to) {}
        void push(const message &item) override {
            to_.guarded([&] { to_.counts_.requests().push(item); });
        }
        void finish() override {}

    private:
        counter &to_;
    };

    void set_live(tallier *live) {
        if (!all_.is_scraped) return;
        const std::lock_guard guard(all_.mutex);
        all_.live = live;
    }
    template <class Body> void guarded(Body body) {
        if (!all_.is_scraped) return body();
        const std::lock_guard guard(all_.mutex);
        body();
    }

    run &run_;
    counting &all_;
    chronicle log_;
    tallier counts_;
    request_stage requests_{*this};
};

summary_options options_of(const options &chosen) {
    summary_options made{chosen.own_columns, chosen.choices};
    std::sort(made.choices.begin(), made.choices.end());
    return made;
}

// Pieces at the edge of a file matter where another file may have the rest.
bool keeps_pieces(const options &chosen) {
    return chosen.format == "json" || chosen.recursive || chosen.arguments.size() > 1;
}

void counter::end_of_input(const std::string &path, const input_counts &counts) {
    set_live(nullptr);
    if (!counts.is_opened) return;
    counts_.end_input(counts.frames, counts.left_out);
    input_entry entry{input_name(path), counts_.digest(), static_cast<amount>(counts.frames),
                      counts_.counted().requests, counts_.counted().responses};
    if (const auto *const same = all_.whole.entry_of(entry.digest)) {
        run_.hint(fmt::format("{}: has the same messages as {}: counted once", entry.file, same->file));
        return;
    }
    all_.more.add(log_);
    all_.whole.add(std::move(entry), counts_, keeps_pieces(all_.on.options()));
}

void stats(run &on) {
    method_table methods;
    summary whole(options_of(on.options()), methods, on.options().tallying.most_octets);
    counting all(on, whole);
    std::unique_ptr<scrape_server> server;
    if (const auto &place = on.options().listen; !place.empty()) {
        try {
            all.is_scraped = true;
            server = std::make_unique<scrape_server>(place, [&all] { return all.exposition(); });
        } catch (const input_error &error) {
            return on.complain(fmt::format("--listen {}: {}", as_text(place), error.what()));
        }
        on.hint(fmt::format("metrics at http://{}/metrics", server->name()));
    }
    auto wanted = on.options().wanted;
    wanted.codes.reset(); // the tallier sees to both: transactions need the other responses, too
    wanted.kinds.reset();
    read_inputs(on, wanted, [&all](run &of_input) { return std::make_unique<counter>(of_input, all); });
    server.reset();
    whole.finish();
    write_summary(on, whole, &all.more);
    say_limits(on, whole);
}

} // namespace

extern const command stats_command;
const command stats_command{"stats", "FILE", "how many of what, from whom, how fast",
                            R"(Counts requests and responses by class, code, kind of phrase, method, sender,
User-Agent or Server, transport and minute; findings by rule; Reason values;
local phrases, with <n> for what differs. Response times are percentiles. The
ratios of RFC 6076 come with numerator and denominator; what is sent again
counts once in them. Each hop of a request is a transaction of its own.

--by takes class, code, phrase, kind, method, sender, agent, transport, minute.
-o json can be added up: see sipstatus merge. --html is one file that loads
nothing: charts, frames to look up, and the messages of the worst calls.

  sipstatus stats calls.pcapng
  sipstatus stats --html report.html calls.pcapng
  sipstatus stats --by code,sender -o csv *.pcap
  sipstatus stats -i any --listen 127.0.0.1:9100
)",
                            stats};

} // namespace sipstatus::tool
