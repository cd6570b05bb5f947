# Compares the README's tables with the registries they are made from, and fails where they differ.
#   cmake -DREADME=README.md -DREGISTRY_TABLE=<the program> -P tests/readme_tables.cmake
# With -DUPDATE=ON it writes the tables into the README instead. -DTABLES=meanings is for docs/registry.md.

cmake_minimum_required(VERSION 3.25)

foreach(parameter IN ITEMS README REGISTRY_TABLE)
    if(NOT ${parameter})
        message(FATAL_ERROR "-D${parameter}=... is missing")
    endif()
endforeach()

file(READ "${README}" readme)
set(drifted "")

if(NOT TABLES)
    set(TABLES codes deviations)
endif()
foreach(table IN LISTS TABLES)
    if(table STREQUAL "codes")
        set(marker "registry")
    else()
        set(marker "${table}")
    endif()

    execute_process(COMMAND "${REGISTRY_TABLE}" ${table} OUTPUT_VARIABLE wanted RESULT_VARIABLE status)
    if(NOT status EQUAL 0 OR wanted STREQUAL "")
        message(FATAL_ERROR "${REGISTRY_TABLE} ${table} failed: ${status}")
    endif()

    set(begin "<!-- ${marker}:begin -->\n")
    set(end "<!-- ${marker}:end -->")
    string(FIND "${readme}" "${begin}" from)
    string(FIND "${readme}" "${end}" to)
    if(from EQUAL -1 OR to EQUAL -1 OR to LESS from)
        message(FATAL_ERROR "${README} lacks the lines <!-- ${marker}:begin --> and <!-- ${marker}:end -->")
    endif()
    string(LENGTH "${begin}" skip)
    math(EXPR from "${from} + ${skip}")
    math(EXPR length "${to} - ${from}")
    string(SUBSTRING "${readme}" ${from} ${length} found)

    if(NOT found STREQUAL wanted)
        list(APPEND drifted ${table})
        string(SUBSTRING "${readme}" 0 ${from} before)
        string(SUBSTRING "${readme}" ${to} -1 after)
        set(readme "${before}${wanted}${after}")
    endif()
endforeach()

if(NOT drifted)
    message(STATUS "the tables of ${README} are those of the registries")
elseif(UPDATE)
    file(WRITE "${README}" "${readme}")
    message(STATUS "written to ${README}: ${drifted}")
else()
    message(FATAL_ERROR
        "${README} differs from the registries in: ${drifted}. Write it anew with\n"
        "  cmake -DUPDATE=ON -DREADME=${README} -DREGISTRY_TABLE=${REGISTRY_TABLE} -DTABLES=${TABLES} -P ${CMAKE_SCRIPT_MODE_FILE}")
endif()
