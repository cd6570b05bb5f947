"""Drives headless Chromium over its debugging pipe, with the standard library alone.

In: a page. Out: what its scripts evaluate to, what its console said, and every request that it made.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


class Browser:
    def __init__(self, width=1100, height=900):
        self.folder = tempfile.TemporaryDirectory()
        to_browser, self.to = os.pipe()
        self.came, from_browser = os.pipe()
        # The browser reads from descriptor 3 and writes to 4.
        command = 'exec "$0" "$@" 3<&%d 4>&%d' % (to_browser, from_browser)
        self.process = subprocess.Popen(
            ["bash", "-c", command, CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--hide-scrollbars",
             f"--window-size={width},{height}", f"--user-data-dir={self.folder.name}", "about:blank"],
            pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser), os.close(from_browser)
        self.number, self.pending, self.events = 0, b"", []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    session = None

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (OSError, TimeoutError):
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.to), os.close(self.came)
        self.folder.cleanup()

    def receive(self, until):
        while b"\0" not in self.pending:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.came], [], [], left)[0]:
                raise TimeoutError("the browser does not answer")
            octets = os.read(self.came, 1 << 20)
            if not octets:
                raise OSError("the browser has ended")
            self.pending += octets
        message, _, self.pending = self.pending.partition(b"\0")
        return json.loads(message)

    def call(self, method, seconds=60, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + seconds
        while True:
            came = self.receive(until)
            if came.get("id") == self.number:
                if "error" in came:
                    raise RuntimeError(came["error"])
                return came["result"]
            if "method" in came:
                self.events.append(came)

    def evaluate(self, script):
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def open(self, path, seconds=60):
        """Opens a file; returns how long it took until the report was drawn."""
        start = time.monotonic()
        self.call("Page.navigate", url="file://" + str(path))
        while self.evaluate("document.documentElement?.dataset.drawn") != "true":
            if time.monotonic() - start > seconds:
                raise TimeoutError("the report is not drawn")
            time.sleep(0.02)
        return time.monotonic() - start

    def press(self, key):
        code = {"ArrowLeft": 37, "ArrowRight": 39, "Enter": 13, "Tab": 9}.get(key, ord(key[0]))
        text = {"text": "\r"} if key == "Enter" else {"text": key} if len(key) == 1 else {}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **(text if kind == "keyDown" else {}))

    def drag(self, x, y, to_x):
        for kind, at, buttons in (("mouseMoved", x, 0), ("mousePressed", x, 1), ("mouseMoved", (x + to_x) / 2, 1), ("mouseMoved", to_x, 1),
                                  ("mouseReleased", to_x, 1)):
            self.call("Input.dispatchMouseEvent", type=kind, x=at, y=y, button="left" if kind != "mouseMoved" or buttons else "none", buttons=buttons,
                      clickCount=1 if kind in ("mousePressed", "mouseReleased") else 0)

    def complaints(self):
        """What the console said, and exceptions."""
        kinds = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}
        return [event for event in self.events if event["method"] in kinds]

    def requests(self):
        return [event["params"]["request"]["url"] for event in self.events if event["method"] == "Network.requestWillBeSent"]

    def picture(self):
        return base64.b64decode(self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"])
