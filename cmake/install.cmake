# What `cmake --install` installs, in three components: runtime (the shared library), dev (all that compiling and linking
# needs) and tool. The CMake package has the components static, shared and tool: one export each, so that two builds can be
# installed into one prefix.
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/sipstatus)

# sipstatus_install(TARGET): the target, and its export as the package's component.
function(sipstatus_install target)
    get_target_property(component ${target} EXPORT_NAME)
    install(TARGETS ${target} EXPORT sipstatus-${component} ${ARGN})
    install(EXPORT sipstatus-${component} NAMESPACE sipstatus:: FILE sipstatus-${component}-targets.cmake
        DESTINATION ${package_folder} COMPONENT dev)
endfunction()

sipstatus_install(sipstatus
    LIBRARY COMPONENT runtime NAMELINK_COMPONENT dev
    ARCHIVE COMPONENT dev
    FILE_SET HEADERS COMPONENT dev)
foreach(other static shared)
    if(NOT TARGET sipstatus_${other})
        continue()
    endif()
    get_target_property(is_the_same sipstatus_${other} ALIASED_TARGET)
    if(NOT is_the_same)
        sipstatus_install(sipstatus_${other} LIBRARY COMPONENT runtime NAMELINK_COMPONENT dev ARCHIVE COMPONENT dev)
    endif()
endforeach()
install(DIRECTORY include/sipstatus DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev
    FILES_MATCHING PATTERN "*.def")

configure_package_config_file(cmake/sipstatus-config.cmake.in ${PROJECT_BINARY_DIR}/sipstatus-config.cmake
    INSTALL_DESTINATION ${package_folder} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sipstatus-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/sipstatus-config.cmake ${PROJECT_BINARY_DIR}/sipstatus-config-version.cmake
    DESTINATION ${package_folder} COMPONENT dev)

# For pkg-config. The paths start from the file's own place, so the prefix can be moved.
foreach(folder LIBDIR INCLUDEDIR)
    cmake_path(IS_ABSOLUTE CMAKE_INSTALL_${folder} is_absolute)
    if(is_absolute)
        set(${folder} ${CMAKE_INSTALL_${folder}})
    else()
        set(${folder} "\${prefix}/${CMAKE_INSTALL_${folder}}")
    endif()
endforeach()
cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_LIBDIR BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX} OUTPUT_VARIABLE way_down)
string(REGEX REPLACE "[^/]+" ".." way_up ${way_down}/pkgconfig)
configure_file(cmake/sipstatus.pc.in ${PROJECT_BINARY_DIR}/sipstatus.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/sipstatus.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)

set(components dev)
if(TARGET sipstatus_shared)
    list(APPEND components runtime)
endif()
if(TARGET sipstatus_tool)
    list(APPEND components tool)
    set_target_properties(sipstatus_tool PROPERTIES EXPORT_NAME tool)
    if(BUILD_SHARED_LIBS AND NOT SIPSTATUS_DEBIAN)
        # The tool finds the library beside itself, wherever the prefix is.
        cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_LIBDIR BASE_DIRECTORY ${CMAKE_INSTALL_FULL_BINDIR}
            OUTPUT_VARIABLE way_to_libraries)
        set_target_properties(sipstatus_tool PROPERTIES INSTALL_RPATH "\$ORIGIN/${way_to_libraries}")
    endif()
    sipstatus_install(sipstatus_tool RUNTIME COMPONENT tool)
    set(man_page src/tool/sipstatus.1)
    set(zsh site-functions)
    if(SIPSTATUS_DEBIAN)
        set(man_page ${PROJECT_BINARY_DIR}/sipstatus.1.gz)
        execute_process(COMMAND gzip -9nc ${PROJECT_SOURCE_DIR}/src/tool/sipstatus.1 OUTPUT_FILE ${man_page}
            COMMAND_ERROR_IS_FATAL ANY)
        set(zsh vendor-completions)
    endif()
    install(FILES ${man_page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT tool)
    install(FILES src/tool/tally/stats.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/sipstatus COMPONENT tool)
    set(completions ${PROJECT_BINARY_DIR}/src/tool/completions)
    install(FILES ${completions}/bash/sipstatus COMPONENT tool
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
    install(FILES ${completions}/zsh/_sipstatus DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${zsh} COMPONENT tool)
    install(FILES ${completions}/fish/sipstatus.fish COMPONENT tool
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()
if(NOT SIPSTATUS_DEBIAN)
    if(TARGET sipstatus_tool)
        # Its HTML report carries the chart library.
        install(FILES third_party/uplot/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/licenses/sipstatus RENAME uPlot
            COMPONENT tool)
    endif()
    foreach(component IN LISTS components)
        install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/licenses/sipstatus COMPONENT ${component})
    endforeach()
endif()
