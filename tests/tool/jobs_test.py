"""--jobs: several inputs at a time say what they say one after the other, to the octet; and folders are read whole."""

import os
import pathlib
import re
import signal
import subprocess
import tempfile
import unittest

import packets as p
import screens_test
from tool import TOOL, run

DATA = pathlib.Path(os.environ.get("SIPSTATUS_TEST_DATA") or pathlib.Path(__file__).resolve().parents[3] / "shared/data")


def capture(count, phrase=b"OK"):
    head, one = p.pcap([]), p.pcap([p.ethernet(p.ipv4(p.udp(p.response(b"SIP/2.0 200 " + phrase + b"\r\n"))))])
    return head + one[len(head):] * count


class WithFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, octets):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(octets)
        return path


class Jobs(WithFolder):
    def files(self):
        """Of all kinds and sizes: damaged, empty, missing, without rows, with many."""
        wide = p.pcap([p.ethernet(p.ipv6(p.udp(p.response(b"SIP/2.0 486 On the phone\r\n")), ), 0x86dd)])
        return [self.write("a.pcap", capture(3)), self.write("none.txt", b"nothing here\n"), self.write("wide.pcap", wide),
                self.write("many.pcap", capture(30000, b"Fine {")), self.write("cut.pcap", capture(5)[:-7]), self.write("empty", b""),
                self.write("bad.png", b"\x89PNG\r\n\x1a\n\0\0\0"), os.path.join(self.folder, "missing"),
                self.write("other.pcap", p.pcap([bytes(40)], 147)), self.write("b.txt", b"SIP/2.0 200 OK\n" * 4000),
                self.write("c.pcap", capture(1))]

    def assert_same(self, files, *options):
        for command in ("list", "check"):
            for form in ("text", "ndjson", "csv"):
                with self.subTest(command, form=form, options=options):
                    one = run(command, "-o", form, *options, *files)
                    for jobs in (2, 3, 16):
                        several = run(command, "-o", form, "--jobs", jobs, *options, *files)
                        self.assertEqual((several.status, several.err), (one.status, one.err))
                        self.assertTrue(several.out == one.out, f"--jobs {jobs}: {len(several.out)} octets, not {len(one.out)}")
                    if form == "csv" and one.out:
                        self.assertEqual(one.out.count(b"file,frame"), 1)

    def test_the_same_octets(self):
        files = self.files()
        self.assert_same(files)
        self.assert_same(files[::-1])
        self.assert_same(files, "--kind", "local")
        self.assert_same(files, "--limit", "7")
        self.assert_same(files, "-q")

    def test_the_same_octets_of_all_captures(self):
        if not (DATA / "captures").is_dir():
            self.skipTest(f"no captures in {DATA}")
        files = sorted(map(str, [*(DATA / "captures").iterdir(), *(DATA / "captures_synthetic").iterdir()]))
        self.assertGreater(len(files), 80)
        self.assert_same([file for file in files if os.path.isfile(file)])
        self.assert_same([str(DATA / "captures"), str(DATA / "captures_synthetic")], "-r")

    def test_the_same_screen(self):
        files = self.files()
        screen = screens_test.Screens.under_a_terminal
        shown = [screen(self, "list", "--jobs", jobs, *files) for jobs in ("1", "4")]
        self.assertTrue(shown[0] == shown[1])
        self.assertEqual(len(re.findall(r"\n\n.*(?:\.pcap|\.txt)", shown[0])), 5)

    def test_statuses(self):
        clean, faulty = self.write("clean.pcap", capture(1)), self.write("faulty.pcap", capture(1, b"{"))
        for jobs in (1, 2, 8):
            self.assertEqual(run("check", "-j", jobs, clean, clean, clean).status, 0)
            self.assertEqual(run("check", "-j", jobs, clean, faulty, clean).status, 1)
            self.assertEqual(run("check", "-j", jobs, clean, faulty, "missing", clean).status, 3)
            self.assertIn("3 responses: 0 errors, 1 warning, 1 note", run("check", "-j", jobs, clean, faulty, clean).err)
        for wrong in ("0", "-1", "", "x", "1.5", "99999999999999999999999"):
            self.assertEqual(run("check", f"--jobs={wrong}", clean).status, 2, wrong)
        self.assertEqual(run("list", "--jobs", 1000000, clean, clean).status, 0)

    def test_a_closed_pipe_ends_all(self):
        files = [self.write(f"{n}.pcap", capture(100000)) for n in range(3)]
        with subprocess.Popen([TOOL, "list", "--jobs", "3", *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as tool:
            self.assertIn(b"200 OK", tool.stdout.readline())
            tool.stdout.close()
            self.assertEqual((tool.stderr.read(), tool.wait(30)), (b"", 0))
        with open("/dev/full", "wb") as full:
            done = subprocess.run([TOOL, "list", "--jobs", "3", *files], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stderr), (3, b"sipstatus: standard output: No space left on device\n"))

    def test_what_is_kept_is_bounded(self):
        """The first input waits, the others have much to say: they wait, too, and memory does not grow."""
        is_sanitized = bool(os.environ.get("SIPSTATUS_SANITIZE"))  # slow, and its shadow is memory, too
        responses = 20000 if is_sanitized else 200000
        many = self.write("many.pcap", capture(responses))
        with subprocess.Popen([TOOL, "list", "--jobs", "4", "-", many, many, many], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as tool:
            signal.alarm(120)
            try:
                tool.wait(1)
                self.fail("it did not wait for the first input")
            except subprocess.TimeoutExpired:
                pass
            with open(f"/proc/{tool.pid}/status") as status:
                peak = int(re.search(r"VmHWM:\s+(\d+) kB", status.read())[1])
            tool.stdin.write(b"SIP/2.0 486 First\n")
            tool.stdin.close()
            out = tool.stdout.read()
            signal.alarm(0)
        self.assertTrue(out.startswith(b"-:1 "))
        self.assertEqual(out.count(b"\n"), 3 * responses + 1)
        if not is_sanitized:
            self.assertLess(peak, 24 * 1024)


class Folders(WithFolder):
    def test_a_folder_of_all_kinds(self):
        folder = os.path.join(self.folder, "all")
        self.write("all/a.pcap", capture(1))
        self.write("all/.hidden.pcap", capture(1))
        self.write("all/deep/er/b.pcap", capture(1))
        self.write("all/picture.png", b"\x89PNG\0\0\0")
        self.write("all/empty", b"")
        self.write("all/deep/c.txt", b"SIP/2.0 486 Busy Here\n")
        os.symlink("..", os.path.join(folder, "deep", "up"))
        os.symlink("a.pcap", os.path.join(folder, "link.pcap"))
        os.symlink("nowhere", os.path.join(folder, "broken.pcap"))
        os.mkfifo(os.path.join(folder, "pipe"))
        for jobs in (1, 4):
            result = run("list", "-r", "-j", jobs, "-o", "ndjson", folder)
            self.assertEqual([row["file"][len(folder):] for row in result.rows()],
                             ["/.hidden.pcap", "/a.pcap", "/deep/c.txt", "/deep/er/b.pcap", "/link.pcap"])
            self.assertEqual(result.status, 3)
            for words in ("/picture.png: offset 0: the file begins with 89 50 4e 47", "/empty: offset 0: the input is empty",
                          "/broken.pcap: not read: neither a file nor a folder", "/pipe: not read: neither a file nor a folder",
                          "sipstatus: 7 files: 2 not read, or not to the end"):
                self.assertIn(words, result.err)

    def test_a_folder_that_cannot_be_read(self):
        if os.getuid() != 0:
            self.skipTest("this needs another user")
        self.write("all/a.pcap", capture(1))
        self.write("all/closed/b.pcap", capture(1))
        os.chmod(self.folder, 0o755)
        os.chmod(os.path.join(self.folder, "all", "closed"), 0)
        try:
            result = run("list", "-r", os.path.join(self.folder, "all"), user=65534)
        except (PermissionError, subprocess.SubprocessError) as refused:
            self.skipTest(str(refused))
        self.assertEqual((result.status, result.out.count(b"\n")), (3, 1), result.err)
        self.assertIn("/closed: Permission denied", result.err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
