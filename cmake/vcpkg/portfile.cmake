# The port of vcpkg: copy this file and ../../vcpkg.json into ports/sipstatus of a registry. Not tested: vcpkg was not at
# hand. SIPSTATUS_REPOSITORY is OWNER/NAME of the sources, and SHA512 that of the archive, which vcpkg tells.
vcpkg_from_github(
    OUT_SOURCE_PATH SOURCE_PATH
    REPO ${SIPSTATUS_REPOSITORY}
    REF v${VERSION}
    SHA512 0)
vcpkg_check_features(OUT_FEATURE_OPTIONS features FEATURES tool SIPSTATUS_BUILD_TOOL)
vcpkg_cmake_configure(
    SOURCE_PATH ${SOURCE_PATH}
    OPTIONS ${features} -DSIPSTATUS_BUILD_TESTS=OFF -DSIPSTATUS_BUILD_BENCHMARKS=OFF -DSIPSTATUS_BUILD_FUZZERS=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/sipstatus)
vcpkg_fixup_pkgconfig()
if("tool" IN_LIST FEATURES)
    vcpkg_copy_tools(TOOL_NAMES sipstatus AUTO_CLEAN)
endif()
file(REMOVE_RECURSE ${CURRENT_PACKAGES_DIR}/debug/include ${CURRENT_PACKAGES_DIR}/debug/share
    ${CURRENT_PACKAGES_DIR}/share/licenses ${CURRENT_PACKAGES_DIR}/debug/share/licenses)
vcpkg_install_copyright(FILE_LIST ${SOURCE_PATH}/LICENSE)
