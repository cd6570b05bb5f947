# Uses the library from a project of its own, in one of several ways, and fails where a step does.
#   cmake -DHOW=... -DSOURCE=... -DWORK=... -DVERSION=... -DCOMPILER=... -DGENERATOR=... [-DPACKAGE=...]
#         [-DFLAGS=... -DSTANDARD=...] [-DLAUNCHER=...] [-DBOOST_INCLUDE_DIR=...] -P consume.cmake
# static, shared     the installed package, of which that component is asked for, without Boost
# subdirectory       add_subdirectory()
# fetched            FetchContent
# built_by_...       add_subdirectory(), with FLAGS and the C++ STANDARD for library and program
cmake_minimum_required(VERSION 3.25)

foreach(parameter HOW SOURCE WORK VERSION COMPILER GENERATOR)
    if(NOT ${parameter})
        message(FATAL_ERROR "-D${parameter}=... is missing")
    endif()
endforeach()

function(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        list(JOIN ARGN " " command)
        message(FATAL_ERROR "${command}\n${output}\nfailed: ${status}")
    endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
set(configure ${CMAKE_COMMAND} -S ${SOURCE}/tests/consumer/project -B ${WORK} -G ${GENERATOR}
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER} -DCMAKE_BUILD_TYPE=Debug)
if(FLAGS)
    list(APPEND configure -DCMAKE_CXX_FLAGS=${FLAGS} -DCMAKE_CXX_STANDARD=${STANDARD} -DCMAKE_CXX_FLAGS_DEBUG=)
endif()

if(HOW MATCHES "^(static|shared)$")
    run(${configure} -DCMAKE_PREFIX_PATH=${PACKAGE} -DSIPSTATUS_WANTED_VERSION=${VERSION} -DSIPSTATUS_KIND=${HOW}
        -DCMAKE_DISABLE_FIND_PACKAGE_Boost=ON)
else()
    set(fetched OFF)
    if(HOW STREQUAL "fetched")
        set(fetched ON)
    endif()
    run(${configure} -DSIPSTATUS_BOOST_INCLUDE_DIR=${BOOST_INCLUDE_DIR} -DSIPSTATUS_SOURCE=${SOURCE}
        -DSIPSTATUS_FETCHED=${fetched})
endif()
run(${CMAKE_COMMAND} --build ${WORK} --target consumer program)
run(${CMAKE_CTEST_COMMAND} --test-dir ${WORK} --output-on-failure)
file(REMOVE_RECURSE ${WORK})
