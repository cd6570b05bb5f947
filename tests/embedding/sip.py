"""What the tests here share: loopback ports, processes that end with the test, and messages as octets."""
import contextlib
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HOST = "127.0.0.1"


def skip(reason):
    print("skipped:", reason)
    sys.exit(77)


def program(*names):
    """The path of a program that Debian may keep in /usr/sbin; ends the test as skipped where there is none."""
    for name in names:
        found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")
        if found:
            return found
    return skip(f"there is no {names[0]} here")


def free_port():
    """A loopback port that is free for UDP and TCP, below those that the kernel gives to sockets without one."""
    while True:
        port = random.randrange(12000, 32000)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket() as tcp, \
                contextlib.suppress(OSError):
            udp.bind((HOST, port))
            tcp.bind((HOST, port))
            return port


def udp_socket(timeout=5.0):
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    made.bind((HOST, 0))
    made.settimeout(timeout)
    return made


class Process:
    """A server in a folder of its own, with its output in a file. It ends with the block."""

    def __init__(self, arguments, ready, folder=None):
        self.folder = tempfile.TemporaryDirectory()
        self.log_file = pathlib.Path(folder or self.folder.name) / "log"
        self.arguments, self.ready = arguments, ready

    def __enter__(self):
        self.output = self.log_file.open("wb")
        self.process = subprocess.Popen(list(map(str, self.arguments)), stdin=subprocess.DEVNULL, stdout=self.output,
                                        stderr=subprocess.STDOUT, cwd=self.folder.name, start_new_session=True)
        deadline = time.monotonic() + 20
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"{self.arguments[0]} did not start:\n{self.log_text}")
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends it, and keeps what it has said in log_text."""
        if self.output.closed:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(3)
        # What it has started is in its session, and ends with it even where it could not end by itself.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.output.close()
        self.log_text = self.log_file.read_text("utf-8", "replace")
        self.folder.cleanup()

    def log(self):
        return self.log_file.read_text("utf-8", "replace") if self.log_file.exists() else self.log_text


def answers(port):
    """Whether a SIP server answers an OPTIONS on a UDP port."""
    with udp_socket(0.2) as client:
        client.sendto(request("OPTIONS", f"sip:ready@{HOST}:{port}", client, "ready", hops=0), (HOST, port))
        with contextlib.suppress(OSError):
            return client.recv(65535).startswith(b"SIP/2.0 ")
    return False


class Kamailio(Process):
    """Debian's Kamailio with one worker for UDP, so it handles messages in their order. The configuration is that of a
    file, with `{port}` and what else is named there filled in."""

    def __init__(self, configuration, memory=64, **values):
        self.port = free_port()
        super().__init__([], lambda: answers(self.port))
        text = pathlib.Path(configuration).read_text()
        for name, value in {**values, "port": self.port}.items():
            text = text.replace("{" + name + "}", str(value))
        made = pathlib.Path(self.folder.name) / "kamailio.cfg"
        made.write_text(text)
        self.arguments = [program("kamailio"), "-DD", "-E", "-f", made, "-m", memory, "-M", 16, "-w", self.folder.name,
                          "-Y", self.folder.name, "-P", f"{self.folder.name}/pid"]


def request(method, uri, client, call, cseq=1, hops=70, via="", transport="UDP", to_tag="", headers=()):
    """A request as octets. `client` is the socket that sends it."""
    host, port = client.getsockname()[:2]
    lines = [f"{method} {uri} SIP/2.0",
             via or f"Via: SIP/2.0/{transport} {host}:{port};branch=z9hG4bK-{call}-{cseq}",
             f"Max-Forwards: {hops}", f"From: <sip:caller@{host}>;tag=caller", f"To: <{uri}>{to_tag}",
             f"Call-ID: {call}", f"CSeq: {cseq} {method}", f"Contact: <sip:caller@{host}:{port}>", *headers,
             "Content-Length: 0"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def lines_of(message):
    """The lines of a header section, without CRLFs before it."""
    return message.lstrip(b"\r\n").partition(b"\r\n\r\n")[0].split(b"\r\n")


def header(message, name):
    """The values of a header, in order."""
    start = name.lower().encode() + b":"
    return [line[len(start):].strip().decode() for line in lines_of(message)[1:] if line.lower().startswith(start)]


def reply(status_line, to, tag="callee", headers=()):
    """The reply to a request: the line as it stands with its line end, and the headers that a reply copies."""
    copied = [line for line in lines_of(to)[1:]
              if line.split(b":")[0].strip().lower() in (b"via", b"from", b"call-id", b"cseq", b"record-route")]
    to_line = next(line for line in lines_of(to) if line.lower().startswith(b"to:"))
    if b"tag=" not in to_line:
        to_line += b";tag=" + tag.encode()
    rest = [*copied, to_line, *(one.encode() for one in headers), b"Content-Length: 0"]
    return status_line + b"\r\n".join(rest) + b"\r\n\r\n"
