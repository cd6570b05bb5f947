"""In: the JSON of a run of sipstatus_bench. Out: a table, the medians as JSON, and charts."""
import json
import pathlib
import statistics

import chart

TITLES = {
    "chained": ("Lines end to end in one buffer", "ns per line; each line starts where the parser says the last one ended"),
    "datagrams": ("Independent datagrams, shuffled", "ns per datagram; caches and predictors are cold"),
    "messages": ("Whole responses", "ns per message; the start line of it, and all of it where a row says so"),
    "phrases": ("Local phrases by length", "ns per line, by the octets of the phrase"),
    "rejects": ("Saying no", "ns per input that is no status line"),
    "hostile": ("Made to be slow", "ns per input of 8 KiB"),
    "streaming": ("A stream, piece by piece", "ns per line, which is parsed anew with each piece that arrives"),
    "lookups": ("The registry alone", "ns per look-up"),
}


class row:
    """One benchmark: the medians of its repetitions."""

    def __init__(self, name, runs, roles):
        self.suite, self.input, self.subject = name.split("/", 2)
        self.label = next((run["label"] for run in runs if run.get("label")), "")
        base = self.subject.removesuffix(", whole message")
        self.role = roles.get(base.split(": ")[-1], "ours" if base.endswith(": sipstatus") else "peer")
        times = sorted(run["ns"] for run in runs)
        self.repetitions = len(times)
        self.ns = statistics.median(times)
        quartile = len(times) // 4
        self.ns_quartiles = [times[quartile], times[-1 - quartile]]
        self.ratios = self.of_floors(runs, "x_")
        self.differences = self.of_floors(runs, "over_")

    @staticmethod
    def of_floors(runs, prefix):
        names = [key for key in runs[0] if key.startswith(prefix)]
        return {key.removeprefix(prefix): statistics.median(run[key] for run in runs) for key in names}

    def as_json(self):
        return {"suite": self.suite, "input": self.input, "subject": self.subject, "role": self.role, "ns": self.ns,
                "ns_quartiles": self.ns_quartiles, "repetitions": self.repetitions, "ratio_to": self.ratios,
                "ns_over": self.differences, "label": self.label}


def read(figures):
    data = json.loads(pathlib.Path(figures).read_text(encoding="utf-8"))
    context = data["context"]
    roles = {key.removeprefix("role: "): value for key, value in context.items() if key.startswith("role: ")}
    runs = {}
    for run in data["benchmarks"]:
        if run["run_type"] == "iteration" and "ns" in run:
            runs.setdefault((run["family_index"], run["run_name"].split("/manual_time")[0]), []).append(run)
    return context, [row(name, runs[index, name], roles) for index, name in sorted(runs)]


def inputs_of(rows, suite):
    return list(dict.fromkeys(one.input for one in rows if one.suite == suite))


def pick(rows, suite, which=None):
    return [one for one in rows if one.suite == suite and which in (None, one.input)]


def number(value):
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 20 else f"{value:.2f}"


def times(ratio):
    return f"{ratio:.0f}×" if ratio >= 20 else f"{ratio:.1f}×" if ratio >= 3 else f"{ratio:.2f}×"


def table(head, body, columns="--:|"):
    lines = ["| " + " | ".join(head) + " |", "|---|" + columns * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(cells) + " |" for cells in body]) + "\n"


def best_of_ours(rows):
    ours = [one for one in rows if one.role == "ours"]
    return min(ours, key=lambda one: one.ns) if ours else None


def at_a_glance(rows):
    """The ratios that matter, each computed in the run."""
    body = []
    for which in inputs_of(rows, "chained"):
        for one in pick(rows, "chained", which):
            if one.role == "ours":
                body.append([f"{which}, chained", one.subject, number(one.ns), times(one.ratios["memchr"]),
                             times(one.ratios["octet sum"])])
    for one in pick(rows, "datagrams"):
        if one.role == "ours":
            body.append(["independent datagrams", one.subject, number(one.ns), times(one.ratios["memchr"]), ""])
    text = table(["input", "parser", "ns", "of memchr", "of the octet sum"], body) if body else ""
    for which in inputs_of(rows, "chained"):
        ours = best_of_ours(pick(rows, "chained", which))
        peers = [one for one in pick(rows, "chained", which) if one.role == "peer"]
        if not ours or not peers:
            continue
        fastest = min(peers, key=lambda one: one.ns)
        net = min(peers, key=lambda one: one.differences["line copy"])
        text += (f"\nAgainst the fastest packaged peer on {which}, start line for start line: {ours.subject} is "
                 f"{fastest.ns / ours.ns:.1f} times as fast as {fastest.subject}; "
                 f"{net.differences['line copy'] / ours.ns:.1f} times when what finding and copying the line costs is "
                 f"taken off {net.subject}.\n")
    return text


def suite_table(rows, suite):
    inputs = inputs_of(rows, suite)
    subjects = list(dict.fromkeys(one.subject for one in rows if one.suite == suite))
    by_place = {(one.subject, one.input): one for one in rows if one.suite == suite}

    def cell(subject, which):
        one = by_place.get((subject, which))
        if one is None:
            return ""
        if suite == "rejects":
            against = one.differences.get("empty call")
            note = f" (+{against:.1f})" if against is not None and against >= 0 else ""
        else:
            floor = "empty call" if suite == "lookups" else "memchr"
            note = f" ({times(one.ratios[floor])})" if floor in one.ratios else ""
        return number(one.ns) + note + (f", {one.label}" if one.label else "")

    return table([""] + inputs, [[subject] + [cell(subject, which) for which in inputs] for subject in subjects])


def machine_of(context):
    return (f"{context['processor']}; {context['C library']}, memchr: {context['memchr']}; {context['compiler']}; "
            f"last-level cache {context['last-level cache']}")


def markdown(context, rows):
    repetitions = max((one.repetitions for one in rows), default=0)
    parts = [f"# Benchmarks\n\n{machine_of(context)}.\n",
             f"Medians of {repetitions} repetitions that Google Benchmark takes in random order. In each turn of a "
             "repetition a floor and the parser take the input one after the other: a ratio is the median of the "
             "repetitions' median ratios. In brackets: of memchr's time; with rejects, ns above the empty call; with "
             "look-ups, of the empty call's time.\n",
             f"Agreement before the run: {context['agreement']}.\n",
             f"Datagrams: {context['datagrams']}. Peers not found: {context['peers not found']}. "
             f"Kernel chosen on this machine: {context['kernel chosen']}.\n",
             table(["input", "what it is"], [[key.removeprefix("input: "), value] for key, value in context.items()
                                             if key.startswith("input: ")], "---|"),
             table(["row", "what a call runs"], [[key.removeprefix("runs: "), value] for key, value in context.items()
                                                 if key.startswith("runs: ")], "---|")]
    glance = at_a_glance(rows)
    if glance:
        parts += ["## At a glance\n", glance]
    for suite, (title, unit) in TITLES.items():
        if pick(rows, suite):
            parts += [f"## {title}\n\n{unit}\n\n![{title}]({suite}.svg)\n", suite_table(rows, suite)]
    return "\n".join(parts)


def bars_of(rows):
    """The bars of one input, in the order of their lengths."""
    return [chart.bar(one.subject, one.ns, one.role, note(one)) for one in sorted(rows, key=lambda one: one.ns)]


def note(one):
    if one.label:
        return one.label
    if one.suite == "lookups":
        return ""
    if one.suite == "rejects":
        over = one.differences.get("empty call")
        return f"+{over:.1f}" if one.role == "ours" else ""
    ratio = one.ratios.get("memchr")
    return times(ratio) if ratio is not None and one.role != "floor" else ""


def draw(context, rows, suite, folder):
    title, unit = TITLES[suite]
    footer = [machine_of(context)]
    path = folder / f"{suite}.svg"
    if suite == "phrases":
        panels = {}
        for one in pick(rows, suite):
            kind, octets = one.input.split(" ")
            panels.setdefault(kind, {}).setdefault((one.subject, one.role), []).append((int(octets), one.ns))
        path.write_text(chart.lines(title, unit, panels, footer), encoding="utf-8")
        return path
    floor = {"rejects": "empty call", "lookups": "nothing: empty call"}.get(suite, "memchr")
    panels = []
    for which in inputs_of(rows, suite):
        some = [one for one in pick(rows, suite, which) if one.role != "floor" or one.subject != "line copy"]
        at = next((one.ns for one in some if one.subject == floor), None)
        panels.append(chart.panel(which, bars_of(some), floor if at else None, at))
    path.write_text(chart.bars(title, unit, panels, footer), encoding="utf-8")
    return path


def draw_overview(context, rows, folder):
    """The one chart for people in a hurry, on the mix or the user's corpus."""
    which = inputs_of(rows, "chained")[0]
    some = [one for one in pick(rows, "chained", which) if one.subject not in ("line copy", "empty call")]
    at = next(one.ns for one in some if one.subject == "memchr")
    what = "a realistic mix of responses" if which == "mix" else "the user's corpus"
    footer = ["sipstatus checks the whole line and says whether its phrase is canonical, a known variant or local "
              "wording; the peers read the code. memchr looks for the line's end and does nothing else.", "On " + machine_of(context) + "."]
    path = folder / "overview.svg"
    path.write_text(chart.bars("The time to read a SIP status line", f"ns per line, {what}; shorter is better",
                               [chart.panel("", bars_of(some), "memchr", at)], footer), encoding="utf-8")
    return path


def write(figures, folder):
    context, rows = read(figures)
    written = [folder / "report.md", folder / "report.json"]
    written[0].write_text(markdown(context, rows), encoding="utf-8")
    kept = {key: value for key, value in context.items() if key not in ("executable", "load_avg", "caches", "host_name")}
    written[1].write_text(json.dumps({"schema": 1, "context": kept, "rows": [one.as_json() for one in rows]}, indent=1)
                          + "\n", encoding="utf-8")
    if pick(rows, "chained"):
        written.append(draw_overview(context, rows, folder))
    return written + [draw(context, rows, suite, folder) for suite in TITLES if pick(rows, suite)]
