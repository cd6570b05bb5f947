# The recipe of Conan 2: conan create . Not tested: Conan was not at hand.
import re

from conan import ConanFile
from conan.tools.cmake import CMake, CMakeToolchain, CMakeDeps, cmake_layout
from conan.tools.files import load
from os.path import join


class sipstatus(ConanFile):
    name = "sipstatus"
    description = "Reads SIP response status lines and says what they mean"
    license = "BSL-1.0"
    package_type = "library"
    settings = "os", "compiler", "build_type", "arch"
    options = {"shared": [True, False], "fPIC": [True, False]}
    default_options = {"shared": False, "fPIC": True}
    implements = ["auto_shared_fpic"]
    exports_sources = "CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "src/*"

    def set_version(self):
        header = load(self, join(self.recipe_folder, "include/sipstatus/version.hpp"))
        self.version = ".".join(re.findall(r"^#define SIPSTATUS_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", header, re.MULTILINE))

    def layout(self):
        cmake_layout(self)

    # The grammars are Spirit X3; a user of the library needs nothing of Boost.
    def build_requirements(self):
        self.test_requires("boost/[>=1.74]")

    def generate(self):
        toolchain = CMakeToolchain(self)
        for part in ("TOOL", "TESTS", "BENCHMARKS", "FUZZERS", "BOTH"):
            toolchain.cache_variables[f"SIPSTATUS_BUILD_{part}"] = False
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()

    # The package's own config files are used.
    def package_info(self):
        self.cpp_info.libs = ["sipstatus"]
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs.append(join("lib", "cmake", "sipstatus"))
