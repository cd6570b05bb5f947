#ifndef SIPSTATUS_TOOL_INPUT_FORMATS_HPP
#define SIPSTATUS_TOOL_INPUT_FORMATS_HPP

// Opening an input: what it is, told by its first octets.

#include "input/packet.hpp"
#include "input/source.hpp"

#include <memory>
#include <string_view>
#include <variant>

namespace sipstatus::tool {

#define SIPSTATUS_CAPTURE_FORMAT(name)                                                                                 \
    bool begins_like_##name(std::string_view octets);                                                                  \
    std::unique_ptr<packet_reader> read_##name(source &in);
#define SIPSTATUS_COMPRESSION(name)                                                                                    \
    bool begins_like_##name(std::string_view octets);                                                                  \
    std::unique_ptr<octet_stream> decompress_##name(std::unique_ptr<octet_stream> compressed);
#define SIPSTATUS_ENCODING(name)                                                                                       \
    bool begins_like_##name(std::string_view octets);                                                                  \
    std::unique_ptr<octet_stream> recode_##name(std::unique_ptr<octet_stream> octets);
#include "input/formats.def"

// What the source goes on with then.
struct plain_text {};

// A capture, or a text.
using input = std::variant<std::unique_ptr<packet_reader>, plain_text>;

// Throws input_error for an empty input, and for what is neither a capture nor text; `is_text_for_sure` says that it is
// text, whatever its octets are. `in` must outlive the result.
input open_input(source &in, bool is_text_for_sure = false);

} // namespace sipstatus::tool

#endif
