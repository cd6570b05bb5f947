#!/usr/bin/env python3
"""The manifests of package managers that are not at hand here: readable, and of the version of version.hpp.

manifests.py ROOT
"""
import json
import pathlib
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
version = subprocess.run([sys.executable, root / "cmake/version.py"], capture_output=True, text=True, check=True).stdout.strip()
manifest = json.loads((root / "vcpkg.json").read_text(encoding="utf-8"))
if manifest["version-semver"] != version:
    sys.exit(f"vcpkg.json is of {manifest['version-semver']}, version.hpp of {version}")
compile((root / "conanfile.py").read_text(encoding="utf-8"), "conanfile.py", "exec")
