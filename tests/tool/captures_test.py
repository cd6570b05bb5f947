"""Real and synthetic captures: `list` gives what truth.tsv says is there, or else what tshark reads.

Every capture of the data is in READ: a new one fails the test until somebody has looked.
"""

import os
import pathlib
import re
import unittest

from tool import run, skip

DATA = pathlib.Path(os.environ.get("SIPSTATUS_TEST_DATA") or pathlib.Path(__file__).resolve().parents[3] / "shared/data")

READ = """
captures/arkime__arkime_synthetic.pcap
captures/arkime__gtp-iphone.pcap
captures/heplify__ipip0.pcap
captures/isa__sip.pcap
captures/isa__sip.pcap.pcapng
captures/laborator09__sip.pcap
captures/ndpi__fuzz-2006-06-26-2594.pcap
captures/ndpi__pcap__sip.pcap
captures/pcapplusplus__PacketExamples__sdp.pcap
captures/pcapplusplus__sip_non_default_port.pcap
captures/pcaps__Forensic_challenge_4.pcap
captures/sipnab__Asterisk_ZFONE_XLITE.pcap
captures/sipnab__DTMFsipinfo.pcap
captures/sipnab__codec-negotiation.pcap
captures/sipnab__h263-over-rtp.pcap
captures/sipnab__invite-opus-bye.pcap
captures/sipnab__rtp-protocol.pcap
captures/sipnab__sip-488-codec-reject.pcapng
captures/sipnab__sip-auth-failure.pcapng
captures/sipnab__sip-over-tcp.pcap
captures/sipnab__sip-routing-error.pcapng
captures/sipnab__sip-rtp-g722.pcap
captures/sipnab__sip-rtp-g729a.pcap
captures/sipnab__sip-rtp-opus-hybrid.pcap
captures/sipnab__sip_call.pcap
captures/sipnab__sipp-branch-scenario.pcapng
captures/sipnab__udp_5060.pcap
captures/sngrep__aaa.pcap
captures/sngrep__ipip.pcap
captures/sngrep__ipv6frag.pcap
captures/snort3_demo__SIP_Eyebeam2Eyebeam_Video_Audio.pcap
captures/snort3_demo__gtpingtp.pcap
captures/snort3_demo__reputation__ipv4.pcap
captures/snort3_demo__user_defined_method.pcap
captures/suricata-verify__http-evader-486__input.pcap
captures/suricata-verify__http-evader-488__input.pcap
captures/suricata-verify__public-cloudshark-sip-s0.pcap
captures/suricata-verify__sip-options-method__input.pcap
captures/suricata-verify__sip-pattern-matching__sip.pcap
captures/suricata-verify__sip-sdp__sdp.pcap
captures/suricata-verify__sip-tcp-pattern-matching__sip.pcap
captures/suricata-verify__sip-tcp.pcap
captures/zeek__invalid-content-length.pcap
captures/zeek__sip-junk-before-request.pcap
captures/zeek__sip-long-request-response-paths.pcap
captures/zeek__wireshark.pcap
captures_synthetic/6in4.pcap
captures_synthetic/fmt_be_nsec.pcap
captures_synthetic/fmt_le_nsec.pcap
captures_synthetic/fmt_mixed_linktypes.pcapng
captures_synthetic/gtpu.pcap
captures_synthetic/http_lookalike.pcap
captures_synthetic/ip4frag_missing_first.pcap
captures_synthetic/ip4frag_missing_last.pcap
captures_synthetic/ip4frag_reversed.pcap
captures_synthetic/ip6frag.pcap
captures_synthetic/ipip.pcap
captures_synthetic/ipv6.pcap
captures_synthetic/mpls.pcap
captures_synthetic/pppoe.pcap
captures_synthetic/sctp.pcap
captures_synthetic/sctp_fragmented.pcap
captures_synthetic/sipfrag_notify.pcap
captures_synthetic/sll.pcap
captures_synthetic/sll2.pcap
captures_synthetic/tcp_bytewise.pcap
captures_synthetic/tcp_crlf_keepalive.pcap
captures_synthetic/tcp_gap.pcap
captures_synthetic/tcp_no_content_length.pcap
captures_synthetic/tcp_outoforder.pcap
captures_synthetic/tcp_pipelined.pcap
captures_synthetic/tcp_pipelined_1460.pcap
captures_synthetic/tcp_retransmit.pcap
captures_synthetic/tcp_split_startline.pcap
captures_synthetic/truncated_snaplen60.pcap
captures_synthetic/udp_two_in_datagram.pcap
captures_synthetic/vlan.pcap
captures_synthetic/vxlan.pcap
captures_synthetic/ws_text.pcap
""".split()

# Those among them where octets that look like SIP are not in a message, or cannot be put together.
PARTLY_READ = ["captures/ndpi__fuzz-2006-06-26-2594.pcap"]

# file -> {(frame or ordinal, their line): our line}, and why.
DIFFERENCES = {
    # truth.tsv names 18 octets of SIP in each packet, and shows 17 of the two that are cut.
    "captures_synthetic/truncated_snaplen60.pcap": {(1, "SIP/2.0 180 Ringi"): "SIP/2.0 180 Ringin",
                                                    (3, "SIP/2.0 486 Busy "): "SIP/2.0 486 Busy H"},
}

# file -> [(frame, our line)]: what they do not list, and why.
OURS_ALONE = {
    # The answer to an HTTP request; tshark takes it for HTTP by its port.
    "captures/suricata-verify__http-evader-486__input.pcap": [(5, "SIP/2.0 200 ok")],
    # tshark does not recognise a status line with NUL in it.
    "captures/ndpi__fuzz-2006-06-26-2594.pcap": [(108, "SIP/2.0 401 Unauthori%s\0"),
                                                 (348, "SIP/2.0 403 Wrong passw%s\0 or domain")],
    # From port 2152 to port 5060: tshark takes it for GTP by the one and finds it malformed, we look at the octets.
    "captures/snort3_demo__gtpingtp.pcap": [(2, "SIP/2.0 487 Busy Here")],
}


def expected(name):
    """[(frame, or the ordinal in truth.tsv; line)]: of truth.tsv if it has the file, else of tshark."""
    folder, file = name.split("/")
    lines = []
    if folder == "captures_synthetic":
        for row in (DATA / folder / "truth.tsv").read_text("utf-8").splitlines()[1:]:
            of, ordinal, _, line, _ = row.split("\t")
            if of == file:
                octets = re.sub(r"\\x(..)", lambda digits: chr(int(digits[1], 16)), line).encode("latin-1")
                lines.append((int(ordinal), octets.decode()))
        return lines
    for row in (DATA / folder / "tshark" / (file + ".tsv")).read_text("utf-8").splitlines()[1:]:
        frame, _, line = row.split("\t")
        lines.append((int(frame), line))
    return lines


def listed(name, path):
    result = run("list", "-o", "ndjson", path)
    rows = [(row["frame"], "SIP/2.0 %d %s" % (row["code"], row["reason"])) for row in result.rows()]
    if name.startswith("captures_synthetic/"):
        rows = [(i + 1, line) for i, (_, line) in enumerate(rows)]
    return result, rows


class Captures(unittest.TestCase):
    def test_each_is_named(self):
        there = {f"{folder}/{path.name}" for folder in ("captures", "captures_synthetic")
                 for path in (DATA / folder).iterdir() if re.search(r"\.(pcap|pcapng)$", path.name)}
        self.assertEqual(len(READ), len(set(READ)))
        self.assertEqual(there, set(READ))

    def test_read(self):
        for name in READ:
            with self.subTest(name):
                result, rows = listed(name, DATA / name)
                self.assertEqual(result.status, 3 if name in PARTLY_READ else 0, result.err)
                wanted = expected(name)
                for theirs, ours in DIFFERENCES.get(name, {}).items():
                    wanted[wanted.index(theirs)] = (theirs[0], ours)
                for alone in OURS_ALONE.get(name, []):
                    self.assertNotIn(alone, wanted, "a difference that is none")
                    wanted.append(alone)
                self.assertEqual(rows, sorted(wanted))

    def test_check_reads_the_same(self):
        for name in READ:
            with self.subTest(name):
                result = run("check", DATA / name)
                self.assertIn(result.status, (3,) if name in PARTLY_READ else (0, 1))
                _, rows = listed(name, DATA / name)
                errors = len(re.findall(rb"^[^\n]*: error: (?!.*\[incomplete\])", result.out, re.M))
                self.assertIn("%d response" % (len(rows) + errors), result.err)


if __name__ == "__main__":
    if not (DATA / "captures").is_dir():
        skip("no captures in %s" % DATA)
    unittest.main(verbosity=2)
