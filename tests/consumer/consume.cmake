# Uses the library from a project of its own, in one of three ways, and fails where a step does.
#   cmake -DHOW=static|shared|subdirectory -DSOURCE=... -DWORK=... -DVERSION=... -DCOMPILER=... -DGENERATOR=...
#         [-DBOOST_INCLUDE_DIR=...] -P consume.cmake
# static and shared configure, build and install the library into a new prefix, move the prefix, and find the package
# there, without Boost.
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
set(toolchain -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_BUILD_TYPE=Debug)
set(boost -DSIPSTATUS_BOOST_INCLUDE_DIR=${BOOST_INCLUDE_DIR})
set(consumer ${SOURCE}/tests/consumer/project)

if(HOW STREQUAL "subdirectory")
    run(${CMAKE_COMMAND} -S ${consumer} -B ${WORK}/consumer ${toolchain} ${boost} -DSIPSTATUS_SOURCE=${SOURCE})
else()
    if(HOW STREQUAL "shared")
        set(shared ON)
    else()
        set(shared OFF)
    endif()
    run(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/library ${toolchain} ${boost} -DBUILD_SHARED_LIBS=${shared}
        -DSIPSTATUS_BUILD_TOOL=OFF -DSIPSTATUS_BUILD_TESTS=OFF -DSIPSTATUS_BUILD_BENCHMARKS=OFF
        -DSIPSTATUS_BUILD_FUZZERS=OFF -DCMAKE_INSTALL_PREFIX=${WORK}/prefix)
    run(${CMAKE_COMMAND} --build ${WORK}/library)
    run(${CMAKE_COMMAND} --install ${WORK}/library)
    file(RENAME ${WORK}/prefix ${WORK}/moved)
    file(GLOB_RECURSE shared_libraries ${WORK}/moved/*.so)
    if((HOW STREQUAL "shared" AND NOT shared_libraries) OR (HOW STREQUAL "static" AND shared_libraries))
        message(FATAL_ERROR "asked for a ${HOW} library, installed: ${shared_libraries}")
    endif()
    run(${CMAKE_COMMAND} -S ${consumer} -B ${WORK}/consumer ${toolchain} -DCMAKE_PREFIX_PATH=${WORK}/moved
        -DSIPSTATUS_WANTED_VERSION=${VERSION} -DCMAKE_DISABLE_FIND_PACKAGE_Boost=ON)
endif()

run(${CMAKE_COMMAND} --build ${WORK}/consumer --target consumer)
run(${CMAKE_CTEST_COMMAND} --test-dir ${WORK}/consumer --output-on-failure)
file(REMOVE_RECURSE ${WORK})
