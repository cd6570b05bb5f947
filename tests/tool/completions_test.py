"""The completions of bash, zsh and fish: each shell is asked what may follow, and must name every option of --help.

A shell that is not installed is left out. SIPSTATUS_COMPLETIONS is the folder of the files.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from tool import TOOL

FILES = pathlib.Path(os.environ["SIPSTATUS_COMPLETIONS"])
COMMANDS = re.findall(r"^  sipstatus (\S+)", subprocess.run([TOOL, "--help"], capture_output=True, text=True,
                                                            check=True).stdout, re.MULTILINE)

BASH = """source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sipstatus; printf '%s\\n' "${COMPREPLY[@]}" """
# What zsh would show is told by the arguments of the functions that show it.
ZSH = """_arguments() { print -rl -- "$@" }; _describe() { print -rl -- $commands }; source_file=$1; shift
words=("$@"); CURRENT=$#; source $source_file"""


def said_by(shell, *words):
    """What a shell offers for the last word."""
    if shell == "fish":
        run = ["fish", "--no-config", "-c", f"source {FILES}/fish/sipstatus.fish; complete -C '{' '.join(words)}'"]
    elif shell == "bash":
        run = ["bash", "--norc", "-c", BASH, "bash", f"{FILES}/bash/sipstatus", *words]
    else:
        run = ["zsh", "-f", "-c", ZSH, "zsh", f"{FILES}/zsh/_sipstatus", *words]
    with tempfile.TemporaryDirectory() as home:
        (pathlib.Path(home) / "calls.pcap").touch()
        done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=home, timeout=60,
                              env={**os.environ, "HOME": home})
    assert done.stderr == "", done.stderr
    return done.stdout


class completions(unittest.TestCase):
    def shells(self):
        for shell in filter(shutil.which, ("bash", "zsh", "fish")):
            with self.subTest(shell=shell):
                yield shell

    def test_commands(self):
        self.assertIn("explain", COMMANDS)
        for shell in self.shells():
            self.assertEqual(set(COMMANDS) - set(re.findall(r"^[\w-]+", said_by(shell, "sipstatus", ""), re.MULTILINE)), set())

    def test_options(self):
        for command in COMMANDS:
            screen = subprocess.run([TOOL, command, "--help"], capture_output=True, text=True, check=True).stdout
            options = set(re.findall(r"^  (?:-\w, |    )(--[\w-]+)", screen, re.MULTILINE))
            self.assertIn("--output", options)
            for shell in self.shells():
                said = said_by(shell, "sipstatus", command, "--")
                self.assertEqual(options - set(re.findall(r"--[\w-]+", said)), set(), command)

    def test_no_option_of_another_command(self):
        for shell in self.shells():
            self.assertNotIn("--recursive", said_by(shell, "sipstatus", "explain", "--"))

    def test_values(self):
        for shell in self.shells():
            said = said_by(shell, "sipstatus", "list", "--color", "") if shell != "zsh" else said_by(shell, "sipstatus", "list", "")
            for value in ("auto", "always", "never"):
                self.assertIn(value, said)

    def test_files(self):
        for shell in self.shells():
            wanted = "calls.pcap" if shell != "zsh" else "_files"
            self.assertIn(wanted, said_by(shell, "sipstatus", "check", "cal" if shell != "zsh" else ""))
            self.assertNotIn(wanted, said_by(shell, "sipstatus", "explain", "cal" if shell != "zsh" else ""))


if __name__ == "__main__":
    unittest.main()
