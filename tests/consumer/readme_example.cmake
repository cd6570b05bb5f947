# Compiles and runs the example that stands in the README, and holds its output against what the README says.
#   cmake -DREADME=README.md -DCOMPILER=... -DINCLUDE=include -DLIBRARY=libsipstatus.a -DFLAGS=... -DWORK=... -P readme_example.cmake
cmake_minimum_required(VERSION 3.25)

foreach(parameter IN ITEMS README COMPILER INCLUDE LIBRARY WORK)
    if(NOT ${parameter})
        message(FATAL_ERROR "-D${parameter}=... is missing")
    endif()
endforeach()

# What stands between two marks of the text, each of them there once at least.
function(between text begin end result)
    string(FIND "${text}" "${begin}" from)
    if(from EQUAL -1)
        message(FATAL_ERROR "${README} lacks ${begin}")
    endif()
    string(LENGTH "${begin}" skip)
    math(EXPR from "${from} + ${skip}")
    string(SUBSTRING "${text}" ${from} -1 rest)
    string(FIND "${rest}" "${end}" to)
    if(to EQUAL -1)
        message(FATAL_ERROR "${README} lacks ${end} after ${begin}")
    endif()
    string(SUBSTRING "${rest}" 0 ${to} found)
    set(${result} "${found}" PARENT_SCOPE)
endfunction()

file(READ "${README}" readme)
between("${readme}" "<!-- example:begin -->" "<!-- example:end -->" example)
between("${example}" "```cpp\n" "```" source)
between("${example}" "```text\n" "```" expected)

string(REGEX MATCHALL "\n" lines "${source}")
list(LENGTH lines line_count)
if(line_count GREATER 20)
    message(FATAL_ERROR "the example has ${line_count} lines: too many to be read at a glance")
endif()

file(MAKE_DIRECTORY "${WORK}")
file(WRITE "${WORK}/example.cpp" "${source}")
separate_arguments(flags UNIX_COMMAND "${FLAGS}")
execute_process(COMMAND "${COMPILER}" -std=c++20 ${flags} -I${INCLUDE} "${WORK}/example.cpp" "${LIBRARY}" -o "${WORK}/example"
    COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${WORK}/example" OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)
if(NOT printed STREQUAL expected)
    message(FATAL_ERROR "the README says\n${expected}and the example prints\n${printed}")
endif()
