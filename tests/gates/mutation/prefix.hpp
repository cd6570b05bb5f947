// Compiled once, before what a mutant changes: the headers that are not the project's and cost most of a compilation.

#define BOOST_OPTIONAL_USE_OLD_DEFINITION_OF_NONE // as src/grammar.hpp has it
#include <boost/spirit/home/x3.hpp>

#include <cstring>
#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <string_view>
#include <utility>
