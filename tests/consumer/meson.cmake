# The library as a subproject of Meson: cmake -DMESON=... -DSOURCE=... -DWORK=... -P meson.cmake
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${WORK})
file(COPY ${SOURCE}/tests/consumer/project DESTINATION ${WORK})
file(MAKE_DIRECTORY ${WORK}/project/subprojects)
file(CREATE_LINK ${SOURCE} ${WORK}/project/subprojects/sipstatus SYMBOLIC)
file(WRITE ${WORK}/project/subprojects/sipstatus.wrap "[wrap-file]
directory = sipstatus

[provide]
dependency_names = sipstatus
")
set(ENV{NINJA_STATUS} "")
foreach(step "setup;${WORK}/build;${WORK}/project;--wrap-mode=nodownload" "test;-C;${WORK}/build")
    execute_process(COMMAND ${MESON} ${step} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "meson ${step}\n${output}")
    endif()
endforeach()
file(REMOVE_RECURSE ${WORK})
