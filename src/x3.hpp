#ifndef SIPSTATUS_X3_HPP
#define SIPSTATUS_X3_HPP

// Boost.Spirit X3, as the library's grammars use it: parsers of our own in sequence, over one context. The amalgamation
// has cmake/x3_sequence.hpp in its place, and so needs no Boost.

// Otherwise boost/none.hpp, which X3 includes, adds a guarded initialiser to the object.
#define BOOST_OPTIONAL_USE_OLD_DEFINITION_OF_NONE
// X3 names its parsers by typeid, for messages that nothing here prints. Without this -fno-rtti fails.
#define BOOST_SPIRIT_X3_NO_RTTI
#include <boost/spirit/home/x3.hpp>

#include <sipstatus/version.hpp>

namespace sipstatus::inline SIPSTATUS_ABI {
namespace x3 = boost::spirit::x3;
} // namespace sipstatus::inline SIPSTATUS_ABI

#endif
