# The compilers, flags, standard libraries and build systems that users have, each with a program that runs.

# The library itself, built by a project with its flags.
set(gnu g++ "-fno-rtti -fno-exceptions -D_GLIBCXX_ASSERTIONS -flto=1 -O1" 23)
set(libc++ clang++ "-stdlib=libc++ -fno-rtti -fno-exceptions" 20)
foreach(build gnu libc++)
    list(GET ${build} 0 compiler)
    list(GET ${build} 1 flags)
    list(GET ${build} 2 standard)
    find_program(SIPSTATUS_${compiler} ${compiler})
    mark_as_advanced(SIPSTATUS_${compiler})
    if(SIPSTATUS_${compiler})
        consumer_project(built_by_${build} -DCOMPILER=${SIPSTATUS_${compiler}} -DFLAGS=${flags} -DSTANDARD=${standard})
    endif()
endforeach()

add_test(NAME consumer_manifests
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/manifests.py ${PROJECT_SOURCE_DIR})
find_program(SIPSTATUS_MESON meson)
mark_as_advanced(SIPSTATUS_MESON)
if(SIPSTATUS_MESON)
    add_test(NAME consumer_meson
        COMMAND ${CMAKE_COMMAND} -DMESON=${SIPSTATUS_MESON} -DSOURCE=${PROJECT_SOURCE_DIR}
            -DWORK=${CMAKE_CURRENT_BINARY_DIR}/meson -P ${CMAKE_CURRENT_SOURCE_DIR}/meson.cmake)
else()
    sipstatus_skipped_test(consumer_meson "meson was not found")
endif()

# One header and one source.
set(amalgamation ${PROJECT_BINARY_DIR}/amalgamation)
file(GLOB_RECURSE amalgamated CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/* ${PROJECT_SOURCE_DIR}/src/kernels/*)
file(GLOB top CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*.*pp)
add_custom_command(OUTPUT ${amalgamation}/sipstatus_amalgamated.cpp ${amalgamation}/sipstatus_amalgamated.hpp
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/cmake/amalgamate.py ${amalgamation}
    DEPENDS ${amalgamated} ${top} ${PROJECT_SOURCE_DIR}/cmake/amalgamate.py ${PROJECT_SOURCE_DIR}/cmake/x3_sequence.hpp
    VERBATIM)
add_custom_target(amalgamation ALL DEPENDS ${amalgamation}/sipstatus_amalgamated.cpp)

# The tests of the parser and the writer, linked with it instead of the library.
add_library(sipstatus_amalgamated STATIC ${amalgamation}/sipstatus_amalgamated.cpp)
target_link_libraries(sipstatus_amalgamated PRIVATE sipstatus_flags)
foreach(test digests_test write_test)
    add_executable(amalgamated_${test} $<TARGET_OBJECTS:${test}>)
    target_link_libraries(amalgamated_${test} PRIVATE sipstatus_amalgamated sipstatus_flags sipstatus_test_main)
    add_test(NAME amalgamated_${test} COMMAND amalgamated_${test})
endforeach()

# consumer_program(NAME COMPILER WHAT FLAG...): a program compiled by a compiler alone. WHAT is static, shared or
# amalgamated. It is left out where the compiler is not there, or cannot link a program with the flags.
function(consumer_program name compiler what)
    find_program(SIPSTATUS_${compiler} ${compiler})
    mark_as_advanced(SIPSTATUS_${compiler})
    if(what STREQUAL "amalgamated")
        set(from ${amalgamation})
    else()
        set(from "${package}")
    endif()
    if(SIPSTATUS_${compiler} AND from)
        add_test(NAME consumer_${name}
            COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/program.py ${what} ${from}
                ${CMAKE_CURRENT_BINARY_DIR}/${name} ${SIPSTATUS_${compiler}} ${ARGN})
        set_tests_properties(consumer_${name} PROPERTIES SKIP_RETURN_CODE 77)
        if(NOT what STREQUAL "amalgamated")
            set_tests_properties(consumer_${name} PROPERTIES FIXTURES_REQUIRED package)
        endif()
    endif()
endfunction()
consumer_program(g++_static g++ static -std=c++20 -Wall -Wextra -Werror)
consumer_program(g++_shared g++ shared -std=c++23 -D_GLIBCXX_ASSERTIONS)
consumer_program(g++_without g++ static -std=c++20 -fno-exceptions -fno-rtti)
consumer_program(g++_lto g++ static -std=c++20 -O2 -flto=1)
consumer_program(clang++_static clang++ static -std=c++20 -Weverything -Wno-c++98-compat -Wno-c++98-compat-pedantic
    -Wno-pre-c++20-compat-pedantic -Wno-padded)
consumer_program(clang++_shared clang++ shared -std=c++2b -fno-exceptions -fno-rtti)
consumer_program(c99_static gcc static -std=c99 -pedantic-errors -Wall -Wextra -Werror)
consumer_program(c11_shared clang shared -std=c11 -Wall -Wextra -Werror)
consumer_program(amalgamated_g++ g++ amalgamated -std=c++20 -O2 -flto=1 -fno-exceptions -fno-rtti -Wall -Wextra -Wpedantic
    -Wconversion -Werror)
consumer_program(amalgamated_clang++ clang++ amalgamated -std=c++20 -O1)
consumer_program(amalgamated_libc++ clang++ amalgamated -std=c++2b -stdlib=libc++ -fno-exceptions -fno-rtti)
