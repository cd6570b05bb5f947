#ifndef SIPSTATUS_VERSION_HPP
#define SIPSTATUS_VERSION_HPP

// The version of the library, by semantic versioning. CMakeLists.txt reads it from here: this is the only place it is
// typed.

#define SIPSTATUS_VERSION_MAJOR 0
#define SIPSTATUS_VERSION_MINOR 1
#define SIPSTATUS_VERSION_PATCH 0

// One number to compare in a preprocessor condition: 10000 * major + 100 * minor + patch.
#define SIPSTATUS_VERSION (SIPSTATUS_VERSION_MAJOR * 10000 + SIPSTATUS_VERSION_MINOR * 100 + SIPSTATUS_VERSION_PATCH)

#endif
