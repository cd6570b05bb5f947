#ifndef CONSUMER_OTHER_UNIT_HPP
#define CONSUMER_OTHER_UNIT_HPP

// What the second unit sees of the library, to be compared with what the first one sees.

#include <string_view>

const void *registry_as_the_other_unit_sees_it();
bool other_unit_accepts(std::string_view line);

#endif
