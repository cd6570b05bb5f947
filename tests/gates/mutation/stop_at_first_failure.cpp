// The runner of the test programs that mutants are held against: the first failure ends it, with the test's name.

#define BOOST_TEST_MODULE sipstatus
#include <boost/test/included/unit_test.hpp>

#include <iostream>

#include <unistd.h>

namespace {

struct stop_at_first_failure : boost::unit_test::test_observer {
    stop_at_first_failure() { boost::unit_test::framework::register_observer(*this); }
    ~stop_at_first_failure() override { boost::unit_test::framework::deregister_observer(*this); }

    void assertion_result(boost::unit_test::assertion_result result) override {
        if (result == boost::unit_test::AR_FAILED) stop();
    }
    void exception_caught(const boost::execution_exception &) override { stop(); }

private:
    // At once, and without destructors: a mutant may have left them anything.
    [[noreturn]] static void stop() {
        std::cout << "\nfailed: " << boost::unit_test::framework::current_test_unit().p_name << std::endl;
        ::_exit(1);
    }
};

} // namespace

BOOST_TEST_GLOBAL_FIXTURE(stop_at_first_failure);
