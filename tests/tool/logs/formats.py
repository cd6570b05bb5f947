"""What programs write of a SIP message. A format is a function of a message that gives the lines of a log and what they
tell: [line, ...], told. The line with the status line is the one that begins or goes on with it; the test finds it.

`told` has what `list -o ndjson` must say besides code and phrase: time, src, dst, transport, call_id, method. What is
missing there must be null.
"""
import dataclasses
import datetime


@dataclasses.dataclass
class Message:
    code: int
    reason: str
    when: datetime.datetime  # naive; the log's own clock
    remote: tuple
    local: tuple
    transport: str  # "udp" or "tcp"
    received: bool
    call_id: str
    cseq: int
    method: str

    def status_line(self):
        return "SIP/2.0 %d %s" % (self.code, self.reason)

    def header(self):
        name = "udp" if self.transport == "udp" else "tcp"
        return ["Via: SIP/2.0/%s 192.0.2.77:5060;branch=z9hG4bK%d;rport" % (name.upper(), self.cseq),
                "From: <sip:alice@example.com>;tag=a%d" % self.cseq, "To: \"Bob\" <sip:bob@example.com>;tag=b",
                "Call-ID: " + self.call_id, "CSeq: %d %s" % (self.cseq, self.method),
                "User-Agent: Phone/2.0 (build 200)", "Content-Length: 0"]

    def lines(self):
        return [self.status_line(), *self.header(), ""]

    def source(self):
        return self.remote if self.received else self.local

    def destination(self):
        return self.local if self.received else self.remote


def spelled(end):
    host, port = end
    return ("[%s]" if ":" in host else "%s") % host + (":%d" % port if port else "")


def fields(m):
    return {"call_id": m.call_id, "method": m.method}


def remote_only(m, transport=True):
    told = {"src" if m.received else "dst": spelled(m.remote)}
    if transport:
        told["transport"] = m.transport
    return told


def both(m, transport=True):
    told = {"src": spelled(m.source()), "dst": spelled(m.destination())}
    if transport:
        told["transport"] = m.transport
    return told


# Spellings of a time, and what the tool says of them.

def utc(when):
    return when.strftime("%Y-%m-%dT%H:%M:%S.%f000Z")


def zoneless(when):
    return when.strftime("%Y-%m-%dT%H:%M:%S.%f000")


def yearless(when):
    return when.strftime("%m-%dT%H:%M:%S.%f000")


def dateless(when):
    return when.strftime("%H:%M:%S.%f000")


def whole_seconds(when):
    return when.replace(microsecond=0)


def milliseconds(when):
    return when.replace(microsecond=when.microsecond // 1000 * 1000)


def ms(when):
    return "%03d" % (when.microsecond // 1000)


TIMES = {
    "iso": lambda w: (w.strftime("%Y-%m-%d %H:%M:%S.%f"), zoneless(w)),
    "iso_t": lambda w: (w.strftime("%Y-%m-%dT%H:%M:%S.%f"), zoneless(w)),
    "iso_z": lambda w: (w.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), utc(w)),
    "iso_offset": lambda w: (w.strftime("%Y-%m-%dT%H:%M:%S.%f+01:00"), utc(w - datetime.timedelta(hours=1))),
    "iso_offset_short": lambda w: (w.strftime("%Y-%m-%d %H:%M:%S.%f-0330"), utc(w + datetime.timedelta(hours=3, minutes=30))),
    "comma": lambda w: (w.strftime("%Y-%m-%d %H:%M:%S,") + ms(w), zoneless(milliseconds(w))),
    "colon": lambda w: (w.strftime("%Y-%m-%d %H:%M:%S:") + ms(w), zoneless(milliseconds(w))),
    "slashes": lambda w: (w.strftime("%Y/%m/%d %H:%M:%S.%f"), zoneless(w)),
    "american": lambda w: (w.strftime("%m/%d/%Y %H:%M:%S.") + ms(w), zoneless(milliseconds(w))),
    "american_pm": lambda w: (w.strftime("%m/%d/%Y %I:%M:%S %p"), zoneless(whole_seconds(w))),
    "german": lambda w: (w.strftime("%d.%m.%Y %H:%M:%S"), zoneless(whole_seconds(w))),
    "apache": lambda w: (w.strftime("%d/%b/%Y:%H:%M:%S +0000"), utc(whole_seconds(w))),
    "month_first": lambda w: (w.strftime("%b %d %Y %H:%M:%S.") + ms(w), zoneless(milliseconds(w))),
    "day_first": lambda w: (w.strftime("%d %b %Y %H:%M:%S"), zoneless(whole_seconds(w))),
    "gmt": lambda w: (w.strftime("%a, %d %b %Y %H:%M:%S GMT"), utc(whole_seconds(w))),
    "ctime": lambda w: (w.strftime("%a %b %d %H:%M:%S %Y"), zoneless(whole_seconds(w))),
    "syslog": lambda w: (w.strftime("%b ") + "%2d" % w.day + w.strftime(" %H:%M:%S"), yearless(whole_seconds(w))),
    "logcat": lambda w: (w.strftime("%m-%d %H:%M:%S.") + ms(w), yearless(milliseconds(w))),
    "clock": lambda w: (w.strftime("%H:%M:%S.%f"), dateless(w)),
    "epoch": lambda w: ("%d.%06d" % (w.replace(tzinfo=datetime.timezone.utc).timestamp(), w.microsecond), utc(w)),
}


# The formats. Those that take a time are in PLAIN, the others say which their program has.

FORMATS = {}


def log_format(function):
    FORMATS[function.__name__] = function
    return function


@log_format
def asterisk_chan_sip(m):
    first = ("<--- SIP read from %s:%s --->" % (m.transport.upper(), spelled(m.remote)) if m.received else
             "<--- Transmitting (NAT) to %s --->" % spelled(m.remote))
    return [first, *m.lines(), "<------------->", "--- (7 headers 0 lines) ---"], {**fields(m), **remote_only(m, m.received)}


@log_format
def asterisk_reliably(m):
    m.received = False
    return ["Reliably Transmitting (no NAT) to %s:" % spelled(m.remote), *m.lines(), "", "---"], \
        {**fields(m), **remote_only(m, False)}


@log_format
def asterisk_pjsip(m):
    text, time = TIMES["iso"](whole_seconds(m.when))
    what = "Received SIP response (470 bytes) from" if m.received else "Transmitting SIP response (470 bytes) to"
    return ["[%s] VERBOSE[1234] res_pjsip_logger.c: <--- %s %s:%s --->" %
            (text[:19], what, m.transport.upper(), spelled(m.remote)), *m.lines(), ""], \
        {**fields(m), **remote_only(m), "time": zoneless(whole_seconds(m.when))}


@log_format
def sofia(m):
    verb, word = ("recv", "from") if m.received else ("send", "to")
    host, port = m.remote
    dashes = "   " + "-" * 72
    return ["%s 470 bytes %s %s/[%s]:%d at %s:" % (verb, word, m.transport, host, port, m.when.strftime("%H:%M:%S.%f")), dashes,
            *("   " + line if line else "" for line in m.lines()), dashes], {**fields(m), **remote_only(m), "time": dateless(m.when)}


@log_format
def freeswitch_console(m):
    lines, told = sofia(m)
    return ["2023-11-14 22:13:19.100000 [DEBUG] sofia.c:7443 Channel entering state [ringing][180]", *(line[3:] if line.startswith("   ") else line for line in lines)], told


@log_format
def kamailio_xlog(m):
    text, time = TIMES["syslog"](m.when)
    message = "#015#012".join(m.lines())
    return ["%s lb kamailio[4711]: INFO: <script>: reply from %s:%s: %s#015#012" % (text, m.transport, spelled(m.remote), message)], \
        {**fields(m), "src": spelled(m.remote), "transport": m.transport, "time": time}


@log_format
def opensips_iso(m):
    text, time = TIMES["iso_offset"](m.when)
    return ["%s lb /usr/sbin/opensips[51971]: src=%s dst=%s proto=%s [%s]" %
            (text, spelled(m.source()), spelled(m.destination()), m.transport, "\\r\\n".join(m.lines()) + "\\r\\n")], \
        {**fields(m), **both(m), "time": time}


@log_format
def kamailio_sip_dump(m):
    epoch, time = TIMES["epoch"](m.when)
    ends = []
    for name, (host, port) in (("src", m.source()), ("dst", m.destination())):
        ends += ["%sip: %s" % (name, host), "%sport: %d" % (name, port)]
    return ["=" * 20, "tag: rcv", "pid: 12", "process: 3", "time: " + epoch, "date: Tue Nov 14 22:13:20 2023",
            "proto: %s ipv4" % m.transport, *ends, "~" * 20, *m.lines(), "|" * 20], {**fields(m), **both(m), "time": time}


@log_format
def sipp_messages(m):
    what = "received [470] bytes :" if m.received else "sent (470 bytes):"
    return ["-" * 47 + " " + m.when.strftime("%Y-%m-%d\t%H:%M:%S.%f\t1700000000.123456"), "%s message %s" % (m.transport.upper(), what),
            "", *m.lines(), ""], {**fields(m), "time": zoneless(m.when), "transport": m.transport}


@log_format
def sipp_errors(m):
    lines = m.lines()
    return [m.when.strftime("%Y-%m-%d\t%H:%M:%S.%f") + ": Aborting call on unexpected message for Call-Id '%s': while expecting "
            "'100' (index 1), received '%s" % (m.call_id, lines[0]), *lines[1:], "'."], {**fields(m), "time": zoneless(m.when)}


@log_format
def linphone(m):
    text, time = TIMES["colon"](m.when)
    what = ("received [470] new bytes from [%s://%s]:" if m.received else "message sent to [%s://%s], size: [470] bytes") % \
        (m.transport.upper(), spelled(m.remote))
    return ["%s [linphone/belle-sip] MESSAGE channel [0x42cb120]: %s" % (text, what), *m.lines(), ""], \
        {**fields(m), **remote_only(m), "time": time}


@log_format
def linphone_on_windows(m):
    """Each line end came twice."""
    lines, told = linphone(m)
    doubled = []
    for line in lines[1:]:
        doubled += [line, ""]
    return [lines[0], *doubled], told


@log_format
def linphone_on_android(m):
    text, time = TIMES["logcat"](m.when)
    prefix = text + " 11681 11731 I Linphone: "
    lines, told = linphone(m)
    return [prefix + line for line in ["channel [0x8e792840]: received [470] new bytes from [%s://%s]:" %
                                       (m.transport.upper(), spelled(m.remote)), *m.lines()]], \
        {**fields(m), "src": spelled(m.remote), "transport": m.transport, "time": time}


@log_format
def baresip(m):
    return ["\x1b[36;1m%s#" % m.when.strftime("%H:%M:%S.%f")[:12], "%s %s -> %s" % (m.transport.upper(), spelled(m.source()), spelled(m.destination())),
            *m.lines(), "\x1b[;m"], {**fields(m), **both(m), "time": dateless(milliseconds(m.when))}


@log_format
def pjsua(m):
    verb, word = ("RX", "from") if m.received else ("TX", "to")
    return ["%s   pjsua_core.c  .%s 470 bytes Response msg %d/%s/cseq=%d (rdta0x1) %s %s %s:" %
            (m.when.strftime("%H:%M:%S.") + ms(m.when), verb, m.code, m.method, m.cseq, word, m.transport.upper(), spelled(m.remote)),
            *m.lines(), "", "--end msg--"], {**fields(m), **remote_only(m), "time": dateless(milliseconds(m.when))}


@log_format
def cucm_sdl(m):
    m.transport = "tcp"
    host, port = m.remote
    what = "wait_SdlReadRsp: Incoming SIP TCP message from %s on port %d index 12 with 470 bytes:" if m.received else \
        "wait_SdlSPISignal: Outgoing SIP TCP message to %s on port %d index 12 "
    return ["00123456.002 |%s |AppInfo  |SIPTcp - %s" % (m.when.strftime("%H:%M:%S.") + ms(m.when), what % (host, port)), "[126,NET]",
            *m.lines()], {**fields(m), **remote_only(m), "time": dateless(milliseconds(m.when))}


@log_format
def cube(m):
    return ["*%s: //-1/xxxxxxxxxxxx/SIP/Msg/ccsipDisplayMsg:" % (m.when.strftime("%b %d %Y %H:%M:%S.") + ms(m.when)),
            "Received:" if m.received else "Sent:", *m.lines()], {**fields(m), "time": zoneless(milliseconds(m.when))}


@log_format
def oracle(m):
    verb = "received from" if m.received else "sent to"
    return ["-" * 40, "%s On [256:0]%s %s %s" % (m.when.strftime("%b %d %H:%M:%S.") + ms(m.when), spelled(m.local), verb, spelled(m.remote)),
            *m.lines()], {**fields(m), **both(m, False), "time": yearless(milliseconds(m.when))}


@log_format
def audiocodes(m):
    m.received = True
    return ["<133>[S=1718478] [SID=b9027c:24:198173]  (N  6891753) ---- Incoming SIP Message from %s to SIPInterface #2 (Teams) %s TO(#134) "
            "SocketID(200) ---- #012%s #012 [Time:%s]" % (spelled(m.remote), m.transport.upper(), " #012".join(m.lines()[:-1]),
                                                         m.when.strftime("%d-%m@%H:%M:%S.") + ms(m.when))], \
        {**fields(m), **remote_only(m), "time": yearless(milliseconds(m.when))}


@log_format
def avaya(m):
    verb = "RECEIVED from" if m.received else "SENT to"
    return ["[%s] DBH:     SIGNAL: [5f70] %s %s. Length= 300." % (m.when.strftime("%Y-%m-%d %H:%M:%S.") + ms(m.when), verb, spelled(m.remote)), "{",
            "[5f70] " + m.status_line(), *m.lines()[1:], "", "[5f70] }"], {**fields(m), **remote_only(m, False), "time": zoneless(milliseconds(m.when))}


@log_format
def avaya_experience_portal(m):
    m.received = True
    return ["@%s||FINEST|Tele|8513|FileName=sip/SIPTCP.cpp,LineNumber=408|SIPTCP::ProcessRead: <%s^M" %
            (m.when.strftime("%Y-%m-%d %H:%M:%S,") + ms(m.when), m.status_line()), *(line + "^M" for line in m.lines()[1:])], \
        {**fields(m), "time": zoneless(milliseconds(m.when))}


@log_format
def sngrep(m):
    return [m.when.strftime("%Y/%m/%d %H:%M:%S.%f") + " %s -> %s" % (spelled(m.source()), spelled(m.destination())), *m.lines(), "", ""], \
        {**fields(m), **both(m, False), "time": zoneless(m.when)}


@log_format
def ngrep_byline(m):
    m.transport = "udp"
    return ["#", "U %s %s -> %s #5" % (m.when.strftime("%Y/%m/%d %H:%M:%S.%f"), spelled(m.source()), spelled(m.destination())),
            *(line + "." for line in m.lines()), ""], {**fields(m), **both(m), "time": zoneless(m.when)}


@log_format
def ngrep(m):
    m.transport = "udp"
    return ["U %s -> %s" % (spelled(m.source()), spelled(m.destination())), "  " + "..".join(m.lines()) + ".."], {**fields(m), **both(m)}


@log_format
def ngrep_single(m):
    m.transport = "udp"
    return ["U %s -> %s %s.." % (spelled(m.source()), spelled(m.destination()), "..".join(m.lines()))], {**fields(m), **both(m)}


@log_format
def tcpdump(m):
    dotted = ["%s.%d" % end for end in (m.source(), m.destination())]
    return ["%s IP %s > %s: SIP: %s" % (m.when.strftime("%H:%M:%S.%f"), *dotted, m.status_line())], {**both(m, False), "time": dateless(m.when)}


@log_format
def tcpdump_payload(m):
    """-A, on a port where tcpdump does not look for SIP."""
    dotted = ["%s.%d" % end for end in (m.source(), m.destination())]
    return ["%s IP %s > %s: UDP, length 470" % (m.when.strftime("%H:%M:%S.%f"), *dotted),
            "E..x..@.@...........'...aK" + m.status_line(), *m.lines()[1:]], {**fields(m), **both(m), "time": dateless(m.when), "transport": "udp"}


@log_format
def wireshark_stream(m):
    return m.lines() + [""], fields(m)


@log_format
def wireshark_details(m):
    name = {"udp": "User Datagram Protocol", "tcp": "Transmission Control Protocol"}[m.transport]
    return ["Frame 3: 273 bytes on wire (2184 bits), 273 bytes captured (2184 bits)", "    Encapsulation type: Ethernet (1)",
            "    Arrival Time: " + m.when.strftime("%b %d, %Y %H:%M:%S.%f000 UTC"), "    Frame Number: 3",
            "Ethernet II, Src: 00:00:5e:00:53:01 (00:00:5e:00:53:01), Dst: 00:00:5e:00:53:02 (00:00:5e:00:53:02)",
            "Internet Protocol Version 4, Src: %s, Dst: %s" % (m.source()[0], m.destination()[0]), "    Time to Live: 64",
            "%s, Src Port: %d, Dst Port: %d" % (name, m.source()[1], m.destination()[1]),
            "Session Initiation Protocol (%d)" % m.code, "    Status-Line: " + m.status_line(), "        Status-Code: %d" % m.code,
            "        [Resent Packet: False]", "    Message Header", *("        " + line for line in m.header()), ""], \
        {**fields(m), **both(m), "time": utc(m.when)}


@log_format
def tshark_fields(m):
    return ["3\t%s\t%s\t%d\t%s\t%d\t%s" % (TIMES["epoch"](m.when)[0], *m.source(), *m.destination(), m.status_line())], \
        {**both(m, False), "time": utc(m.when)}


@log_format
def tshark_fields_with_commas(m):
    return ['"%s","%s","%s","%s","INVITE"' % (TIMES["epoch"](m.when)[0], m.source()[0], m.destination()[0], m.status_line())], \
        {"src": m.source()[0], "dst": m.destination()[0], "time": utc(m.when)}


@log_format
def tshark_json(m):
    return ['    "_index": "packets-2023-11-14",', '          "frame.time_epoch": "%s",' % TIMES["epoch"](m.when)[0],
            '          "ip.src": "%s",' % m.source()[0], '          "ip.dst": "%s",' % m.destination()[0],
            '        "%s": {' % m.transport, '          "%s.srcport": "%d",' % (m.transport, m.source()[1]),
            '          "%s.dstport": "%d",' % (m.transport, m.destination()[1]), '          "sip.Status-Line": "%s",' % m.status_line(),
            '            "sip.Status-Code": "%d"' % m.code, '          "sip.Call-ID": "%s",' % m.call_id,
            '          "sip.CSeq": "%d %s",' % (m.cseq, m.method), "  },"], {**fields(m), **both(m), "time": utc(m.when)}


@log_format
def journald_short(m):
    text, time = TIMES["syslog"](m.when)
    return ["%s host sip-proxy[812]: %s" % (text, line) for line in
            ["received %d bytes from %s:%s" % (470, m.transport, spelled(m.remote)), *m.lines()]], {**fields(m), "time": time}


@log_format
def journald_json(m):
    stamp = "%d%06d" % (m.when.replace(tzinfo=datetime.timezone.utc).timestamp(), m.when.microsecond)
    message = "\\r\\n".join(line.replace('"', '\\"') for line in m.lines())
    return ['{"__REALTIME_TIMESTAMP":"%s","_PID":"812","MESSAGE":"received from %s:%s: %s\\r\\n","_HOSTNAME":"host"}' %
            (stamp, m.transport, spelled(m.remote), message)], {**fields(m), "src": spelled(m.remote), "transport": m.transport, "time": utc(m.when)}


@log_format
def python_repr(m):
    text, time = TIMES["comma"](m.when)
    return ["%s DEBUG:sip:received from %s: b'%s\\r\\n'" % (text, spelled(m.remote), "\\r\\n".join(m.lines()))], \
        {**fields(m), "src": spelled(m.remote), "time": time}


@log_format
def go_log(m):
    text, time = TIMES["iso_offset"](whole_seconds(m.when))
    message = "\\r\\n".join(line.replace('"', '\\"') for line in m.lines())
    return ['time="%s" level=trace msg="send response,to: %s message: \\n %s\\r\\n"' % (text[:19] + text[26:], spelled(m.remote), message)], \
        {**fields(m), "dst": spelled(m.remote), "time": time}


@log_format
def prose(m):
    text, time = TIMES["iso"](m.when)
    return ["%s INFO got %s from %s:%s after 12 ms" % (text, m.status_line(), m.transport, spelled(m.remote))], {"time": time}


@log_format
def colours(m):
    text, time = TIMES["clock"](m.when)
    return ["\x1b[2m%s\x1b[0m \x1b[32m%s\x1b[0m" % (text, m.status_line())], {"time": time}


@log_format
def grep_colours(m):
    return ["\x1b[01;31m\x1b[K%s\x1b[m\x1b[K" % m.status_line(), *m.lines()[1:]], fields(m)


def with_time(spelling):
    """A logger of no known program, with a time in one of the spellings."""
    def write(m):
        text, time = TIMES[spelling](m.when)
        told = {**fields(m), "time": time}
        return ["%s [info] sip: %s" % (text, line) for line in m.lines()], told
    return write


for name in TIMES:
    FORMATS["time_" + name] = with_time(name)
