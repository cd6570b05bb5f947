"use strict";
// What is in the data came from a network: it is text, and only ever put into text nodes.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const whole = data.summary;
  const main = document.getElementById("main");
  const mostRows = 20, classes = ["provisional", "success", "redirection", "client-error", "server-error", "global-failure"];

  const el = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "colour") made.style.setProperty("--colour", value);
      else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value);
    }
    made.append(...children.filter((one) => one !== null && one !== undefined));
    return made;
  };
  const svg = (name, attributes = {}, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const colourOf = (code) => `var(--${classes[Math.floor(code / 100) - 1] || "dim"})`;
  const number = (value) => value.toLocaleString("en-US");
  const share = (part, all) => (all ? (100 * part / all).toFixed(1) + " %" : "–");
  const duration = (us) => us < 1000 ? `${us} µs` : us < 1e6 ? `${(us / 1000).toPrecision(3)} ms` : us < 1e8 ? `${(us / 1e6).toPrecision(3)} s` : `${Math.round(us / 1e6)} s`;
  const clock = (seconds) => new Date(seconds * 1000).toISOString().replace("T", " ").slice(0, 19);
  const say = (text) => { document.getElementById("said").textContent = text; };

  const section = (id, title, ...children) => {
    document.getElementById("contents").append(el("li", {}, el("a", { href: "#" + id }, title)));
    const made = el("section", { id, "aria-labelledby": id + "-title" }, el("h2", { id: id + "-title" }, title), ...children);
    main.append(made);
    return made;
  };

  // Columns are [title, kind]: "number", "text", "short" for text on one line, "node", or "bar" for the number of the row beside the greatest.
  const table = (caption, columns, rows, limit = mostRows) => {
    if (!rows.length) return el("p", { class: "note" }, `${caption}: none.`);
    const most = Math.max(1, ...rows.map((row) => row.bar || 0));
    const body = el("tbody");
    const fill = (from, to) => {
      for (const row of rows.slice(from, to)) {
        body.append(el("tr", {}, ...columns.map(([, kind], i) => {
          const cell = row.cells[i];
          if (kind === "bar") {
            const line = el("i", row.colour ? { colour: row.colour } : {});
            line.style.width = (100 * row.bar / most).toFixed(2) + "%";
            return el("td", { class: "bar", "aria-hidden": "true" }, line);
          }
          const content = kind === "node" ? cell : cell === null || cell === undefined ? "" : typeof cell === "number" && kind === "number" ? number(cell) : String(cell);
          const mark = i === 0 && row.colour ? el("span", { class: "mark", "aria-hidden": "true", colour: row.colour }) : null;
          return el("td", { class: kind === "bar" ? "text" : kind }, mark, content);
        })));
      }
    };
    fill(0, limit);
    const made = el("table", {}, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...columns.map(([title, kind]) => el("th", { scope: "col", class: kind === "bar" ? "text" : kind }, title)))), body);
    const box = el("div", { class: "scroll" }, made);
    if (rows.length > limit) {
      const more = el("button", { type: "button", onclick: () => { fill(limit, rows.length); more.remove(); } }, `Show ${rows.length - limit} more`);
      box.append(more);
    }
    return box;
  };
  const byCount = (rows, key) => [...rows].sort((a, b) => b[key] - a[key]);
  const omitted = (name) => data.left_out[name] ? el("p", { class: "note" }, `${data.left_out[name]} more rows are in -o json.`) : null;

  // Dark or light
  const root = document.documentElement;
  const charts = [];
  const setTheme = (theme) => {
    root.dataset.theme = theme;
    document.getElementById("theme").textContent = theme === "dark" ? "Light colours" : "Dark colours";
    for (const draw of charts) draw();
  };
  document.getElementById("theme").addEventListener("click", () => setTheme(root.dataset.theme === "dark" ? "light" : "dark"));

  // What was read
  const names = whole.inputs.map((one) => one.file);
  document.getElementById("inputs").textContent = names.length > 3 ? `${names.length} inputs: ${names.slice(0, 3).join(", ")} …` : names.join(", ");
  document.title = `SIP responses: ${names.length === 1 ? names[0] : names.length + " inputs"}`;
  const messages = whole.messages;
  const times = data.timeline.rows;
  const total = (title, value) => el("li", {}, el("b", {}, number(value)), title);
  const notes = [];
  if (times.length) notes.push(`From ${clock(times[0][0])} to ${clock(times[times.length - 1][0] + data.timeline.seconds)} UTC.`);
  if (whole.open.count) notes.push(`${whole.open.count} transactions are open at the edge of the capture.`);
  if (!whole.exact) notes.push("Approximate: a limit of memory was reached: " + Object.entries(whole.approximate).filter(([, n]) => n).map(([k, n]) => `${n} of ${k}`).join(", ") + ".");
  for (const one of whole.left_out) notes.push(`Not read: ${one.count} × ${one.words}.`);
  const found = { error: 0, warning: 0, note: 0 };
  for (const one of whole.findings) found[one.severity] += one.findings;
  const some = whole.classes.map((one, i) => ({ name: one.class, sum: one.responses, colour: `var(--${classes[i]})` })).filter((one) => one.sum);
  section("overview", "Overview",
    el("ul", { class: "totals" }, total("frames", messages.frames), total("requests", messages.requests), total("responses", messages.responses), total("unreadable", messages.unreadable),
      ...Object.entries(found).map(([severity, sum]) => total(severity + "s", sum)),
      ...whole.ratios.filter((one) => one.denominator && ["ASR", "NER", "SEER"].includes(one.name)).map((one) => el("li", { title: one.title }, el("b", {}, one.percent.toFixed(1) + " %"), one.name))),
    some.length ? el("div", { class: "mix", role: "img", "aria-label": "Responses by class: " + some.map((one) => `${one.name} ${number(one.sum)}`).join(", ") },
      ...some.map((one) => { const part = el("i", { colour: one.colour }); part.style.flexGrow = one.sum; return part; })) : null,
    el("ul", { class: "legend" }, ...some.map((one) => el("li", {}, el("span", { class: "mark", "aria-hidden": "true", colour: one.colour }), `${one.name} ${number(one.sum)}, ${share(one.sum, messages.responses)}`))),
    el("p", { class: "note" }, notes.join(" ")));

  // Codes and kinds
  section("codes", "Codes", table("Responses by code", [["Code", "short"], ["Canonical phrase", "text"], ["Responses", "number"], ["Repeated", "number"], ["Share", "number"], ["", "bar"]],
    byCount(whole.codes, "responses").map((one) => ({ bar: one.responses, colour: colourOf(one.code), cells: [one.code ?? "cut off", one.reason, one.responses, one.repeated || "", share(one.responses, messages.responses)] }))));

  // Classes over time
  if (times.length) {
    const place = el("div", { class: "chart", id: "time-chart", tabindex: "0", role: "application", "aria-label": "Responses by class over time; the table below has the numbers. Keys: plus and minus zoom, arrows move, 0 shows all." });
    const toggles = el("div", { class: "controls" });
    const shown = classes.map((name, i) => whole.classes[i].responses > 0);
    let plot = null, range = null;
    // A gap in time is drawn as zero: a bin before and after each run of bins.
    const series = [[], ...classes.map(() => [])];
    const width = data.timeline.seconds;
    times.forEach((row, at) => {
      const put = (time, values) => { series[0].push(time); classes.forEach((_, i) => series[i + 1].push(values ? values[i + 2] : 0)); };
      if (at > 0 && row[0] - times[at - 1][0] > width) { put(times[at - 1][0] + width, null); if (row[0] - times[at - 1][0] > 2 * width) put(row[0] - width, null); }
      put(row[0], row);
    });
    if (series[0].length === 1) { series[0].push(series[0][0] + width); classes.forEach((_, i) => series[i + 1].push(series[i + 1][0])); }
    const first = series[0][0], last = series[0][series[0].length - 1];
    const draw = () => {
      const style = getComputedStyle(root), ink = style.getPropertyValue("--dim").trim(), line = style.getPropertyValue("--line").trim();
      if (plot) plot.destroy();
      const mark = (time, step) => step >= 86400 ? clock(time).slice(5, 10) : step >= 60 ? clock(time).slice(11, 16) : clock(time).slice(11, 19);
      const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line } };
      plot = new uPlot({
        width: Math.max(280, place.clientWidth - 14), height: 280, tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), "Etc/UTC"),
        scales: { x: { time: true } }, cursor: { drag: { x: true, y: false } }, axes: [{ ...axis, space: 80, values: (_, marks, __, ___, step) => marks.map((time) => mark(time, step)) }, { ...axis, size: 60 }],
        series: [{ label: "time", value: (_, time) => time === null ? "–" : clock(time) }, ...classes.map((name, i) => ({ label: name, show: shown[i], stroke: style.getPropertyValue("--" + name).trim(), width: 2, fill: style.getPropertyValue("--" + name).trim() + "22", paths: uPlot.paths.stepped({ align: 1 }), points: { show: false } }))],
        hooks: { setScale: [(u, key) => { if (key === "x") range = [u.scales.x.min, u.scales.x.max]; }] },
      }, series, place);
      if (range) plot.setScale("x", { min: range[0], max: range[1] });
    };
    const zoom = (factor, shift = 0) => {
      const [min, max] = [plot.scales.x.min, plot.scales.x.max], middle = (min + max) / 2 + shift * (max - min), half = Math.max(1, (max - min) / 2 * factor);
      plot.setScale("x", { min: Math.max(first, middle - half), max: Math.min(last, middle + half) });
      say(`From ${clock(plot.scales.x.min)} to ${clock(plot.scales.x.max)}`);
    };
    const all = () => { plot.setScale("x", { min: first, max: last }); say("All"); };
    classes.forEach((name, i) => {
      if (!whole.classes[i].responses) return;
      const button = el("button", { type: "button", "aria-pressed": "true", onclick: () => {
        shown[i] = !shown[i];
        button.setAttribute("aria-pressed", String(shown[i]));
        plot.setSeries(i + 1, { show: shown[i] });
      } }, el("span", { class: "mark", colour: `var(--${name})` }), name);
      toggles.append(button);
    });
    toggles.append(el("button", { type: "button", id: "zoom-in", onclick: () => zoom(0.5) }, "Zoom in"), el("button", { type: "button", id: "zoom-out", onclick: () => zoom(2) }, "Zoom out"),
      el("button", { type: "button", id: "zoom-all", onclick: all }, "All"));
    place.addEventListener("keydown", (event) => {
      const act = { "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2), "ArrowLeft": () => zoom(1, -0.25), "ArrowRight": () => zoom(1, 0.25), "0": all }[event.key];
      if (act) { event.preventDefault(); act(); }
    });
    section("time", "Classes over time", el("p", { class: "note" }, `Responses in each ${width === 1 ? "second" : width + " seconds"}. Drag over the chart to zoom in, double-click for all.`), toggles, place,
      el("details", {}, el("summary", {}, "The numbers"), table("Responses by class", [["From", "short"], ["Requests", "number"], ...classes.map((name) => [name, "number"])],
        times.map((row) => ({ cells: [clock(row[0]), row[1], ...row.slice(2, 8)] })), 100)));
    charts.push(draw);
    new ResizeObserver(() => plot && plot.setSize({ width: Math.max(280, place.clientWidth - 14), height: 280 })).observe(place);
  }

  section("kinds", "Reason phrases", table("Responses by kind of phrase", [["Kind", "text"], ["Responses", "number"], ["Share", "number"], ["", "bar"]],
    byCount(whole.kinds.filter((one) => one.responses), "responses").map((one) => ({ bar: one.responses, cells: [one.kind, one.responses, share(one.responses, messages.responses)] }))),
    table("Local phrases, with <n> and the like for what differs", [["Code", "short"], ["Responses", "number"], ["Template", "text"], ["First in", "short"], ["", "bar"]],
      byCount(whole.local_phrases, "responses").map((one) => ({ bar: one.responses, colour: colourOf(one.code), cells: [one.code, one.responses, one.template, names.length > 1 ? `${one.file}:${one.frame}` : `frame ${one.frame}`] }))), omitted("local_phrases"));

  // Findings, with a filter for Wireshark
  const copy = (field) => {
    field.select();
    const done = () => say("Copied");
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(done, () => { document.execCommand("copy"); done(); });
    else { document.execCommand("copy"); done(); }
  };
  const filters = (first) => {
    const files = new Map();
    for (const one of first) files.set(one.file, [...(files.get(one.file) || []), one.frame]);
    return el("div", {}, ...[...files].map(([file, frames]) => {
      const field = el("input", { class: "filter", readonly: "", value: frames.map((frame) => `frame.number==${frame}`).join(" || "), "aria-label": `Wireshark filter for ${file}` });
      return el("div", { class: "copied" }, field, el("button", { type: "button", onclick: () => copy(field) }, "Copy"), names.length > 1 ? file : null);
    }));
  };
  const severities = { error: "var(--client-error)", warning: "var(--server-error)", note: "var(--provisional)" };
  section("findings", "Findings", table("By rule, with a Wireshark filter for the first frames", [["Severity", "short"], ["Rule", "node"], ["Findings", "number"], ["Frames", "node"]],
    [...whole.findings].sort((a, b) => Object.keys(severities).indexOf(a.severity) - Object.keys(severities).indexOf(b.severity) || b.findings - a.findings)
      .map((one) => ({ colour: severities[one.severity], cells: [one.severity, el("div", {}, el("b", {}, one.rule), el("div", { class: "note" }, one.says)), one.findings, filters(one.first)] })), 100));

  // Senders and codes
  const senders = byCount(whole.senders.filter((one) => one.responses), "responses").slice(0, 30);
  if (senders.length) {
    const sums = new Map();
    for (const one of senders) for (const [code, sum] of one.codes) sums.set(code, (sums.get(code) || 0) + sum);
    const codes = [...sums].sort((a, b) => b[1] - a[1]).slice(0, 24).map(([code]) => code).sort((a, b) => a - b);
    const most = Math.max(...senders.flatMap((one) => one.codes.map(([, sum]) => sum)));
    const cell = (sum) => {
      const made = el("td", { class: "cell" }, sum ? String(sum) : "");
      if (sum) {
        // In between, neither colour of text has contrast enough.
        const part = Math.log1p(sum) / Math.log1p(most), heat = Math.round(part < 0.8 ? 10 + 48 * part : 88 + 60 * (part - 0.8));
        made.style.background = `color-mix(in srgb, var(--accent) ${heat}%, var(--paper))`;
        if (heat >= 88) made.style.color = "var(--on-accent)";
      }
      return made;
    };
    section("heat", "Senders and codes", el("div", { class: "scroll" }, el("table", { class: "heat" }, el("caption", {}, "Responses by sender and code, the most frequent ones"),
      el("thead", {}, el("tr", {}, el("th", {}, "Sender"), ...codes.map((code) => el("th", { scope: "col" }, code === null ? "cut off" : String(code))))),
      el("tbody", {}, ...senders.map((one) => { const of = new Map(one.codes); return el("tr", {}, el("th", { scope: "row" }, one.address), ...codes.map((code) => cell(of.get(code)))); })))),
      table("User-Agent and Server", [["Name", "text"], ["Requests", "number"], ["Responses", "number"], ["4xx", "number"], ["5xx", "number"], ["6xx", "number"], ["", "bar"]],
        [...whole.agents].sort((a, b) => b.requests + b.responses - a.requests - a.responses).map((one) => {
          const of = (digit) => one.codes.filter(([code]) => Math.floor(code / 100) === digit).reduce((sum, [, n]) => sum + n, 0) || "";
          return { bar: one.requests + one.responses, cells: [one.agent, one.requests, one.responses, of(4), of(5), of(6)] };
        })), omitted("agents"));
  }

  // Methods, ratios, times
  const delays = [["Count", "number"], ["50 %", "number"], ["90 %", "number"], ["95 %", "number"], ["99 %", "number"]];
  const delayCells = (one) => [one.count, duration(one.p50_us), duration(one.p90_us), duration(one.p95_us), duration(one.p99_us)];
  section("exchanges", "Methods, ratios and response times",
    table("Methods", [["Method", "text"], ["Requests", "number"], ["Repeated", "number"], ["Responses", "number"], ["Answered", "number"], ["Transactions", "number"]],
      byCount(whole.methods, "requests").map((one) => ({ cells: [one.method ?? "no CSeq", one.requests, one.repeated_requests || "", one.responses, one.answered, one.transactions] }))),
    table("Ratios", [["", "text"], ["Percent", "number"], ["Have it", "number"], ["Of these", "number"], ["What it is", "text"]],
      whole.ratios.filter((one) => one.denominator).map((one) => ({ cells: [one.name, one.percent.toFixed(2), one.numerator, one.denominator, one.of] }))),
    table("Delays", [["", "text"], ...delays, ["What it is", "text"]], whole.delays.filter((one) => one.count).map((one) => ({ cells: [one.name, ...delayCells(one), one.of] }))),
    table("Response times", [["Code", "short"], ["Method", "text"], ...delays], byCount(whole.response_times, "count").map((one) => ({ colour: colourOf(one.code), cells: [one.code, one.method, ...delayCells(one)] }))),
    table("Reason header fields", [["Protocol", "text"], ["Cause", "number"], ["Code", "short"], ["Method", "text"], ["Times", "number"], ["", "bar"]],
      byCount(whole.reasons, "times").map((one) => ({ bar: one.times, cells: [one.protocol, one.cause, one.code ?? "request", one.method, one.times] }))));

  // Calls: a ladder on click. A message's words are those of the line, and the request that a response answers.
  const colourOfMessage = (one) => one.code ? colourOf(one.code) : one.rules.length ? "var(--client-error)" : "var(--ink)";
  const words = (one) => one.label + (one.cseq ? one.code ? ` (${one.cseq} ${one.method})` : ` (${one.cseq})` : "");
  const ladder = (call) => {
    const ends = [];
    for (const one of call.messages) for (const end of [one.from, one.to]) if (!ends.includes(end)) ends.push(end);
    const gap = Math.max(300, 16 + 8 * Math.max(...ends.map((end) => end.length))), left = 110, step = 26, height = 40 + step * call.messages.length;
    const x = (end) => left + gap / 2 + gap * ends.indexOf(end);
    const made = svg("svg", { width: left + gap * ends.length, height, role: "img", "aria-label": `Ladder of ${call.call_id}; the table below has the same` });
    ends.forEach((end) => made.append(svg("text", { x: x(end), y: 14, "text-anchor": "middle" }, end), svg("line", { class: "rail", x1: x(end), x2: x(end), y1: 22, y2: height })));
    call.messages.forEach((one, i) => {
      const { time, from, to } = one, label = words(one);
      const y = 48 + step * i, colour = colourOfMessage(one), a = x(from), b = x(to), end = a <= b ? b - 6 : b + 6, text = label.length > 38 ? label.slice(0, 37) + "…" : label;
      made.append(svg("text", { x: 0, y }, "+" + ((time - call.messages[0].time) / 1e6).toFixed(6)));
      if (a === b) { made.append(svg("text", { x: a + 8, y, style: `fill: ${colour}` }, "↺ " + text)); return; }
      made.append(svg("text", { x: (a + b) / 2, y: y - 4, "text-anchor": "middle", style: `fill: ${colour}` }, text),
        svg("line", { x1: a, x2: end, y1: y, y2: y, style: `stroke: ${colour}; stroke-width: 1.5` }),
        svg("path", { d: `M ${b} ${y} L ${end} ${y - 4} L ${end} ${y + 4} z`, style: `fill: ${colour}` }));
    });
    return made;
  };
  if (data.calls.length) {
    const list = el("div", {});
    section("calls", "The worst calls", el("p", { class: "note" }, "Calls with failures, findings, retransmissions and requests without an answer, the worst first. A call opens on click."), list);
    data.calls.forEach((call, at) => {
      const panel = el("div", { class: "ladder", hidden: "", id: "call-" + at });
      const failure = Math.max(...call.messages.map((one) => one.code));
      const button = el("button", { type: "button", "aria-expanded": "false", "aria-controls": "call-" + at, onclick: () => {
        if (!panel.childNodes.length) panel.append(...[ladder(call), el("p", {}, filters(call.messages)),
          table("Messages", [["Time", "short"], ["Frame", "number"], ["From", "short"], ["To", "short"], ["Message", "text"], ["Findings", "text"]],
            call.messages.map((one) => ({ colour: colourOfMessage(one), cells: [clock(one.time / 1e6), one.frame, one.from, one.to, words(one), one.rules.join(", ")] })), 1000),
          call.more ? el("p", { class: "note" }, `${call.more} more messages of this call are not kept.`) : ""].filter((one) => one !== ""));
        panel.hidden = !panel.hidden;
        button.setAttribute("aria-expanded", String(!panel.hidden));
      } }, el("span", { class: "mark", colour: failure ? colourOf(failure) : "var(--client-error)" }), el("b", {}, call.call_id), el("span", { class: "note" }, call.why.join(", ")));
      const row = el("div", { class: "call" }, button, panel);
      if (at >= mostRows) row.hidden = true;
      list.append(row);
    });
    if (data.calls.length > mostRows) {
      const more = el("button", { type: "button", onclick: () => { for (const row of list.children) row.hidden = false; more.remove(); } }, `Show ${data.calls.length - mostRows} more`);
      list.after(more);
    }
  }

  setTheme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.drawn = "true";
})();
