"""Turns the JSON of a run of sipstatus_bench into tables and a chart. Google Benchmark computed the medians."""
import dataclasses
import json
import pathlib

import chart

SUITES = {
    "lines": "Status lines, by the layout of their buffer",
    "phrases": "Local phrases, by length and by what they are made of",
    "messages": "Whole responses",
    "rejects": "Datagrams that do not begin with a status line",
    "hostile": "Inputs of 8 KiB that are slow to read",
    "streaming": "Lines that are parsed anew with each piece that arrives",
    "lookups": "The registry alone",
}
LAYOUTS = {
    "chained": "lines end to end in one buffer",
    "exact": "the buffer ends with the line",
    "followed": "64 octets of headers follow the line",
    "cold": "shuffled datagrams that are in no cache",
    "whole": "the whole message follows",
    "growing": "growing prefixes of a line",
    "values": "codes and phrases, no octets to parse",
}
# The old error was a factor of two: 0.7 reported where the times gave 1.7. Repetitions on a busy machine differ by less.
MOST_DISAGREEMENT = 1.3


@dataclasses.dataclass
class Row:
    suite: str
    input: str
    layout: str
    subject: str
    role: str
    ns: float
    floor_ns: float
    ratio: float
    peak_mib: float
    label: str


def read(figures):
    data = json.loads(pathlib.Path(figures).read_text(encoding="utf-8"))
    context = data["context"]
    runs = data["benchmarks"]
    repeated = any(run["run_type"] == "aggregate" for run in runs)
    rows = []
    for run in runs:
        if run.get("aggregate_name", "median") != "median" or (repeated and run["run_type"] != "aggregate"):
            continue
        suite, which, layout, subject = run["run_name"].removesuffix("/manual_time").split("/", 3)
        role = context.get("role: " + subject.removesuffix(", whole message"))
        role = role or ("floor" if subject == "empty call" else "ours" if subject.endswith(": sipstatus") else "peer")
        rows.append(Row(suite, which, layout, subject, role, run["ns"], run["floor_ns"], run["ratio"], run["peak_MiB"],
                        run.get("label", "")))
    return context, rows


def disagreements(rows):
    """Sentences: each row whose ratio contradicts its own times, or its time and that of the floor's row."""
    floors = {(row.suite, row.input, row.layout): row.ns for row in rows
              if row.subject == ("empty call" if row.suite == "lookups" else "memchr")}
    said = []
    for row in rows:
        for what, floor_ns in (("the floor beside it", row.floor_ns),
                               ("the floor's row", floors.get((row.suite, row.input, row.layout), row.floor_ns))):
            expected = row.ns / floor_ns
            if max(row.ratio / expected, expected / row.ratio) > MOST_DISAGREEMENT:
                said.append(f"{row.suite}/{row.input}/{row.layout}/{row.subject}: the ratio is {row.ratio:.2f}, "
                            f"but {row.ns:.1f} ns and {floor_ns:.1f} ns of {what} give {expected:.2f}")
    return said


def distinct(values):
    return list(dict.fromkeys(values))


def cell(rows):
    if not rows:
        return ""
    row = rows[0]
    ns = f"{row.ns:,.0f}" if row.ns >= 100 else f"{row.ns:.1f}"
    return f"{ns} ({row.ratio:.2f}×)" + (f", {row.label}" if row.label else "")


def table(head, body):
    lines = [head, ["---"] + ["--:"] * (len(head) - 1)] + body
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


def suite_tables(rows):
    """Of `lines`, a table for each input with its layouts; of another suite, one for each layout with its inputs."""
    by, across = ("input", "layout") if rows[0].suite == "lines" else ("layout", "input")
    for group in distinct(getattr(row, by) for row in rows):
        some = [row for row in rows if getattr(row, by) == group]
        columns = distinct(getattr(row, across) for row in some)
        body = [[subject] + [cell([row for row in some if row.subject == subject and getattr(row, across) == column])
                             for column in columns] for subject in distinct(row.subject for row in some)]
        yield f"**{group}**" + (f": {LAYOUTS[group]}" if by == "layout" else "") + "\n\n" + table([""] + columns, body)


def against_peers(rows):
    """Against the fastest parser of a start line, with and without the copy that its call needs."""
    said = []
    for which, layout in distinct((row.input, row.layout) for row in rows if row.suite == "lines"):
        here = {row.subject: row for row in rows if (row.suite, row.input, row.layout) == ("lines", which, layout)}
        ours = min((row.ns for row in here.values() if row.role == "ours"), default=None)
        peer = min((row for row in here.values() if row.role == "peer"), key=lambda row: row.ns, default=None)
        if ours and peer and "line copy" in here:
            said.append([f"{which}, {layout}", peer.subject, f"{peer.ns / ours:.1f}×",
                         f"{(peer.ns - here['line copy'].ns) / ours:.1f}×"])
    return table(["", "fastest start line parser", "its time / ours", "less the line copy"], said) if said else ""


def machine(context):
    return f"{context['processor']}; {context['memchr']}; {context['compiler']}"


def markdown(context, rows):
    listed = [[key.removeprefix(kind), value] for kind in ("input: ", "runs: ") for key, value in context.items()
              if key.startswith(kind)]
    wrong = disagreements(rows)
    parts = ["# Benchmarks\n", machine(context) + ".\n",
             "ns an item, and in brackets the ratio to memchr, or to the empty call for look-ups. Both are medians over "
             "the repetitions. Floor and subject take turns, pass by pass.\n",
             f"Kernel chosen: {context['kernel chosen']}. Agreement: {context['agreement']}. Peers not found: "
             f"{context['peers not found']}. Cold: {context['cold']}. "
             f"Peak memory of the whole process: {max(row.peak_mib for row in rows):,.0f} MiB.\n",
             "Ratios and times agree.\n" if not wrong else "\n".join("- **DISAGREES** " + one for one in wrong) + "\n",
             table(["input or row", "what it is"], listed)]
    for suite, title in SUITES.items():
        some = [row for row in rows if row.suite == suite]
        if some:
            parts += [f"## {title}\n", *suite_tables(some)]
        if suite == "lines":
            parts.append(against_peers(rows))
    return "\n".join(parts)


def overview(context, rows):
    """The first input in every layout: the chosen kernel, two floors, and the peers by what they have to read."""
    rows = [row for row in rows if row.suite == "lines"]
    which = rows[0].input
    shown = ("memchr", "octet sum", "sipstatus " + context["kernel chosen"])
    panels = {layout: sorted((row for row in rows if (row.input, row.layout) == (which, layout) and
                              (row.subject in shown or row.role in ("peer", "decoder"))), key=lambda row: row.ns)
              for layout in distinct(row.layout for row in rows)}
    what = "a realistic mix of responses" if which == "mix" else "the user's corpus"
    footer = ["sipstatus validates the whole line and classifies its phrase. memchr finds the line's end only. "
              "Peers read the code; their time includes the copy of the line that their interface needs.",
              "Message decoders have no public entry for a start line. Each decodes a message made of the line and the "
              "least that it accepts after it, so their bars are not those of a start line parser.",
              f"× is the ratio to memchr in the same layout. {machine(context)}."]
    return chart.bars("The time to read a SIP status line", f"ns a line, {what}; shorter is better",
                      {f"{layout}: {LAYOUTS[layout]}": some for layout, some in panels.items()}, footer)


def write(figures, folder):
    """Returns the sentences of disagreements()."""
    context, rows = read(figures)
    (folder / "report.md").write_text(markdown(context, rows), encoding="utf-8")
    if any(row.suite == "lines" for row in rows):
        (folder / "overview.svg").write_text(overview(context, rows), encoding="utf-8")
    return disagreements(rows)
