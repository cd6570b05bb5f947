"""Runs the tool. In: its arguments and standard input. Out: exit status, standard output and error."""

import json
import os
import subprocess
import sys

TOOL = os.environ.get("SIPSTATUS_TOOL", "sipstatus")


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def all_rows(self):
        """The objects of NDJSON output; every line has to be one, in UTF-8."""
        lines = self.out.decode("utf-8").split("\n")
        assert lines.pop() == ""
        return [json.loads(line) for line in lines]

    def rows(self):
        """The rows of responses, findings or topics."""
        return [row for row in self.all_rows() if "left_out" not in row]

    def summaries(self):
        """The last row of each input of which something was left out."""
        return [row for row in self.all_rows() if "left_out" in row]


def run(*arguments, stdin=b"", environment=None, **popen):
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    env.update(environment or {})
    done = subprocess.run([TOOL, *map(os.fsencode, map(str, arguments))], input=stdin, capture_output=True, env=env,
                          timeout=300, **popen)
    return Result(done.returncode, done.stdout, done.stderr.decode("utf-8"))


def skip(reason):
    print("skipped:", reason)
    sys.exit(77)
