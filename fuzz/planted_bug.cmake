# Whether the fuzzer finds the bug of planted_bug.hpp within seconds:
#     cmake -DFUZZER=... -DREPLAY=... -DCORPUS=... -DWORK=... -P planted_bug.cmake
# It may try twice, for a machine that is busy. The input that it finds must break the parser with the bug, and not the
# one without.
cmake_minimum_required(VERSION 3.25)

if(NOT FUZZER)
    message(NOTICE "skipped: there is no libFuzzer in this build (cmake --preset clang)")
    return()
endif()

set(most_seconds 5)
file(GLOB seeds ${CORPUS}/*)
list(JOIN seeds "," seeds)
foreach(seed 1 2)
    file(REMOVE_RECURSE ${WORK})
    file(MAKE_DIRECTORY ${WORK})
    execute_process(
        COMMAND ${FUZZER} -seed=${seed} -max_total_time=${most_seconds} -max_len=64 -mutate_depth=1 -entropic=0
            -use_value_profile=1 -print_funcs=0 -print_final_stats=1 -artifact_prefix=${WORK}/ -seed_inputs=${seeds}
        OUTPUT_FILE ${WORK}/log ERROR_FILE ${WORK}/log)
    file(READ ${WORK}/log log)
    file(GLOB found ${WORK}/crash-*)
    if(found)
        break()
    endif()
endforeach()
if(NOT found)
    message(FATAL_ERROR "the bug was not found in ${most_seconds} seconds:\n${log}")
endif()
if(NOT log MATCHES "broken promise: every kernel gives the reference automaton's result")
    message(FATAL_ERROR "something else was found:\n${log}")
endif()

execute_process(COMMAND ${FUZZER} ${found} RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
if(status EQUAL 0)
    message(FATAL_ERROR "${found} does not break the parser that has the bug")
endif()
execute_process(COMMAND ${REPLAY} ${found} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "${found} breaks the parser without the bug too:\n${output}")
endif()
string(REGEX MATCH "stat::number_of_executed_units: *([0-9]+)" executed "${log}")
message(NOTICE "found after ${CMAKE_MATCH_1} inputs")
