# What the library costs a unit, in compilations of one that includes <string_view>: what reads a status line at most 1.5,
# all of it at most 1.8. And no header but the library's own and the standard library's.
#   cmake -DCOMPILER=... -DINCLUDE=... -DWORK=... -P compile_cost.cmake
cmake_minimum_required(VERSION 3.25)

foreach(parameter COMPILER INCLUDE WORK)
    if(NOT ${parameter})
        message(FATAL_ERROR "-D${parameter}=... is missing")
    endif()
endforeach()

set(most_percent_status_line 150)
set(most_percent_all 180)
set(rounds 21) # odd, so that there is a median

file(MAKE_DIRECTORY ${WORK})
file(WRITE ${WORK}/all.cpp "#include <sipstatus/sipstatus.hpp>\n")
file(WRITE ${WORK}/status_line.cpp "#include <sipstatus/status_line.hpp>\n")
file(WRITE ${WORK}/string_view.cpp "#include <string_view>\n")

execute_process(COMMAND ${COMPILER} -std=c++20 -M -I${INCLUDE} ${WORK}/all.cpp
    OUTPUT_VARIABLE dependencies RESULT_VARIABLE status)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "<sipstatus/sipstatus.hpp> does not compile with nothing but include/")
endif()
if(NOT dependencies MATCHES "sipstatus/status_line.hpp")
    message(FATAL_ERROR "the headers that are included are not those of include/:\n${dependencies}")
endif()
if(dependencies MATCHES "[^ \n]*(/boost/[^ \n]+|/[io]+stream)[ \n]")
    message(FATAL_ERROR "<sipstatus/sipstatus.hpp> includes ${CMAKE_MATCH_0}")
endif()

# Microseconds of a compilation without output.
function(compile file result)
    string(TIMESTAMP begin "%s%f" UTC)
    execute_process(COMMAND ${COMPILER} -std=c++20 -fsyntax-only -I${INCLUDE} ${WORK}/${file}.cpp
        RESULT_VARIABLE status)
    string(TIMESTAMP end "%s%f" UTC)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "${file}.cpp does not compile")
    endif()
    math(EXPR elapsed "${end} - ${begin}")
    set(${result} ${elapsed} PARENT_SCOPE)
endfunction()

function(median times result)
    list(SORT times COMPARE NATURAL)
    list(LENGTH times count)
    math(EXPR middle "${count} / 2")
    list(GET times ${middle} value)
    set(${result} ${value} PARENT_SCOPE)
endfunction()

foreach(file all status_line string_view)
    set(times_${file} "")
endforeach()
foreach(round RANGE 1 ${rounds})
    foreach(file all status_line string_view)
        compile(${file} elapsed)
        list(APPEND times_${file} ${elapsed})
    endforeach()
endforeach()
median("${times_string_view}" string_view)
foreach(file all status_line)
    median("${times_${file}}" time)
    math(EXPR percent "100 * ${time} / ${string_view}")
    set(figures "${file} ${time} us, <string_view> ${string_view} us, ${percent} %, medians of ${rounds}")
    if(percent GREATER most_percent_${file})
        message(FATAL_ERROR "${figures}: more than ${most_percent_${file}} %")
    endif()
    message(STATUS "${figures}")
endforeach()
