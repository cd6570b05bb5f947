"""The HTML report in a real browser: drawn, used by mouse and keyboard, silent, offline, and deaf to hostile text."""

import json
import os
import pathlib
import re
import sys
import tempfile
import unittest

import packets as p
import traffic
from browser import CHROMIUM, Browser
from tool import run, skip

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMO = ROOT / "tests/demo/demo.pcap"
HOSTILE = "</script><script>window.broken=1</script><img src=x onerror=window.broken=1>\"'&amp;<!--]]>${window.broken=1}"


def capture(packets):
    return p.pcap([octets for _, octets in packets], times=[(at // 1_000_000, at % 1_000_000) for at, _ in packets])


def hostile_capture():
    lines = [f"Via: SIP/2.0/UDP h;branch=z9hG4bK{HOSTILE}", "Call-ID: " + HOSTILE, "CSeq: 1 INVITE", "To: <sip:b@h>", "User-Agent: " + HOSTILE,
             f"Reason: {HOSTILE.replace(';', '')};cause=1", "Content-Length: 0", "", ""]
    request = ("INVITE sip:b@h SIP/2.0\r\n" + "\r\n".join(lines)).encode()
    response = (f"SIP/2.0 503 {HOSTILE}\r\n" + "\r\n".join(lines)).encode()
    packets = [(10**15 + i * 10**6, p.ethernet(p.ipv4(p.udp(octets)))) for i, octets in enumerate((request, response, response))]
    return capture(packets)


class Written(unittest.TestCase):
    def test_one_file_that_loads_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            to = os.path.join(folder, "report.html")
            result = run("stats", "-q", "--html", to, DEMO)
            self.assertEqual(result.status, 0, result.err)
            self.assertEqual(result.out, run("stats", "-q", DEMO).out)
            page = pathlib.Path(to).read_text("utf-8")
            self.assertLess(len(page), 1_000_000)
            self.assertEqual(re.findall(r"%\{[^}]*\}", page), [])
            self.assertIn("MIT License", page)
            self.assertEqual(re.findall(r"(?:src|href)=(?![\"']?#).*", page.split("<script>")[0]), [])
            data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1))
            self.assertEqual(data["summary"]["messages"]["responses"], 48)
            self.assertEqual(os.listdir(folder), ["report.html"])
            self.assertEqual(run("stats", "-q", "--html", os.path.join(folder, "none", "x"), DEMO).status, 3)
            # Of a merged summary, too.
            run("stats", "-q", "-o", "json", "--to", to + ".json", DEMO)
            self.assertEqual(run("merge", "-q", "--html", to, to + ".json").status, 0)
            self.assertIn('"seconds":60', pathlib.Path(to).read_text("utf-8"))

    def test_a_call_across_two_files(self):
        """The same calls as in one file, in whatever number of threads; each message names its own file."""
        def data_of(*arguments):
            with tempfile.TemporaryDirectory() as folder:
                to = os.path.join(folder, "report.html")
                self.assertEqual(run("stats", "-q", "--html", to, *arguments).status, 0)
                page = pathlib.Path(to).read_text("utf-8")
            return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1))

        packets = traffic.Traffic(seed=4, calls=1500, span=5000).packets()
        with tempfile.TemporaryDirectory() as folder:
            halves = len(packets) // 2
            files = [os.path.join(folder, name) for name in ("whole", "first", "second")]
            for file, part in zip(files, (packets, packets[:halves], packets[halves:])):
                pathlib.Path(file).write_bytes(capture(part))
            whole, parts, in_threads = data_of(files[0]), data_of(*files[1:]), data_of("-j", "2", *files[1:])
            self.assertEqual(parts, in_threads)
            self.assertEqual(whole["timeline"], parts["timeline"])
            self.assertGreater(whole["timeline"]["seconds"], 1)
            self.assertEqual(sum(sum(row[2:]) for row in whole["timeline"]["rows"]), whole["summary"]["messages"]["responses"])
            self.assertEqual(len(whole["calls"]), 100)
            self.assertEqual({m["file"] for call in parts["calls"] for m in call["messages"]}, set(files[1:]))
            for one, other in zip(whole["calls"], parts["calls"]):
                self.assertEqual((one["call_id"], one["why"]), (other["call_id"], other["why"]))
                for a, b in zip(one["messages"], other["messages"]):
                    frame = b["frame"] + (halves if b["file"] == files[2] else 0)
                    self.assertEqual(a, {**b, "file": files[0], "frame": frame})

    def test_hostile_text_is_text(self):
        with tempfile.TemporaryDirectory() as folder:
            to = os.path.join(folder, "report.html")
            run("stats", "-q", "--html", to, "-", stdin=hostile_capture())
            page = pathlib.Path(to).read_text("utf-8")
            self.assertEqual(page.count("<script"), 3)
            self.assertEqual(page.count("</script"), 3)
            self.assertNotIn("<img", page)


@unittest.skipUnless(CHROMIUM, "there is no Chromium")
class Opened(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.close)

    def write(self, name, *arguments, stdin=b""):
        to = os.path.join(self.folder.name, name + ".html")
        result = run("stats", "-q", "--html", to, *arguments, stdin=stdin)
        self.assertEqual(result.status, 0, result.err)
        return to

    def open(self, path):
        self.browser.events.clear()
        took = self.browser.open(path)
        return took

    def assert_quiet(self, path):
        self.assertEqual(self.browser.complaints(), [])
        self.assertEqual(set(self.browser.requests()), {"file://" + path})

    def ink(self):
        """How many points of the chart are not of its ground."""
        return self.browser.evaluate("""(() => {
            const drawn = document.querySelector("#time-chart canvas"), copy = new OffscreenCanvas(drawn.width, drawn.height).getContext("2d", { willReadFrequently: true });
            copy.drawImage(drawn, 0, 0);
            const octets = copy.getImageData(0, 0, drawn.width, drawn.height).data;
            let sum = 0;
            for (let i = 3; i < octets.length; i += 4) sum += octets[i] > 0;
            return sum; })()""")

    def test_everything_is_drawn(self):
        path = self.write("demo", DEMO)
        self.open(path)
        evaluate = self.browser.evaluate
        self.assertEqual(evaluate("[...document.querySelectorAll('main section')].map((one) => one.id)"),
                         ["overview", "codes", "time", "kinds", "findings", "heat", "exchanges", "calls"])
        self.assertEqual(evaluate("document.querySelectorAll('#codes tbody tr').length"), 20)
        evaluate("[...document.querySelectorAll('#codes button')].at(-1).click()")
        self.assertEqual(evaluate("document.querySelectorAll('#codes tbody tr').length"), 24)
        self.assertEqual(evaluate("document.querySelector('#codes tbody td').textContent"), "200")
        self.assertGreater(self.ink(), 2000)
        self.assertGreater(evaluate("document.querySelectorAll('#heat .heat td.cell').length"), 50)
        self.assertGreater(evaluate("document.querySelector('#codes .bar i').getBoundingClientRect().width"), 100)
        self.assertEqual(evaluate("document.querySelector('#findings .filter').value").split(" || ")[0][:13], "frame.number=")
        self.assert_quiet(path)

    def test_a_call_opens_as_a_ladder(self):
        self.open(self.write("demo", DEMO))
        evaluate = self.browser.evaluate
        button = "document.querySelector('#calls [aria-expanded]')"
        evaluate(button + ".focus()")
        self.browser.press("Enter")
        self.assertEqual(evaluate(button + ".getAttribute('aria-expanded')"), "true")
        panel = "document.querySelector('#calls .ladder:not([hidden])')"
        messages = evaluate(panel + ".querySelectorAll('tbody tr').length")
        self.assertGreaterEqual(messages, 2)
        self.assertEqual(evaluate(panel + ".querySelectorAll('svg path').length"), messages)
        evaluate(button + ".click()")
        self.assertEqual(evaluate("document.querySelectorAll('#calls .ladder:not([hidden])').length"), 0)

    def test_zoom_by_mouse_and_keyboard(self):
        path = self.write("calls", "-", stdin=capture(traffic.Traffic(seed=9, calls=200).packets()))
        self.open(path)
        evaluate = self.browser.evaluate
        said = lambda: evaluate("document.getElementById('said').textContent")
        evaluate("document.getElementById('time-chart').scrollIntoView()")
        whole = self.ink()
        evaluate("document.getElementById('zoom-in').click()")
        half = said()
        self.assertRegex(half, "From .* to .*")
        evaluate("document.getElementById('time-chart').focus()")
        self.browser.press("+")
        self.assertNotEqual(said(), half)
        moved = said()
        self.browser.press("ArrowRight")
        self.assertNotEqual(said(), moved)
        self.browser.press("0")
        self.assertEqual(said(), "All")
        box = evaluate("(({x, y, width, height}) => [x, y, width, height])(document.querySelector('#time-chart .u-over').getBoundingClientRect())")
        self.browser.drag(box[0] + box[2] * .4, box[1] + box[3] / 2, box[0] + box[2] * .5)
        evaluate("new Promise((done) => setTimeout(done, 200))")
        evaluate("document.getElementById('zoom-out').click()")
        self.assertNotEqual(said(), "All")
        button = "document.querySelector('#time .controls [aria-pressed]')"
        before = self.ink()
        evaluate(button + ".click()")
        evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        self.assertEqual(evaluate(button + ".getAttribute('aria-pressed')"), "false")
        self.assertNotEqual(self.ink(), before)
        self.assertGreater(whole, 2000)
        self.assert_quiet(path)

    def test_a_filter_is_copied(self):
        self.open(self.write("demo", DEMO))
        self.browser.evaluate("document.querySelector('#findings button').click()")
        self.browser.evaluate("new Promise((done) => setTimeout(done, 200))")
        self.assertEqual(self.browser.evaluate("document.getElementById('said').textContent"), "Copied")

    def test_light_and_dark_can_be_read(self):
        """Text against its ground has a contrast of 4.5 or more (WCAG 2, level AA), and everything can be reached by key."""
        path = self.write("demo", DEMO)
        for theme in ("light", "dark"):
            self.browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
            self.open(path)
            evaluate = self.browser.evaluate
            self.assertEqual(evaluate("document.documentElement.dataset.theme"), theme)
            evaluate("document.querySelector('#calls [aria-expanded]').click()")
            low = evaluate("""(() => {
                const parts = (text) => { const canvas = document.createElement("canvas").getContext("2d"); canvas.fillStyle = "#fff"; canvas.fillRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
                const light = (rgb) => { const [r, g, b] = rgb.map((one) => { one /= 255; return one <= .03928 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
                const ground = (one) => { for (; one; one = one.parentElement) { const colour = getComputedStyle(one).backgroundColor; if (colour !== "rgba(0, 0, 0, 0)" && colour !== "transparent") return colour; } return "#fff"; };
                const low = [];
                for (const one of document.querySelectorAll("body *")) {
                    if (one.closest(".hidden, .skip, noscript, script, style, [aria-pressed=false]") || ![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) || !one.getClientRects().length) continue;
                    const style = getComputedStyle(one), text = one.namespaceURI.endsWith("svg") ? style.fill : style.color;
                    const [a, b] = [light(parts(text).slice(0, 3)), light(parts(ground(one)).slice(0, 3))], contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
                    if (contrast < 4.5) low.push([one.tagName, one.textContent.slice(0, 30), text, ground(one), contrast]);
                }
                return low; })()""")
            self.assertEqual(low, [])
            self.assertEqual(evaluate("[...document.querySelectorAll('table')].filter((one) => !one.querySelector('caption') || !one.querySelector('th[scope]')).filter((one) => !one.closest('.u-legend') && !one.classList.contains('u-legend')).length"), 0)
            evaluate("document.getElementById('theme').click()")
            self.assertNotEqual(evaluate("document.documentElement.dataset.theme"), theme)
            self.assert_quiet(path)
        self.browser.call("Emulation.setEmulatedMedia", features=[])

    def test_hostile_text_stays_text(self):
        path = self.write("hostile", "-", stdin=hostile_capture())
        self.open(path)
        evaluate = self.browser.evaluate
        evaluate("for (const one of document.querySelectorAll('#calls [aria-expanded]')) one.click()")
        self.assertIsNone(evaluate("window.broken"))
        self.assertEqual(evaluate("document.querySelectorAll('main script, main img').length"), 0)
        self.assertIn("<script>window.broken=", evaluate("document.getElementById('kinds').textContent"))
        self.assertIn("</script><script>", evaluate("document.getElementById('calls').textContent"))
        self.assert_quiet(path)

    def test_a_page_that_is_not_quiet_is_noticed(self):
        path = pathlib.Path(self.write("broken", DEMO))
        page = path.read_text("utf-8")
        path.write_text(page.replace("</main>", '</main><img src="other.png"><script>undefined.broken()</script>'), "utf-8")
        self.open(path)
        self.assertNotEqual(self.browser.complaints(), [])
        path.write_text(re.sub("<meta http-equiv=.*>", "", path.read_text("utf-8")), "utf-8")
        self.open(path)
        self.assertIn(f"file://{self.folder.name}/other.png", self.browser.requests())

    def test_little_or_nothing(self):
        for name, octets in (("empty", p.pcap([])), ("text", b"SIP/2.0 200 OK\n"), ("one", capture([(10**15, p.ethernet(p.ipv4(p.udp(p.response()))))]))):
            path = self.write(name, "-", stdin=octets)
            self.open(path)
            self.assert_quiet(path)


if __name__ == "__main__":
    if not CHROMIUM:
        unittest.main(defaultTest="Written", exit=False, verbosity=2).result.wasSuccessful() or sys.exit(1)
        skip("there is no Chromium that could open the report")
    unittest.main(verbosity=2)
