#ifndef SIPSTATUS_SIPSTATUS_HPP
#define SIPSTATUS_SIPSTATUS_HPP

// The whole library.

#include <sipstatus/names.hpp>
#include <sipstatus/reason.hpp>
#include <sipstatus/status.hpp>
#include <sipstatus/status_line.hpp>
#include <sipstatus/version.hpp>

#endif
