#!/usr/bin/env python3
"""demo_test.py SIPSTATUS: whether the tool finds in demo.pcap what expected.tsv says, neither more nor less.

The capture is read here on its own terms (capture.py), so the expectation is held against the octets too.
"""
import datetime
import json
import pathlib
import subprocess
import sys
import unittest

import capture

HERE = pathlib.Path(__file__).resolve().parent
DEMO = HERE / "demo.pcap"
TOOL = None

CLASSES = {b"1": "provisional", b"2": "success", b"3": "redirection", b"4": "client-error", b"5": "server-error",
           b"6": "global-failure"}


def expectations():
    """(line, kind or None, findings) of each response; a finding is (severity, rule, offset or None)."""
    for row in (HERE / "expected.tsv").read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        line, kind, findings = (row.split("\t") + [""])[:3]
        yield (capture.unescape(line), None if kind == "-" else kind,
               [(severity, rule.replace("_", "-"), None if offset == "-" else int(offset))
                for severity, rule, offset in (finding.split() for finding in findings.split("; ") if finding)])


def responses():
    for packet in capture.packets(DEMO):
        line = capture.first_line(packet.payload)
        if line.strip()[:4].upper() == b"SIP/":
            yield packet, line


def run(*arguments):
    done = subprocess.run([TOOL, *arguments, str(DEMO)], capture_output=True, check=False)
    return done, [json.loads(row) for row in done.stdout.splitlines()] if "ndjson" in arguments else None


class Demo(unittest.TestCase):
    def setUp(self):
        self.found = list(responses())
        self.expected = list(expectations())

    def test_capture_holds_the_expected_lines(self):
        self.assertEqual([line for _, line in self.found], [line for line, _, _ in self.expected])

    def test_capture_is_worth_showing(self):
        kinds = {kind for _, kind, _ in self.expected}
        self.assertEqual(kinds, {None, "canonical", "letter_case", "former", "published", "local", "absent"})
        codes = {line.split()[1] for line, kind, _ in self.expected if kind}
        self.assertGreaterEqual(len(codes), 15)
        self.assertEqual({code[:1] for code in codes}, set(CLASSES))
        self.assertLess(DEMO.stat().st_size, 60_000)

    def test_list(self):
        done, rows = run("list", "-o", "ndjson")
        self.assertEqual(done.returncode, 0, done.stderr)
        readable = [(packet, line, kind, findings) for (packet, line), (_, kind, findings)
                    in zip(self.found, self.expected) if kind]
        self.assertEqual([row["frame"] for row in rows], [packet.frame for packet, _, _, _ in readable])
        for row, (packet, line, kind, findings) in zip(rows, readable):
            with self.subTest(line=line):
                code = line.split()[1]
                phrase = line.strip(b"\n").split(code, 1)[1][1:]
                self.assertEqual(row["schema"], 1)
                self.assertEqual(row["file"], str(DEMO))
                self.assertEqual((row["transport"], row["src"], row["dst"]),
                                 ("udp", packet.source, packet.destination))
                moment = datetime.datetime.fromisoformat(row["time"].split(".")[0] + "+00:00")
                self.assertEqual(int(moment.timestamp()), packet.seconds)
                self.assertEqual(row["time"].split(".")[1], f"{packet.microseconds:06}000Z")
                self.assertEqual(row["code"], int(code))
                self.assertEqual(row["reason"], phrase.decode("utf-8", "replace"))
                self.assertEqual(bytes.fromhex(row.get("reason_hex", "")), b"" if is_utf8(phrase) else phrase)
                self.assertEqual(row["class"], CLASSES[code[:1]])
                self.assertEqual(row["final"], code[:1] != b"1")
                self.assertEqual(row["reason_kind"], kind.replace("_", "-"))
                self.assertEqual(row["registered"], not any(rule == "unregistered" for _, rule, _ in findings))
                self.assertEqual(sorted(row["deviations"]),
                                 sorted(rule for severity, rule, _ in findings if severity == "warning"))

    def test_check(self):
        done, rows = run("check", "-o", "ndjson")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(
            sorted((row["frame"], row["severity"], row["rule"], row["offset"]) for row in rows
                   if row["offset"] is not None),
            sorted((packet.frame, *finding) for (packet, _), (_, _, findings) in zip(self.found, self.expected)
                   for finding in findings if finding[2] is not None))
        self.assertEqual(
            [(row["frame"], row["severity"], row["rule"]) for row in rows if row["offset"] is None],
            [(packet.frame, severity, rule) for (packet, _), (_, _, findings) in zip(self.found, self.expected)
             for severity, rule, offset in findings if offset is None])

    def test_check_as_text_names_every_finding(self):
        done, _ = run("check")
        self.assertEqual(done.returncode, 1, done.stderr)
        text = done.stdout.decode("utf-8")
        for (packet, _), (_, _, findings) in zip(self.found, self.expected):
            for severity, rule, _ in findings:
                heads = [head for head in text.splitlines() if head.startswith(f"{DEMO}:{packet.frame}: {severity}: ")]
                self.assertTrue(any(head.endswith(f"[{rule}]") for head in heads), f"frame {packet.frame}: {rule}")
        self.assertNotIn("\x1b", text)


def is_utf8(octets):
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


if __name__ == "__main__":
    TOOL = sys.argv.pop(1)
    unittest.main(verbosity=2)
