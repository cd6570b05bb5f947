#ifndef SIPSTATUS_EXPORT_H
#define SIPSTATUS_EXPORT_H

/* What the shared library exports. All else in it is hidden. */

/* Marks a function, or a class with all its members, as exported. */
#define SIPSTATUS_API __attribute__((visibility("default")))

#endif
