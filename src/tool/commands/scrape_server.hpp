#ifndef SIPSTATUS_TOOL_COMMANDS_SCRAPE_SERVER_HPP
#define SIPSTATUS_TOOL_COMMANDS_SCRAPE_SERVER_HPP

// Answers HTTP requests for /metrics, one at a time, in a thread of its own.

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace sipstatus::tool {

// Throws input_error for what is not "ADDRESS:PORT".
void check_listening_place(const std::string &place);

class scrape_server {
public:
    // `metrics` gives the body of an answer; it is called in the server's thread. Throws input_error where nothing can
    // listen there. Port 0 is a free one.
    scrape_server(const std::string &place, std::function<std::string()> metrics);
    ~scrape_server();
    scrape_server(const scrape_server &) = delete;
    scrape_server &operator=(const scrape_server &) = delete;

    // "127.0.0.1:9100", with the port that the system chose.
    std::string name() const;

private:
    void serve();
    void answer(int client) const;

    std::function<std::string()> metrics_;
    int listener_;
    std::atomic<bool> is_over_{false};
    std::thread thread_;
};

} // namespace sipstatus::tool

#endif
