# Installs a build, moves the prefix, and looks at what is there.
#   cmake -DBUILD=... -DSOURCE=... -DPACKAGE=... -DFOLDERS=LIBDIR,MANDIR,DATADIR -DVERSION=... -P install.cmake
# The package is left in PACKAGE, for the tests that use it.
cmake_minimum_required(VERSION 3.25)

string(REPLACE "," ";" FOLDERS "${FOLDERS}")
list(GET FOLDERS 0 lib)
list(GET FOLDERS 1 man)
list(GET FOLDERS 2 share)
file(REMOVE_RECURSE ${PACKAGE} ${PACKAGE}.at_first)
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PACKAGE}.at_first
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(RENAME ${PACKAGE}.at_first ${PACKAGE})

foreach(file
        bin/sipstatus
        include/sipstatus/sipstatus.hpp include/sipstatus/status.def include/sipstatus/export.h
        ${lib}/libsipstatus.a ${lib}/libsipstatus.so ${lib}/libsipstatus.so.${VERSION}
        ${lib}/cmake/sipstatus/sipstatus-config.cmake ${lib}/cmake/sipstatus/sipstatus-config-version.cmake
        ${lib}/pkgconfig/sipstatus.pc
        ${man}/man1/sipstatus.1
        ${share}/bash-completion/completions/sipstatus ${share}/zsh/site-functions/_sipstatus
        ${share}/fish/vendor_completions.d/sipstatus.fish
        ${share}/licenses/sipstatus/LICENSE)
    if(NOT EXISTS ${PACKAGE}/${file})
        message(FATAL_ERROR "${file} is not installed")
    endif()
endforeach()

# No text names a place of this machine.
file(GLOB_RECURSE texts ${PACKAGE}/${lib}/*.cmake ${PACKAGE}/${lib}/*.pc ${PACKAGE}/${share}/* ${PACKAGE}/include/*)
foreach(file IN LISTS texts)
    file(READ ${file} text)
    foreach(place ${PACKAGE} ${BUILD} ${SOURCE})
        string(FIND "${text}" "${place}/" found)
        if(NOT found EQUAL -1)
            message(FATAL_ERROR "${file} names ${place}: it cannot be moved")
        endif()
    endforeach()
endforeach()

execute_process(COMMAND ${PACKAGE}/bin/sipstatus --version OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
if(NOT said STREQUAL "sipstatus ${VERSION}\n")
    message(FATAL_ERROR "the installed tool says ${said}")
endif()
