# The packages libsipstatus0, libsipstatus-dev and sipstatus of Debian and its descendants, by CPack:
#   cmake --preset deb && cmake --build --preset deb && cpack --preset deb
# .ci/packages does that, and has lintian look at them.
if(NOT BUILD_SHARED_LIBS OR NOT SIPSTATUS_BUILD_BOTH OR NOT SIPSTATUS_BUILD_TOOL)
    message(FATAL_ERROR "SIPSTATUS_DEBIAN needs BUILD_SHARED_LIBS, SIPSTATUS_BUILD_BOTH and SIPSTATUS_BUILD_TOOL, as the "
        "preset deb has them")
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PACKAGE_NAME sipstatus)
set(CPACK_PACKAGE_CONTACT "sipstatus <sipstatus@example.org>" CACHE STRING "Who answers for the packages: NAME <ADDRESS>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL runtime dev tool)
set(CPACK_COMPONENT_DEV_DEPENDS runtime)
set(CPACK_COMPONENT_TOOL_DEPENDS runtime)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/src) # where the tool finds the library
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# What other packages that link the library are to depend on, and what the loader's cache needs.
file(WRITE ${PROJECT_BINARY_DIR}/debian/shlibs
    "libsipstatus ${SIPSTATUS_ABI} libsipstatus${SIPSTATUS_ABI} (>= ${PROJECT_VERSION})\n")
file(WRITE ${PROJECT_BINARY_DIR}/debian/triggers "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA
    ${PROJECT_BINARY_DIR}/debian/shlibs ${PROJECT_BINARY_DIR}/debian/triggers)

set(about "reads SIP response status lines")
set(more "sipstatus reads status lines like \"SIP/2.0 486 Busy Here\" from raw message
buffers and says what they mean: the class of the code, whether it is final,
and whether the reason phrase is the canonical one, a known variant or local
wording. Deviations from RFC 3261 are named, with their octet.
")
foreach(row
        "RUNTIME|libsipstatus${SIPSTATUS_ABI}|libs|${about} (library)|This is the shared library."
        "DEV|libsipstatus-dev|libdevel|${about} (headers)|These are the headers, the static library, and what CMake and pkg-config\nneed."
        "TOOL|sipstatus|net|${about} in captures and text|This is the command-line tool, for captures and text.")
    string(REPLACE "|" ";" row "${row}")
    list(GET row 0 component)
    list(GET row 1 package)
    list(GET row 2 CPACK_DEBIAN_${component}_PACKAGE_SECTION)
    list(GET row 3 summary)
    list(GET row 4 last)
    set(CPACK_DEBIAN_${component}_PACKAGE_NAME ${package})
    set(CPACK_DEBIAN_${component}_DESCRIPTION "${summary}\n${more}\n${last}")

    # What policy wants in each package's folder.
    set(folder ${PROJECT_BINARY_DIR}/debian/${package})
    string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC) # SOURCE_DATE_EPOCH, if it is set
    file(WRITE ${folder}/changelog.Debian "sipstatus (${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium\n\n"
        "  * Packaged by CPack: see changelog.gz.\n\n -- ${CPACK_PACKAGE_CONTACT}  ${date}\n")
    configure_file(${PROJECT_SOURCE_DIR}/CHANGELOG.md ${folder}/changelog COPYONLY)
    foreach(file changelog.Debian changelog)
        execute_process(COMMAND gzip -9nf ${folder}/${file} COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
    string(TOLOWER ${component} component)
    install(FILES cmake/debian/copyright ${folder}/changelog.Debian.gz ${folder}/changelog.gz
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component})
endforeach()

include(CPack)
