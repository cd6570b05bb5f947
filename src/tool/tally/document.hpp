#ifndef SIPSTATUS_TOOL_TALLY_DOCUMENT_HPP
#define SIPSTATUS_TOOL_TALLY_DOCUMENT_HPP

// A summary as JSON, and back. stats.schema.json has the contract. The same summary gives the same
// octets. What can be worked out of other members is written for readers, and not read.

#include "tally/summary.hpp"

#include <nlohmann/json_fwd.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

namespace sipstatus::tool {

inline constexpr int document_schema = 1;

// The text is not a summary. what() says what was expected, and where.
class document_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Of a finished summary.
std::string write_document(const summary &whole);
// The same without what only merge needs.
nlohmann::ordered_json describe_for_readers(const summary &whole);

// The result is not finished. Throws document_error. Methods go into the table.
summary read_document(std::string_view text, method_table &methods, std::size_t most_octets);

} // namespace sipstatus::tool

#endif
