#ifndef SIPSTATUS_TESTS_SMALL_SPACES_HPP
#define SIPSTATUS_TESTS_SMALL_SPACES_HPP

// What the tests that exhaust small spaces begin with.

#include <string>
#include <vector>

// How many octets there are, and each of them.
inline constexpr unsigned octets = 256;
inline char octet(unsigned value) {
    return static_cast<char>(static_cast<unsigned char>(value));
}

// Lines that differ in what the parser must know when an octet of theirs is replaced.
inline const std::vector<std::string> bases = {
    "SIP/2.0 200 OK\r\n",
    "sip/2.0 486 Busy Here\r\n",
    "SIP/2.0 100 \r\n",
    "SIP/2.0 100\r\n",
    "SIP/2.0 \t699 \t\r\n",
    "SIP/2.0 480 \xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\r\n",
    "SIP/2.0 480 \xF8\x88\x80\x80\x80\xFD\x80\x80\x80\x80\x80\r\n",
    "SIP/2.0 404 %4a%Fbx%\r\n",
    "SIP/2.0 404 a\"\x01\xFF\x80\r\n",
    "\r\nSIP/2.0 200 OK\r\n",
    "\r\n\r\nSIP/2.0 603 No\r\nVia: x\r\n",
    "SIP/2.0 200 OK\n",
    "SIP/2.0 486 Busy Here\n\r\n",
    "SIP/2.0 400\n\r",
};

// A phrase that crosses the blocks of any vector kernel.
inline const std::string long_base =
    "SIP/2.0 480 Temporarily Unavailable: this phrase is longer than two blocks of a kernel; "
    "(it ends in the third)\r\n";

#endif
