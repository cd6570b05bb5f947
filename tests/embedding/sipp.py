"""Scenarios of sipp for both ends of a call, and running them."""
import contextlib
import errno
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time

import sip

COPIED = "[last_Via:]\n[last_From:]\n[last_To:];tag=[call_number]\n[last_Call-ID:]\n[last_CSeq:]"
START = """SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:caller@[local_ip]:[local_port]>;tag=[call_number]
To: <{uri}>{tag}
Call-ID: [call_id]
CSeq: {cseq}
Contact: <sip:caller@[local_ip]:[local_port];transport=[transport]>
Max-Forwards: 70
Content-Length: 0

"""


def literal(text):
    """As a scenario writes it: sipp takes a bracket for the beginning of a keyword."""
    return text.replace("[", r"\x5B")


def message(text):
    return f"<![CDATA[{text}]]>"


def checks(patterns):
    """Actions that fail the call unless each pattern is in the message."""
    def escaped(pattern):
        # A line end in an attribute of XML becomes a blank.
        pattern = pattern.replace("\r\n", "[[:cntrl:]]")
        return pattern.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    rows = "".join(f'<ereg regexp="{escaped(pattern)}" search_in="msg" check_it="true" assign_to="{n}"/>'
                   f'<log message="[${n}]"/>' for n, pattern in enumerate(patterns, 1))
    return f"<action>{rows}</action>" if rows else ""


def scenario(steps):
    return '<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="embedding">\n' + "\n".join(steps) + "\n</scenario>\n"


def caller(code, patterns=(), uri="sip:callee@[remote_ip]:[remote_port]"):
    """Invites, waits for a final code, and acknowledges it; a call that is accepted is ended."""
    accepted = 200 <= code < 300
    tag = "[peer_tag_param]"
    # Several branches may ring.
    steps = [f'<send retrans="500">{message(f"INVITE {uri} " + START.format(uri=uri, tag="", cseq="1 INVITE"))}</send>',
             *(f'<recv response="{one}" optional="true"/>' for one in (100, 180, 180, 183)),
             f'<recv response="{code}" rtd="true" rrs="true">{checks(patterns)}</recv>']
    # The ACK of a refusal is a part of the INVITE's transaction: the same branch (RFC 3261 section 17.1.1.3). What
    # follows in the dialog goes to the callee's Contact.
    target = "[next_url]" if accepted else uri
    ack = START.format(uri=uri, tag=tag, cseq="1 ACK")
    if not accepted:
        ack = ack.replace("branch=[branch]", "branch=[branch-6]")
    steps.append(f"<send>{message(f'ACK {target} ' + ack)}</send>")
    if accepted:
        end = START.format(uri=uri, tag=tag, cseq="2 BYE")
        steps += [f'<send retrans="500">{message(f"BYE {target} " + end)}</send>', '<recv response="200"/>']
    return scenario(steps)


def answer(line, headers="", to_tag=";tag=[call_number]"):
    """A reply to the last request."""
    return message(f"{line}\n{COPIED.replace(';tag=[call_number]', to_tag)}\n{headers}Content-Length: 0\n\n")


CONTACT = "Contact: <sip:callee@[local_ip]:[local_port];transport=[transport]>\n"


def callee(status_line, headers=(), ring=False, wait_ms=0):
    """Answers an INVITE with a line as it stands; of an accepted call it answers the BYE, too."""
    accepted = re.match(r"SIP/2\.0\s+2", status_line)
    # sipp loads no scenario with a line that it cannot read itself; an escape or an empty keyword hides it.
    line = literal(status_line)
    line = re.sub(r"^SIP/2\.0  ", r"SIP/2.0\\x20 ", line)
    line = re.sub(r"^(SIP/2\.0 \d+)$", r"\1[nothing]", line)
    steps = ['<recv request="INVITE"/>']
    if ring:
        steps.append(f"<send>{answer('SIP/2.0 180 Ringing', CONTACT)}</send>")
    if wait_ms:
        steps.append(f'<pause milliseconds="{wait_ms}"/>')
    # What sipp cannot read itself it would send again for ever.
    again = ' retrans="500"' if re.match(r"SIP/2\.0 [2-6]\d\d ", status_line) else ""
    more = CONTACT + "".join(f"{literal(one)}\n" for one in headers)
    steps += [f"<send{again}>{answer(line, more)}</send>", '<recv request="ACK"/>']
    if accepted:
        steps += ['<recv request="BYE"/>', f"<send>{answer('SIP/2.0 200 OK', to_tag='')}</send>"]
    return scenario(steps)


def cancelled_callee():
    """Rings until it is cancelled."""
    end = answer("SIP/2.0 487 Request Terminated").replace("[last_CSeq:]", "CSeq: 1 INVITE")
    return scenario(['<recv request="INVITE"/>', f"<send>{answer('SIP/2.0 180 Ringing', CONTACT)}</send>",
                     '<recv request="CANCEL"/>', f"<send>{answer('SIP/2.0 200 OK')}</send>",
                     f'<send retrans="500">{end}</send>', '<recv request="ACK"/>'])


def is_bound(port, tcp):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((sip.HOST, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


class Sipp:
    """One end, as a process. `wait()` fails with sipp's own words unless every call went as the scenario says."""

    def __init__(self, xml, *arguments, port=None, tcp=False, calls=1, server=False):
        self.folder = tempfile.TemporaryDirectory()
        self.port = port or sip.free_port()
        self.name = "callee" if server else "caller"
        folder = pathlib.Path(self.folder.name)
        (folder / "scenario.xml").write_text(xml)
        with (folder / "out").open("wb") as out:
            self.process = self.start(folder, out, arguments, calls, tcp)
        if server:
            deadline = time.monotonic() + 10
            while not is_bound(self.port, tcp):
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(f"sipp did not start:\n{self.log()}")
                time.sleep(0.01)

    def start(self, folder, out, arguments, calls, tcp):
        return subprocess.Popen(
            [sip.program("sipp"), *map(str, arguments), "-sf", "scenario.xml", "-i", sip.HOST, "-p", str(self.port),
             "-cp", str(sip.free_port()), "-m", str(calls), "-t", "t1" if tcp else "u1", "-key", "nothing", "",
             "-nostdin", "-nd", "-trace_err", "-trace_stat", "-fd", "1", "-buff_size", str(1 << 22),
             "-timeout_error", "-skip_rlimit"],
            cwd=folder, stdout=out, stderr=subprocess.STDOUT, env=os.environ | {"TERM": "dumb"})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.folder.cleanup()

    def log(self):
        texts = [file.read_text("utf-8", "replace")[-3000:] for file in pathlib.Path(self.folder.name).iterdir()
                 if file.name == "out" or "errors" in file.name]
        return "\n".join(texts)

    def wait(self, timeout=60):
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout)
        if self.process.poll() != 0:
            raise AssertionError(f"sipp as the {self.name}: status {self.process.poll()}\n{self.log()}")

    def statistics(self):
        """The last row of sipp's statistics, by name."""
        file = next(file for file in pathlib.Path(self.folder.name).iterdir() if file.suffix == ".csv")
        rows = file.read_text().splitlines()
        return dict(zip(rows[0].split(";"), rows[-1].split(";")))
