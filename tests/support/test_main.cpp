// The runner of every test program: Boost.Test's header-only form, compiled once.
#define BOOST_TEST_MODULE sipstatus
#include <boost/test/included/unit_test.hpp>
