"""stats and merge: numbers that are known beforehand, numbers that tshark counts, sums of shards in any order.

The contract of the JSON is src/tool/tally/stats.schema.json.
"""

import collections
import csv
import io
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import unicodedata
import urllib.request

import packets as p
import traffic
from tool import TOOL, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMO = ROOT / "tests/demo/demo.pcap"
DATA = pathlib.Path(os.environ.get("SIPSTATUS_TEST_DATA") or ROOT.parent / "shared/data")


def capture(packets):
    return p.pcap([octets for _, octets in packets], times=[(at // 1_000_000, at % 1_000_000) for at, _ in packets])


def stats(*arguments, **more):
    result = run("stats", "-o", "json", *arguments, **more)
    assert result.status == 0, result.err
    return json.loads(result.out)


class Known(unittest.TestCase):
    """Traffic that is counted by whoever made it."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.traffic = traffic.Traffic()
        cls.path = os.path.join(cls.folder.name, "a.pcap")
        with open(cls.path, "wb") as file:
            file.write(capture(cls.traffic.packets()))
        cls.found = stats(cls.path)

    def planned(self, *start):
        return {key[len(start):] if len(key) - len(start) > 1 else key[-1]: sum_ for key, sum_ in self.traffic.counts.items()
                if isinstance(key, tuple) and key[:len(start)] == start and sum_}

    def test_requests_and_responses(self):
        methods = {row["method"]: row for row in self.found["methods"]}
        self.assertEqual({m: row["requests"] for m, row in methods.items() if row["requests"]}, self.planned("requests"))
        self.assertEqual({m: row["transactions"] for m, row in methods.items() if row["transactions"]}, self.planned("transactions"))
        self.assertEqual({m: row["answered"] for m, row in methods.items() if row["answered"]}, self.planned("answered"))
        self.assertTrue(all(row["without_request"] == 0 for row in methods.values()))
        self.assertEqual({(row["method"], row["code"], row["kind"]): row["responses"] for row in self.found["responses"]},
                         self.planned("responses"))
        distinct = {(row["method"], row["code"]): row["distinct"] for row in self.found["transaction_responses"]}
        self.assertEqual(distinct, self.planned("distinct"))
        self.assertEqual(sum(row["repeated"] for row in self.found["codes"]),
                         sum(self.planned("responses").values()) - sum(distinct.values()))

    def test_senders(self):
        senders = {row["address"]: row for row in self.found["senders"]}
        self.assertEqual({a: row["requests"] for a, row in senders.items() if row["requests"]}, self.planned("request_of"))
        self.assertEqual({(a, code): sum_ for a, row in senders.items() for code, sum_ in row["codes"]}, self.planned("response_of"))
        agents = {row["agent"]: (row["requests"], row["responses"]) for row in self.found["agents"]}
        self.assertEqual(agents, {"Phone 1.0": (sum(self.planned("requests").values()), 0),
                                  "Gate/2 {x}": (0, sum(self.planned("responses").values()))})

    def test_reasons(self):
        self.assertEqual({(row["cause"], row["code"], row["method"]): row["times"] for row in self.found["reasons"]}, self.planned("reason"))
        self.assertEqual({row["protocol"] for row in self.found["reasons"]}, {"Q.850"})

    def test_local_phrases_are_templates(self):
        self.assertEqual([(row["code"], row["template"]) for row in self.found["local_phrases"]], [(404, "No route to <n>")])
        self.assertEqual(self.found["local_phrases"][0]["responses"], sum(self.planned("phrase").values()))

    def test_ratios(self):
        counts, finals = self.traffic.counts, self.planned("final")
        attempts, answered = counts["attempts"], finals[200]
        of = lambda *codes: sum(finals.get(code, 0) for code in codes)
        registrations = self.planned("distinct")
        self.assertEqual({row["name"]: (row["numerator"], row["denominator"]) for row in self.found["ratios"]}, {
            "ASR": (answered, attempts), "NER": (answered + of(480, 486, 487, 603), attempts),
            "SER": (answered, attempts - of(302)), "SEER": (answered + of(480, 486, 603), attempts - of(302)),
            "ISA": (of(408, 500, 503), attempts), "SCR": (counts["completed"], attempts),
            "IRA": (registrations.get(("REGISTER", 404), 0) + registrations.get(("REGISTER", 503), 0), counts["transactions", "REGISTER"])})

    def test_response_times(self):
        for row in self.found["response_times"]:
            times = sorted(self.traffic.times[row["method"], row["code"]])
            with self.subTest((row["method"], row["code"])):
                self.assertEqual((row["count"], row["sum_us"]), (len(times), sum(times)))
                buckets = collections.Counter(map(traffic.percentile_bound, times))
                self.assertEqual(dict(row["buckets_us"]), dict(buckets))
                for percent in (50, 90, 95, 99):
                    rank = max(1, -(-percent * len(times) // 100))
                    self.assertEqual(row[f"p{percent}_us"], traffic.percentile_bound(times[rank - 1]))
        self.assertEqual({(row["method"], row["code"]) for row in self.found["response_times"]},
                         {key for key, times in self.traffic.times.items() if times})
        duration = next(row for row in self.found["delays"] if row["name"] == "SDT")
        self.assertEqual((duration["count"], duration["sum_us"]), (len(self.traffic.durations), sum(self.traffic.durations)))

    def test_minutes(self):
        requests, responses = collections.Counter(), collections.Counter()
        for at, _, _, octets in self.traffic.messages:
            minute = time.strftime("%Y-%m-%dT%H:%MZ", time.gmtime(at // 1_000_000))
            if octets.startswith(b"SIP"):
                responses[minute, int(octets[8:9])] += 1
            else:
                requests[minute] += 1
        self.assertEqual({row["minute"]: row["requests"] for row in self.found["minutes"] if row["requests"]}, dict(requests))
        self.assertEqual({(row["minute"], digit): sum_ for row in self.found["minutes"] for digit, sum_ in enumerate(row["responses"]) if sum_},
                         dict(responses))

    def test_a_selection_leaves_transactions_whole(self):
        some = stats("--code", "4xx", self.path)
        self.assertEqual({row["code"] // 100 for row in some["codes"]}, {4})
        for member in ("ratios", "response_times", "delays", "sessions"):
            self.assertEqual(some[member], self.found[member])
        of_method = stats("--method", "REGISTER", self.path)
        self.assertEqual({row["method"] for row in of_method["methods"]}, {"REGISTER"})
        self.assertEqual([row for row in self.found["response_times"] if row["method"] == "REGISTER"], of_method["response_times"])

    def test_a_table_of_ones_own(self):
        rows = stats("--by", "sender,code", self.path)["rows"]
        self.assertEqual({(row["values"][0], int(row["values"][1])): row["responses"] for row in rows}, self.planned("response_of"))
        table = list(csv.reader(io.StringIO(run("stats", "-q", "-o", "csv", "--by", "sender,code", self.path).out.decode(), newline="")))
        self.assertEqual(table[0], ["sender", "code", "responses"])
        self.assertEqual({(a, int(b)): int(c) for a, b, c in table[1:]}, self.planned("response_of"))
        for column in "class code phrase kind method sender agent transport minute".split():
            self.assertEqual(sum(row["responses"] for row in stats("--by", column, self.path)["rows"]), self.found["messages"]["responses"])

    def test_csv(self):
        rows = list(csv.DictReader(io.StringIO(run("stats", "-q", "-o", "csv", self.path).out.decode(), newline="")))
        self.assertEqual({(r["method"], int(r["code"]), r["kind"]): int(r["count"]) for r in rows if r["table"] == "responses"},
                         self.planned("responses"))
        self.assertEqual({r["item"]: (int(r["count"]), int(r["of"])) for r in rows if r["table"] == "ratio"},
                         {r["name"]: (r["numerator"], r["denominator"]) for r in self.found["ratios"]})

    def test_prometheus(self):
        text = run("stats", "-q", "-o", "prometheus", self.path).out.decode()
        found = {}
        for code, method, kind, sum_ in re.findall(r'^sipstatus_responses_total\{code="(\d+)",method="(\w+)",class="[\w-]+",kind="([\w-]+)"\} (\d+)$', text, re.M):
            found[method, int(code), kind] = int(sum_)
        self.assertEqual(found, self.planned("responses"))
        if promtool := shutil.which("promtool"):
            for octets in (text.encode(), run("stats", "-q", "-o", "prometheus", DEMO).out):
                checked = subprocess.run([promtool, "check", "metrics"], input=octets, capture_output=True)
                self.assertEqual((checked.returncode, checked.stderr), (0, b""))


class Shards(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, octets):
        (self.folder / name).write_bytes(octets)
        return self.folder / name

    def shards(self, packets, number):
        """The packets in so many files, and what stats says of each."""
        files = []
        for i in range(number):
            part = packets[i * len(packets) // number:(i + 1) * len(packets) // number]
            files.append(self.write(f"{number}_{i:02}.pcap", capture(part)))
            run("stats", "-q", "-o", "json", "--to", f"{files[-1]}.json", files[-1])
        return files

    def test_sums_in_any_order(self):
        packets = traffic.Traffic(seed=7, calls=400, span=1200).packets()
        whole = stats(self.write("whole.pcap", capture(packets)))
        for number in (1, 2, 7, 50):
            files = self.shards(packets, number)
            documents = [f"{file}.json" for file in files]
            single = run("stats", "-q", "-o", "json", *files).out
            for seed in range(4):
                order = documents[:]
                random.Random(seed).shuffle(order)
                self.assertEqual(run("merge", "-q", "-o", "json", *order).out, single)
                # In groups, and one of them twice.
                half = len(order) // 2
                if half:
                    groups = [self.folder / "left.json", self.folder / "right.json"]
                    for group, part in zip(groups, (order[:half], order[half:])):
                        self.assertEqual(run("merge", "-q", "-o", "json", "--to", group, *part).status, 0)
                    self.assertEqual(run("merge", "-q", "-o", "json", *groups, groups[0], order[0]).out, single)
            # A transaction that two files share is one: nothing but places differs from one file with all.
            merged = json.loads(single)
            for document in (whole, merged):
                for row in document["local_phrases"]:
                    row.update(file="", frame=0)
            for member in whole:
                if member not in ("inputs", "open", "findings"):
                    self.assertEqual(merged[member], whole[member], member)
            self.assertEqual(merged["open"]["count"], whole["open"]["count"])
            self.assertEqual([(r["rule"], r["findings"]) for r in merged["findings"]], [(r["rule"], r["findings"]) for r in whole["findings"]])

    def test_a_transaction_across_two_files(self):
        head = b"Via: SIP/2.0/UDP h;branch=z9hG4bK1\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\nTo: <sip:b@h>\r\n\r\n"
        first = self.write("first.pcap", capture([(10**15, p.ethernet(p.ipv4(p.udp(b"INVITE sip:b@h SIP/2.0\r\n" + head))))]))
        answer = p.ethernet(p.ipv4(p.udp(b"SIP/2.0 486 Busy Here\r\n" + head), source="192.0.2.2", destination="192.0.2.1"))
        second = self.write("second.pcap", capture([(10**15 + 100_000_000, answer)]))
        documents = [self.folder / "1.json", self.folder / "2.json"]
        for file, document in zip((first, second), documents):
            result = run("stats", "-o", "json", "--to", document, file)
            self.assertIn("1 transaction open at the edge of a file", result.err)
            self.assertEqual(json.loads(document.read_text())["open"]["count"], 1)
        merged = run("merge", "-o", "json", *documents)
        self.assertNotIn("open", merged.err)
        found = json.loads(merged.out)
        self.assertEqual([(r["method"], r["code"], r["sum_us"]) for r in found["response_times"]], [("INVITE", 486, 100_000_000)])
        self.assertEqual(found["sessions"], {"attempts": 1, "finals": [[486, 1]], "completed": 0})

    def test_the_same_file_twice(self):
        once = run("stats", "-q", "-o", "json", DEMO).out
        shutil.copy(DEMO, self.folder / "copy.pcap")
        twice = run("stats", "-o", "json", DEMO, self.folder / "copy.pcap")
        self.assertEqual(twice.out, once)
        self.assertIn("counted once", twice.err)
        document = self.write("a.json", once)
        merged = run("merge", "-o", "json", document, document)
        self.assertEqual(merged.out, once)
        self.assertIn("counted once", merged.err)
        self.assertEqual(run("merge", "-o", "json", "-", stdin=once).out, once)

    def test_what_cannot_be_added(self):
        packets = traffic.Traffic(seed=3, calls=30).packets()
        a, b, c = [f"{file}.json" for file in self.shards(packets, 3)]
        for to, parts in (("ab", (a, b)), ("bc", (b, c))):
            run("merge", "-o", "json", "--to", self.folder / to, *parts)
        for order in (("ab", "bc"), ("bc", "ab")):
            result = run("merge", *(self.folder / one for one in order))
            self.assertEqual(result.status, 3)
            self.assertRegex(result.err, "has 2 inputs, 1 of which")
        chosen = self.folder / "chosen.json"
        run("stats", "-q", "-o", "json", "--code", "4xx", "--to", chosen, DEMO)
        result = run("merge", a, chosen)
        self.assertEqual(result.status, 3)
        self.assertIn("made with other options: ", result.err)
        document = json.loads(pathlib.Path(a).read_text())
        for broken, words in ((b"", "not JSON"), (b"{", "octet 1: not JSON"), (b"[]", "expected a summary"),
                              (b'{"kind":"sipstatus-stats"}', 'expected a member "schema"'),
                              (json.dumps({**document, "schema": 2}).encode(), "a summary of schema 2: this version reads schema 1"),
                              (json.dumps({**document, "codes": 5, "methods": [{"method": 7}]}).encode(), "methods[0].method: expected a string"),
                              (json.dumps({**document, "minutes": [{"minute": "x", "requests": 1, "responses": [0] * 7}]}).encode(), "minutes[0].minute: expected a time"),
                              (json.dumps({**document, "responses": [{"method": "A", "code": 700, "kind": "local", "responses": 1}]}).encode(), "responses[0].code: expected an integer from 0 to 699"),
                              (json.dumps({**document, "open": {"count": 0, "transactions": [["x"]], "calls": []}}).encode(), "open.transactions[0][0]: expected hexadecimal digits")):
            with self.subTest(words):
                result = run("merge", "-o", "json", self.write("broken.json", broken), a)
                self.assertEqual(result.status, 3)
                self.assertIn(words, result.err)
                self.assertEqual(json.loads(result.out)["inputs"], document["inputs"])
        self.assertEqual(run("merge", self.folder / "none").status, 3)

    def test_output_is_whole_or_not_there(self):
        to = self.folder / "out.json"
        to.write_text("before")
        result = run("stats", "-o", "json", "--to", self.folder / "none/out.json", DEMO)
        self.assertEqual(result.status, 3)
        self.assertIn("none/out.json: No such file", result.err)
        self.assertEqual(run("stats", "-q", "-o", "json", "--to", to, DEMO).out, b"")
        self.assertEqual(to.read_bytes(), run("stats", "-q", "-o", "json", DEMO).out)
        self.assertEqual(os.listdir(self.folder), ["out.json"])
        os.mkdir(self.folder / "taken")
        result = run("stats", "-o", "json", "--to", self.folder / "taken", DEMO)
        self.assertEqual(result.status, 3)
        self.assertIn("taken: Is a directory", result.err)
        self.assertEqual(sorted(os.listdir(self.folder)), ["out.json", "taken"])

    def test_beyond_a_limit_it_says_so(self):
        """Addresses, agents, phrases and transactions without end: memory is bounded, sums stay, and the rest is counted."""
        letters = ["".join(chr(97 + (n >> s & 15)) for s in range(0, 16, 4)) for n in range(30_000)]
        packets = []
        for n, word in enumerate(letters):
            octets = (f"SIP/2.0 480 {word} {word * 8}\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK{n}\r\nCall-ID: {n}\r\nCSeq: 1 INVITE\r\n"
                      f"Server: {word * 10}\r\nContent-Length: 0\r\n\r\n").encode()
            packets.append((10**15 + n, p.ethernet(p.ipv4(p.udp(octets), source=f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}"))))
        path = self.write("many.pcap", capture(packets))
        whole, bounded = stats(path), stats("--max-tally", "4", path)
        self.assertTrue(whole["exact"])
        self.assertFalse(bounded["exact"])
        self.assertEqual(bounded["messages"]["responses"], 30_000)
        for member, table, number in (("addresses", "senders", "responses"), ("agents", "agents", "responses"), ("phrases", "local_phrases", "responses")):
            self.assertGreater(bounded["approximate"][member], 0)
            self.assertEqual(bounded["approximate"][member] + sum(row[number] for row in bounded[table]), 30_000)
        self.assertGreater(bounded["approximate"]["transactions"], 0)
        self.assertIn("approximate: beyond the limit of --max-tally", run("stats", "--max-tally", "4", path).err)

    def test_a_sum_beyond_a_limit(self):
        """merge is bounded as stats is, in every table."""
        packets = []
        for n in range(20_000):
            word = "".join(chr(97 + (n >> s & 15)) for s in range(0, 16, 4))
            for start, way in ((f"INVITE sip:{n}@h SIP/2.0", {"source": f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}"}),
                               (f"SIP/2.0 200 {word}", {"destination": f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}"})):
                octets = (f"{start}\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK{n}\r\nCall-ID: {n}\r\nCSeq: 1 INVITE\r\nServer: {word * 8}\r\n"
                          f"Reason: {word};cause={n}\r\nContent-Length: 0\r\n\r\n").encode()
                packets.append((10**15 + n * 60_000_000, p.ethernet(p.ipv4(p.udp(octets), **way))))
        path = self.write("many.pcap", capture(packets))
        document = self.write("many.json", run("stats", "-q", "-o", "json", "--by", "phrase,minute", path).out)
        merged = json.loads(run("merge", "-q", "-o", "json", "--max-tally", "1", document).out)
        counted = stats("--by", "phrase,minute", "--max-tally", "1", path)
        for found in (merged, counted):
            self.assertFalse(found["exact"])
            self.assertEqual((found["messages"]["requests"], found["messages"]["responses"]), (20_000, 20_000))
            for member, table, number in (("agents", "agents", "responses"), ("phrases", "local_phrases", "responses"), ("rows", "rows", "responses")):
                self.assertGreaterEqual(found["approximate"][member] + sum(row[number] for row in found[table]), 20_000)
            self.assertGreater(found["approximate"]["minutes"], 0)
            self.assertGreater(found["approximate"]["reasons"], 0)


class Shown(unittest.TestCase):
    def test_contract(self):
        schema = json.loads((ROOT / "src/tool/tally/stats.schema.json").read_text())
        try:
            import jsonschema
        except ImportError:
            self.skipTest("there is no jsonschema")
        validator = jsonschema.Draft202012Validator(schema)
        documents = [stats(DEMO), stats("--by", "code,agent", DEMO), stats("--kind", "local", DEMO), stats("-", stdin=b"SIP/2.0 200 OK\nSIP/2.0 4860 x\n")]
        if DATA.is_dir():
            documents += [stats(path) for path in sorted((DATA / "captures_synthetic").glob("*.pcap*"))[:10]
                          if run("stats", "-q", path).status == 0]
        for document in documents:
            self.assertEqual([error.message for error in validator.iter_errors(document)], [])
        for member in documents[0]:
            broken = {key: value for key, value in documents[0].items() if key != member}
            self.assertTrue(list(validator.iter_errors(broken)), member)

    def test_text_fits(self):
        for arguments in (["stats", DEMO], ["stats", "--by", "class,code,phrase,kind,method,sender,agent,transport,minute", DEMO], ["stats", "--top", "50", DEMO]):
            for line in run(*arguments).out.decode().splitlines():
                width = sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
                self.assertLessEqual(width, 80, line)

    def test_what_is_not_shown_is_said(self):
        self.assertIn("and 14 more rows, together 14", run("stats", DEMO).out.decode())
        self.assertNotIn(" more", run("stats", "--top", "100", DEMO).out.decode())

    def test_methods_without_end(self):
        """Each of them is told apart, until a limit says so."""
        names = [f"M{n:03}" for n in range(300)]
        packets = [p.ethernet(p.ipv4(p.udp(f"{name} sip:a SIP/2.0\r\nVia: x;branch=z9hG4bK{name}\r\nCall-ID: 1\r\nCSeq: 1 {name}\r\n\r\n".encode()))) for name in names]
        packets += [p.ethernet(p.ipv4(p.udp(f"SIP/2.0 501 Not Implemented\r\nVia: x;branch=z9hG4bK{name}\r\nCall-ID: 1\r\nCSeq: 1 {name}\r\n\r\n".encode()))) for name in names]
        octets = p.pcap(packets, times=[(10**9, n) for n in range(600)])
        found = stats("-", stdin=octets)
        self.assertEqual([(row["method"], row["requests"], row["responses"], row["answered"]) for row in found["methods"]], [(name, 1, 1, 1) for name in names])
        self.assertTrue(found["exact"])
        bounded = stats("--max-tally", "4", "-", stdin=octets)
        self.assertGreater(bounded["approximate"]["methods"], 0)
        rows = {row["method"]: row for row in bounded["methods"]}
        self.assertEqual(rows["other"]["requests"] + rows["other"]["responses"], bounded["approximate"]["methods"])
        self.assertEqual(sum(row["requests"] for row in rows.values()), 300)
        with tempfile.TemporaryDirectory() as folder:
            document = pathlib.Path(folder) / "a.json"
            document.write_bytes(run("stats", "-q", "-o", "json", "-", stdin=octets).out)
            self.assertEqual(run("merge", "-q", "-o", "json", document).out, document.read_bytes())
            merged = json.loads(run("merge", "-q", "-o", "json", "--max-tally", "4", document).out)
            self.assertGreater(merged["approximate"]["methods"], 0)
            self.assertEqual(sum(row["requests"] for row in merged["methods"]), 300)

    def test_ratios_of_the_demo(self):
        """Counted by hand from the ladders of calls.txt."""
        with open(ROOT / "tests/demo/ratios.tsv", encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
        self.assertEqual([(row["name"], row["numerator"], row["denominator"]) for row in stats(DEMO)["ratios"]],
                         [(name, int(numerator), int(denominator)) for name, numerator, denominator, _ in rows])

    def test_no_octet_of_the_wire_reaches_a_terminal(self):
        hostile = b"\x1b[31m<script>\xff\xe2\x80\xae\\"
        octets = (b"SIP/2.0 480 " + hostile + b"\r\nVia: x\r\nCall-ID: 1\r\nCSeq: 1 A" + hostile + b"\r\nServer: " + hostile +
                  b"\r\nReason: " + hostile + b";cause=1\r\n\r\n")
        request = b"OPTIONS sip:a SIP/2.0\r\nUser-Agent: " + hostile + b"\r\n\r\n"
        octets = p.pcap([p.ethernet(p.ipv4(p.udp(one))) for one in (octets, request)])
        for arguments in (["-o", "text"], ["-o", "json"], ["-o", "csv"], ["-o", "prometheus"], ["--by", "phrase,agent,method"]):
            text = run("stats", *arguments, "-", stdin=octets).out.decode()
            self.assertEqual(re.findall("[^\n\r -~█▉▊▋▌▍▎▏]", text), [])
            self.assertIn("<scri", text)

    def test_command_line(self):
        for status, arguments in ((2, ["stats"]), (2, ["merge"]), (2, ["stats", "--by", "colour", "x"]), (2, ["stats", "--top", "0", "x"]),
                                  (2, ["stats", "-o", "ndjson", "x"]), (2, ["stats", "--listen", "127.0.0.1:0", DEMO]),
                                  (2, ["stats", "--listen", "here", "--follow", DEMO]), (2, ["list", "--top", "3", "x"]), (3, ["stats", "none"]),
                                  (0, ["stats", "--help"]), (0, ["merge", "--help"])):
            self.assertEqual(run(*arguments).status, status, arguments)
        empty = stats("-", stdin=p.pcap([]))
        self.assertEqual(empty["messages"]["frames"], 0)

    def test_a_scrape(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.pcap")
            packets = traffic.Traffic(seed=5, calls=20).packets()
            with open(path, "wb", buffering=0) as file:
                file.write(capture(packets[:10]))
                process = subprocess.Popen([TOOL, "stats", "-o", "json", "--follow", "--listen", "127.0.0.1:0", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                place = re.search(r"http://(\S+)/metrics", process.stderr.readline().decode()).group(1)
                counted = lambda: sum(map(int, re.findall(r"^sipstatus_(?:requests|responses)_total\{.*\} (\d+)$", urllib.request.urlopen(f"http://{place}/metrics", timeout=10).read().decode(), re.M)))
                for number in (10, len(packets)):
                    if number != 10:
                        file.write(capture(packets)[len(capture(packets[:10])):])
                    for _ in range(100):
                        if counted() == number:
                            break
                        time.sleep(0.1)
                    self.assertEqual(counted(), number)
                with self.assertRaises(urllib.error.HTTPError):
                    urllib.request.urlopen(f"http://{place}/", timeout=10)
                process.send_signal(signal.SIGINT)
                out, _ = process.communicate(timeout=30)
            found = json.loads(out)
            self.assertEqual(found["messages"]["requests"] + found["messages"]["responses"], len(packets))


class Odd(unittest.TestCase):
    """Messages that are spelled, timed or carried in unusual ways count as what they are."""

    PLAIN = {"Via": "SIP/2.0/UDP h;branch=z9hG4bK1;rport", "To": "<sip:b@h>", "Call-ID": "1@h", "CSeq": "1 INVITE", "Server": "S",
             "Reason": 'Q.850;cause=17;text="busy, again"', "Content-Length": "0"}
    SHOWN = "response_times", "sessions", "reasons", "agents", "methods", "ratios"

    def exchange(self, fields, end="\r\n", start=""):
        """A request and its answer a second later."""
        head = end + "".join(f"{line}{end}" for line in fields) + end
        packets = [(10**15, p.ipv4(p.udp((start + "INVITE sip:b@h SIP/2.0" + head).encode()))),
                   (10**15 + 10**6, p.ipv4(p.udp((start + "SIP/2.0 486 Busy Here" + head).encode()), source="192.0.2.2", destination="192.0.2.1"))]
        return stats("-", stdin=capture([(at, p.ethernet(packet)) for at, packet in packets]))

    def lines(self, **changed):
        fields = {**self.PLAIN, **{name.replace("_", "-"): value for name, value in changed.items()}}
        return [f"{name}: {value}" for name, value in fields.items() if value is not None]

    def test_any_spelling(self):
        plain = self.exchange(self.lines())
        self.assertEqual([(row["code"], row["sum_us"]) for row in plain["response_times"]], [(486, 10**6)])
        compact = {"Via": "v", "To": "t", "Call-ID": "I", "Content-Length": "L"}
        for name, lines in (
                ("compact", [f"{compact.get(field, field)}: {value}" for field, value in self.PLAIN.items()]),
                ("upper case, blanks around the colon", [f"{field.upper()} \t:  {value} " for field, value in self.PLAIN.items()]),
                ("no blanks", [f"{field}:{value}" for field, value in self.PLAIN.items()]),
                ("folded", self.lines(Via="SIP/2.0/UDP\r\n h\r\n\t;branch=z9hG4bK1", Call_ID="\r\n 1@h", Reason='Q.850\r\n ;cause=17;text="busy, again"')),
                ("a field folded that is not read", ["Subject: a", " b", *self.lines()]),
                ("blanks in parameters", self.lines(Via="SIP/2.0/UDP h ; rport ; BRANCH = z9hG4bK1 ;x", Reason='Q.850 ; Cause = 17 ; text="busy, again"')),
                ("several values", self.lines(Via="SIP/2.0/UDP h;branch=z9hG4bK1, SIP/2.0/UDP i;branch=z9hG4bK2")),
                ("a quote in a quoted string", self.lines(Reason='Q.850;cause=17;text="a \\", b\\\\"')),
                ("fields whose names begin alike", ["Viable: x", "Toto: y", "Callinfo: x", "Reasons: 4", "V", "Servers: Z", "Via", *self.lines()]),
                ("a tag in the address", self.lines(To='"x>" <sip:b@h;tag=no>')),
                ("the first of two", [*self.lines(), "Call-ID: 2@h", "CSeq: 9 BYE", "Server: T"])):
            with self.subTest(name):
                found = self.exchange(lines)
                self.assertEqual({member: found[member] for member in self.SHOWN}, {member: plain[member] for member in self.SHOWN})
        for more in ({"end": "\n"}, {"start": "\r\n\r\n"}):
            with self.subTest(more):
                found = self.exchange(self.lines(), **more)
                self.assertEqual({member: found[member] for member in self.SHOWN}, {member: plain[member] for member in self.SHOWN})

    def test_what_cannot_be_tied(self):
        for name, lines in (("no Call-ID", self.lines(Call_ID=None)), ("no CSeq", self.lines(CSeq=None)), ("no number", self.lines(CSeq="INVITE")),
                            ("no header", [])):
            with self.subTest(name):
                found = self.exchange(lines)
                self.assertEqual((found["messages"]["untied"], found["response_times"]), (2, []))
        # Without a branch, or with parameters that only look like one, the Call-ID and CSeq tie them still.
        for via in (None, "SIP/2.0/UDP h", "SIP/2.0/UDP h;branch", "SIP/2.0/UDP h;branch x", "SIP/2.0/UDP h;b=1;branches=2", ""):
            with self.subTest(via):
                self.assertEqual([row["count"] for row in self.exchange(self.lines(Via=via))["response_times"]], [1])

    def test_reasons_of_any_kind(self):
        many = self.lines(Reason=None) + [f"Reason: SIP;cause={code}" for code in range(200, 220)]
        self.assertLess(0, sum(row["times"] for row in self.exchange(many)["reasons"]))
        for value, expected in ((";cause=1", []), ("SIP", [0]), ("SIP;cause=x", [0]), ("SIP;cause=99999999999", [0]), ("SIP;cause=200,,Q.850;cause=16", [200, 16])):
            with self.subTest(value):
                found = {row["cause"] for row in self.exchange(self.lines(Reason=value))["reasons"]}
                self.assertEqual(found, set(expected))

    def test_without_a_time(self):
        """Packets of a simple block have none: what needs one is not counted, and all else is."""
        packets = [packet for _, packet in traffic.Traffic(seed=2, calls=30).packets()]
        timed = stats("-", stdin=p.section() + p.interface() + b"".join(p.enhanced(packet, 10**15 + i) for i, packet in enumerate(packets)))
        found = stats("-", stdin=p.section() + p.interface() + b"".join(p.simple(packet) for packet in packets))
        self.assertEqual((found["minutes"], found["response_times"]), ([], []))
        for member in ("responses", "senders", "agents", "transaction_responses", "sessions"):
            self.assertEqual(found[member], timed[member], member)
        far = stats("-", stdin=p.section() + p.interface(options=p.option(9, bytes([0]))) + b"".join(p.enhanced(packet, 253_402_300_800) for packet in packets))
        self.assertEqual((far["minutes"], far["responses"]), ([], timed["responses"]))

    def test_time_that_goes_back(self):
        """Two pieces of one transaction that the file has in the wrong order, and one that is much later."""
        head = "".join(line + "\r\n" for line in self.lines()) + "\r\n"
        there, back = {}, {"source": "192.0.2.2", "destination": "192.0.2.1"}
        packet = lambda start, way: p.ethernet(p.ipv4(p.udp((start + "\r\n" + head).encode()), **way))
        invite, ringing, busy = packet("INVITE sip:b@h SIP/2.0", there), packet("SIP/2.0 180 Ringing", back), packet("SIP/2.0 486 Busy Here", back)
        orders = [[(2, busy), (1, ringing), (0, invite)], [(1, ringing), (0, invite), (2, busy)], [(0, invite), (2, busy), (1, ringing)]]
        documents = [stats("-", stdin=capture([(10**15 + at * 10**6, octets) for at, octets in order])) for order in orders]
        for document in documents:
            self.assertEqual([row["responses"] for row in document["codes"]], [1, 1])
            self.assertEqual(document["sessions"]["attempts"], 1)
        later = stats("-", stdin=capture([(10**15, invite), (10**15 + 10**6, busy), (10**15 + 3600 * 10**6, invite), (10**15 + 3601 * 10**6, busy)]))
        self.assertEqual(later["sessions"]["attempts"], 2)

    def test_one_call_of_every_shape(self):
        """A Call-ID that is used again, responses of many codes, a BYE that the file has first, a 402."""
        def message(start, way, method="INVITE", cseq=1, call="1"):
            fields = self.lines(Call_ID=call, CSeq=f"{cseq} {method}", Via=f"SIP/2.0/UDP h;branch=z9hG4bK{method}{cseq}{call}", Reason=None)
            octets = (start + "\r\n" + "".join(line + "\r\n" for line in fields) + "\r\n").encode()
            return p.ethernet(p.ipv4(p.udp(octets), **({} if way else {"source": "192.0.2.2", "destination": "192.0.2.1"})))
        request = lambda method="INVITE", **more: message(f"{method} sip:b@h SIP/2.0", True, method, **more)
        response = lambda code, **more: message(f"SIP/2.0 {code} x", False, **more)

        def found(*packets):
            return stats("-", stdin=capture([(10**15 + int(at * 10**6), octets) for at, octets in packets]))
        call = lambda at: [(at, request()), (at + 1, response(200)), (at + 11, request("BYE", cseq=2)), (at + 12, response(200, method="BYE", cseq=2))]
        duration = lambda document: [(row["count"], row["sum_us"]) for row in document["delays"] if row["name"] == "SDT"]
        once, again = found(*call(0)), found(*call(0), *call(7200))
        self.assertEqual(duration(once), [(1, duration(once)[0][1])])
        self.assertEqual(duration(again), [(2, 2 * duration(once)[0][1])])
        self.assertEqual(again["sessions"], {"attempts": 2, "finals": [[200, 2]], "completed": 2})
        # The file's order is not the order of time.
        self.assertEqual(found(*reversed(call(0)))["sessions"], once["sessions"])
        self.assertEqual(found(*call(7200), *call(0))["sessions"]["attempts"], 2)
        # Ended before it was answered: no session has that duration.
        early = found((0, request()), (1, request("BYE", cseq=2)), (2, response(200, method="BYE", cseq=2)), (3, response(200)))
        self.assertEqual(sum(count for count, _ in duration(early)), 0)
        codes = [100, 180, 181, 182, 183, 199, 402]
        many = found((0, request()), *((1 + i, response(code)) for i, code in enumerate(codes)))
        self.assertEqual([row["code"] for row in many["transaction_responses"]], codes)
        self.assertEqual(many["sessions"]["finals"], [[402, 1]])
        # A response that the file has before its request, by their times.
        self.assertEqual([row for row in found((1, request()), (0.5, response(180)), (2, response(603)))["response_times"] if row["code"] == 180], [])

    def test_texts_and_logs(self):
        columns = "class,code,phrase,kind,method,sender,agent,transport,minute"
        lines = b"SIP/2.0 486 Busy Here\nSIP/2.0 404 No route to 5\nSIP/2.0 9 x\nSIP/2.0 200 OK"
        rows = stats("--by", columns, "-", stdin=lines)["rows"]
        self.assertIn(["client-error", "404", "No route to <n>", "local", "", "", "", "", ""], [row["values"] for row in rows])
        log = b"\n".join([b"<--- SIP read from UDP:192.0.2.7:5060 --->", b"SIP/2.0 486 Busy Here", *(line.encode() for line in self.lines()), b"", b"<------------->", b""])
        found = stats("--by", columns, "-", stdin=log)
        self.assertEqual([(row["address"], row["codes"]) for row in found["senders"]], [("192.0.2.7", [[486, 1]])])
        self.assertEqual(found["minutes"], [])
        fragment = b"NOTIFY sip:a SIP/2.0\r\nContent-Type: message/sipfrag\r\nContent-Length: 15\r\n\r\nSIP/2.0 200 OK\n"
        self.assertEqual(stats("--sipfrag", "-", stdin=p.pcap([p.ethernet(p.ipv4(p.udp(fragment)))]))["messages"]["responses"], 1)

    def test_chosen_by_message(self):
        octets = capture(traffic.Traffic(seed=4, calls=40).packets())
        whole = stats("-", stdin=octets)["messages"]
        hosts = {row["address"] for row in stats("-", stdin=octets)["senders"]}
        for flag, every, other in (("--host", ",".join(sorted(hosts)), "172.16.0.1"), ("--port", "5060", "9"),
                                   ("--since", "2001-01-01", "2040-01-01"), ("--until", "2040-01-01", "2001-01-01")):
            with self.subTest(flag):
                self.assertEqual(stats(flag, every, "-", stdin=octets)["messages"], whole)
                none = stats(flag, other, "-", stdin=octets)["messages"]
                self.assertEqual((none["requests"], none["responses"]), (0, 0))
        numbers = [number for number in range(40) if stats("--call-id", f"call-{number}@example.com", "-", stdin=octets)["messages"]["requests"]]
        self.assertEqual(numbers, list(range(40)))

    def test_long_captures_in_few_rows(self):
        """Minutes become hours, and a title never breaks a table."""
        head = b"Via: x;branch=z9hG4bK%d\r\nCall-ID: %d\r\nCSeq: 1 OPTIONS\r\n\r\n"
        packets = [(10**15 + n * 7 * 60_000_000, p.ethernet(p.ipv4(p.udp(b"SIP/2.0 200 OK\r\n" + head % (n, n))))) for n in range(400)]
        text = run("stats", "-", stdin=capture(packets)).out.decode()
        self.assertRegex(text, r"Each \d+ minutes")
        self.assertLess(len(text.splitlines()), 80)


class Damaged(unittest.TestCase):
    """A summary in which one value is not what it was: named, and the others are added; never a crash."""

    def places(self, value, place=()):
        yield place
        if isinstance(value, dict):
            for key, one in value.items():
                yield from self.places(one, (*place, key))
        elif isinstance(value, list):
            for number in sorted({0, len(value) - 1} & set(range(len(value)))):
                yield from self.places(value[number], (*place, number))

    def test_each_value(self):
        document = stats("--by", "code,agent", DEMO)
        text = json.dumps(document)
        chosen = random.Random(11).sample([(place, value) for place in self.places(document) if place
                                           for value in (None, [], {}, "x", -1, 2**63, 1.5, "")], 400)
        refused = 0
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "a.json"
            for place, value in chosen:
                broken = json.loads(text)
                holder = broken
                for key in place[:-1]:
                    holder = holder[key]
                holder[place[-1]] = value
                path.write_text(json.dumps(broken))
                result = run("merge", "-q", "-o", "json", path)
                with self.subTest(place=place, value=value):
                    self.assertIn(result.status, (0, 3))
                    if result.status == 3:
                        refused += 1
                        self.assertIn("a.json: ", result.err)
                        self.assertRegex(result.err, "expected|schema|other options|not ")
        self.assertGreater(refused, 200)


class Served(unittest.TestCase):
    def test_what_is_asked_for(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.pcap")
            with open(path, "wb") as file:
                file.write(capture(traffic.Traffic(seed=5, calls=5).packets()))
            process = subprocess.Popen([TOOL, "stats", "-o", "json", "--follow", "--listen", "127.0.0.1:0", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.addCleanup(lambda: (process.kill(), process.communicate()))
            place = re.search(r"http://(\S+)/metrics", process.stderr.readline().decode()).group(1)
            host, port = place.rsplit(":", 1)

            def ask(octets):
                with socket.create_connection((host, int(port)), timeout=10) as client:
                    try:
                        client.sendall(octets)
                        client.shutdown(socket.SHUT_WR)
                        return b"".join(iter(lambda: client.recv(65536), b""))
                    except OSError:  # it had enough
                        return b""
            head, _, body = ask(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").partition(b"\r\n\r\n")
            self.assertIn(b" 200 ", head.splitlines()[0])
            self.assertIn(b"sipstatus_requests_total", body)
            self.assertEqual(ask(b"HEAD /metrics HTTP/1.1\r\n\r\n").partition(b"\r\n\r\n")[2], b"")
            for other in (b"GET /else HTTP/1.1\r\n\r\n", b"POST /metrics HTTP/1.1\r\n\r\n", b"x\r\n\r\n"):
                self.assertIn(b" 404 ", ask(other).splitlines()[0])
            self.assertEqual(ask(b"GET"), b"")  # who goes before the request ends
            self.assertLess(len(ask(b"GET /metrics HTTP/1.1\r\n" + b"A: b\r\n" * 20_000)), 10**6)
            # Another one on the same port says so.
            second = run("stats", "--follow", "--listen", place, path)
            self.assertEqual(second.status, 2 if "expected" in second.err else 3)
            self.assertIn(place, second.err)
            self.assertTrue(ask(b"GET /metrics HTTP/1.1\r\n\r\n"))


@unittest.skipUnless(shutil.which("tshark") and (DATA / "captures").is_dir(), "there is no tshark, or no data")
class Tshark(unittest.TestCase):
    """Codes and methods as tshark's fields have them, on every capture, but where the table says why not."""

    # tshark does not look into GTP in GTP; a lower-case start line; damaged messages. The truth is in captures_test.py.
    OTHER = {"ndpi__fuzz-2006-06-26-2594.pcap": "damaged on purpose: tshark refuses some lines, and takes others for requests",
             "snort3_demo__gtpingtp.pcap": "a response in GTP in GTP, which tshark does not look into",
             "suricata-verify__http-evader-486__input.pcap": "a response on a port that tshark takes for another protocol's"}

    def test_numbers(self):
        for path in sorted((DATA / "captures").glob("*.pcap*")):
            fields = "frame.number sip.Status-Code sip.Method icmp.type icmpv6.type".split()
            shown = subprocess.run(["tshark", "-n", "-o", "tcp.reassemble_out_of_order:TRUE", "-r", path, "-Y", "sip", "-T", "fields", "-E", "aggregator=|",
                                    *(word for field in fields for word in ("-e", field))], capture_output=True, text=True).stdout
            codes, methods = collections.Counter(), collections.Counter()
            for line in shown.splitlines():
                _, code, method, icmp, icmp6 = line.split("\t")
                if not icmp and not icmp6:
                    codes.update(int(one) for one in code.split("|") if one)
                    methods.update(one for one in method.split("|") if one)
            document = json.loads(run("stats", "-q", "-o", "json", path).out)
            same = ({row["code"]: row["responses"] for row in document["codes"]} == codes and
                    {row["method"]: row["requests"] for row in document["methods"] if row["requests"]} == methods)
            with self.subTest(path.name):
                self.assertEqual(same, path.name not in self.OTHER)


if __name__ == "__main__":
    unittest.main(verbosity=2)
