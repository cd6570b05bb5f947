# No weak symbol in the object of a kernel that is compiled for more than the baseline: the linker keeps one copy of a
# weak function, of whichever unit it likes, and that of a kernel would not run everywhere.
#   cmake -DNM=nm -DLIBRARY=libsipstatus.a -P kernel_objects.cmake
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND ${NM} --demangle ${LIBRARY} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE ";" "," symbols "${symbols}")
string(REPLACE "\n" ";" symbols "${symbols}")

set(object "")
set(kernels "")
set(faults "")
foreach(symbol IN LISTS symbols)
    if(symbol MATCHES "^([a-z0-9_]+)\\.cpp\\.o:$")
        set(object ${CMAKE_MATCH_1})
        if(object MATCHES "^kernel_" AND NOT object STREQUAL "kernel_scalar")
            list(APPEND kernels ${object})
        endif()
    elseif(object IN_LIST kernels AND symbol MATCHES "^[0-9a-f ]+ [WwVvu] ")
        string(APPEND faults "${object}: ${symbol}\n")
    endif()
endforeach()

if(NOT kernels)
    message("skipped: no kernel but the scalar one in ${LIBRARY}")
elseif(faults)
    message(FATAL_ERROR "weak symbols:\n${faults}")
endif()
