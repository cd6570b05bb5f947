#include "commands/command.hpp"
#include "commands/summarizing.hpp"
#include "input/source.hpp"
#include "octet_text.hpp"
#include "tally/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace sipstatus::tool {

namespace {

// A summary is read as a whole: a larger one is not one.
constexpr std::size_t longest_document = std::size_t{512} << 20;

std::string read_whole(const std::string &path) {
    source in(path, [] {});
    std::string text;
    for (auto octets = in.look(1); !octets.empty(); octets = in.look(1)) {
        text += octets;
        in.skip(octets.size());
        if (text.size() > longest_document)
            throw input_error(
                fmt::format("longer than {} octets: expected a summary, as stats -o json writes it", longest_document));
    }
    return text;
}

// What is known of a shard before it is added. All are read twice, so that one at a time is in memory.
struct shard {
    std::string path;
    std::size_t inputs = 0;
    input_digest first{};
};

class merger {
public:
    explicit merger(run &on) : on_(on) {}

    // Larger ones come first: then what a shard has is in the sum, or none of it is, in whatever order they are named.
    void merge() {
        std::vector<shard> shards;
        for (const auto &path : on_.options().arguments)
            if (const auto read = read_shard(path))
                shards.push_back({path, read->inputs().size(),
                                  read->inputs().empty() ? input_digest{} : read->inputs().front().digest});
        std::stable_sort(shards.begin(), shards.end(), [](const shard &a, const shard &b) {
            return std::tuple(b.inputs, a.first) < std::tuple(a.inputs, b.first);
        });
        for (const auto &one : shards) add(one.path);
        if (!whole_) return;
        whole_->finish();
        write_summary(on_, *whole_, nullptr); // a summary has no messages
        say_limits(on_, *whole_);
    }

private:
    std::optional<summary> read_shard(const std::string &path) {
        try {
            // Standard input can be read once.
            if (path == "-") {
                if (!standard_input_) standard_input_ = read_whole(path);
                return read_document(*standard_input_, methods_, on_.options().tallying.most_octets);
            }
            return read_document(read_whole(path), methods_, on_.options().tallying.most_octets);
        } catch (const document_error &error) {
            on_.complain(path, error.what(), std::nullopt);
        } catch (const input_error &error) {
            on_.complain(path, error.what(), error.offset());
        }
        return std::nullopt;
    }

    void add(const std::string &path) {
        auto read = read_shard(path);
        if (!read) return;
        if (!whole_) whole_.emplace(read->options(), methods_, on_.options().tallying.most_octets);
        try {
            if (!whole_->add(*read))
                on_.hint(fmt::format("{}: is in the other summaries already: counted once", input_name(path)));
        } catch (const summary_error &error) {
            on_.complain(path, error.what(), std::nullopt);
        }
    }

    run &on_;
    method_table methods_;
    std::optional<summary> whole_;
    std::optional<std::string> standard_input_;
};

void merge(run &on) {
    merger(on).merge();
}

} // namespace

extern const command merge_command;
const command merge_command{"merge", "SUMMARY", "adds up what stats -o json wrote",
                            R"(SUMMARY is what sipstatus stats -o json or sipstatus merge -o json wrote; -
is standard input. The sum is what one run of stats over all files
gives, in whatever order. Files that come twice amount once. Transactions that
cross two files are put together.

  for f in *.pcap; do sipstatus stats -o json --to $f.json $f; done
  sipstatus merge -o json --to all.json *.json
  sipstatus merge all.json
)",
                            merge};

} // namespace sipstatus::tool
