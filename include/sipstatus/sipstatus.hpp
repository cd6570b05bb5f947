#ifndef SIPSTATUS_SIPSTATUS_HPP
#define SIPSTATUS_SIPSTATUS_HPP

// The whole library.

#include <sipstatus/best_response.hpp>
#include <sipstatus/causes.hpp>
#include <sipstatus/field_error.hpp>
#include <sipstatus/handling.hpp>
#include <sipstatus/names.hpp>
#include <sipstatus/reason.hpp>
#include <sipstatus/reason_header.hpp>
#include <sipstatus/retry_after.hpp>
#include <sipstatus/status.hpp>
#include <sipstatus/status_line.hpp>
#include <sipstatus/version.hpp>
#include <sipstatus/wording.hpp>

#endif
