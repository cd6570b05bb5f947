"""Turns the JSON of a run of sipstatus_bench into tables and a chart. Google Benchmark computed the medians."""
import json
import pathlib
from types import SimpleNamespace

import chart

LAYOUTS = {
    "chained": "lines end to end in one buffer",
    "exact": "the buffer ends with the line",
    "followed": "64 octets of headers follow the line",
    "cold": "shuffled datagrams that are in no cache",
    "whole": "the whole message follows",
    "growing": "growing prefixes of a line",
    "values": "codes and phrases, no octets to parse",
}
# The fault to find was a factor of two: 0.7 reported where the times gave 1.7. Repetitions differ by less.
MOST_DISAGREEMENT = 1.3
# A parser that takes longer than this many memchrs leaves the floor beside it another cache and another predictor.
FAR_FROM_THE_FLOOR = 20
SUITES = ("lines", "messages", "phrases", "rejects", "hostile", "streaming", "lookups")
INPUTS = ("mix", "canon", "local", "long")
ROLES = ("ours", "floor", "peer", "decoder", "")


def read(figures):
    data = json.loads(pathlib.Path(figures).read_text(encoding="utf-8"))
    repeated = any(run["run_type"] == "aggregate" for run in data["benchmarks"])
    rows = []
    for run in data["benchmarks"]:
        if run.get("aggregate_name") == ("median" if repeated else None):
            suite, which, layout, subject = run["run_name"].removesuffix("/manual_time").split("/", 3)[:4]
            subject = subject.split("/min_time")[0]
            role = data["context"].get("role: " + subject.removesuffix(", whole message"), "")
            rows.append(SimpleNamespace(**run, suite=suite, input=which, layout=layout, subject=subject, role=role))
    layouts = list(LAYOUTS)

    def place(row):
        which = INPUTS.index(row.input) if row.input in INPUTS else len(INPUTS)
        words = [(word.isdigit(), word.zfill(6)) for word in row.input.split()]
        return SUITES.index(row.suite), which, words, layouts.index(row.layout), ROLES.index(row.role), row.ns
    return data["context"], sorted(rows, key=place)


def disagreements(rows):
    """Sentences: each row whose ratio contradicts its own times, or its time and that of the floor's row."""
    floors = {(row.suite, row.input, row.layout): row.ns for row in rows
              if row.subject == ("empty call" if row.suite == "lookups" else "memchr")}
    said = []
    for row in rows:
        for what, floor_ns in (("the floor beside it", row.floor_ns),
                               ("the floor's row", floors.get((row.suite, row.input, row.layout), row.floor_ns))):
            expected = row.ns / floor_ns
            if min(row.ratio, expected) < FAR_FROM_THE_FLOOR and max(row.ratio / expected, expected / row.ratio) > MOST_DISAGREEMENT:
                said.append(f"{row.suite}/{row.input}/{row.layout}/{row.subject}: the ratio is {row.ratio:.2f}, "
                            f"but {row.ns:.1f} ns and {floor_ns:.1f} ns of {what} give {expected:.2f}")
    return said


def groups(rows, *keys):
    """{the values of the keys: the rows that have them}, in order."""
    made = {}
    for row in rows:
        made.setdefault(tuple(getattr(row, key) for key in keys), []).append(row)
    return made


def table(head, body):
    lines = [head, ["---"] + ["--:"] * (len(head) - 1)] + body
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


def cell(row):
    label = getattr(row, "label", "")
    return f"{row.ns:,.{0 if row.ns >= 100 else 1}f} ({row.ratio:.2f}×)" + (", " + label if label else "")


def suite_tables(rows):
    """Of `lines`, a table for each input with its layouts; of another suite, one for each layout with its inputs."""
    by, across = ("input", "layout") if rows[0].suite == "lines" else ("layout", "input")
    for (group,), some in groups(rows, by).items():
        columns = [column for column, in groups(some, across)]
        cells = {(row.subject, getattr(row, across)): cell(row) for row in some}
        yield f"**{group}**" + (f": {LAYOUTS[group]}" if by == "layout" else "") + "\n\n" + table(
            ["", *columns],
            [[subject] + [cells.get((subject, column), "") for column in columns] for subject, in groups(some, "subject")])


def against_peers(rows):
    """Against the fastest parser of a start line, with and without the copy that its call needs."""
    said = []
    for (which, layout), here in groups([row for row in rows if row.suite == "lines"], "input", "layout").items():
        ours, peers, copies = ([row for row in here if row.role == role and what in row.subject]
                               for role, what in (("ours", ""), ("peer", ""), ("floor", "line copy")))
        if ours and peers and copies:
            best, peer = (min(some, key=lambda row: row.ns) for some in (ours, peers))
            said.append([f"{which}, {layout}", peer.subject, f"{peer.ns / best.ns:.1f}×",
                         f"{(peer.ns - copies[0].ns) / best.ns:.1f}×"])
    return [table(["", "fastest start line parser", "its time / ours", "less the line copy"], said)] if said else []


def machine(context):
    return f"{context['processor']}; {context['memchr']}; {context['compiler']}"


def markdown(context, rows):
    listed = [[key.split(": ", 1)[1], value] for key, value in context.items() if key.startswith(("input: ", "runs: "))]
    wrong = disagreements(rows)
    parts = ["# Benchmarks\n", machine(context) + ".\n",
             "ns an item, and in brackets the ratio to memchr, or to the empty call for look-ups. Both are medians over "
             "the repetitions. Floor and subject take turns, pass by pass.\n",
             f"Kernel chosen: {context['kernel chosen']}. Agreement: {context['agreement']}. Peers not found: "
             f"{context['peers not found']}. Cold: {context['cold']}. "
             f"Peak memory of the whole process: {max(row.peak_MiB for row in rows):,.0f} MiB.\n",
             "\n".join("- **DISAGREES** " + one for one in wrong) + "\n" if wrong else "Ratios and times agree.\n",
             table(["input or row", "what it is"], listed)]
    for (suite,), some in groups(rows, "suite").items():
        parts += [f"## {suite}\n", *suite_tables(some)]
    return "\n".join(parts + against_peers(rows))


def overview(context, rows):
    """The first input in every layout: the chosen kernel, two floors, and the peers by what they have to read."""
    which = rows[0].input
    shown = ("memchr", "octet sum", "sipstatus " + context["kernel chosen"])
    panels = {f"{layout}: {LAYOUTS[layout]}": sorted((row for row in some if row.subject in shown or
                                                      row.role in ("peer", "decoder")), key=lambda row: row.ns)
              for (layout,), some in groups([row for row in rows if row.input == which], "layout").items()}
    what = "a realistic mix of responses" if which == "mix" else "the user's corpus"
    footer = ["sipstatus validates the whole line and classifies its phrase. memchr finds the line's end only.",
              "Peers read the code; their time includes the copy of the line that their interface needs.",
              "Message decoders have no public entry for a start line. Each decodes a message: the line and the least "
              "that it accepts after it.",
              "So their bars are not those of a start line parser, and one may go beyond the axis (//).",
              "× is the ratio to memchr in the same layout.", machine(context) + "."]
    return chart.bars("The time to read a SIP status line", f"ns a line, {what}; shorter is better", panels, footer)


def write(figures, folder):
    """Returns the sentences of disagreements()."""
    context, rows = read(figures)
    (folder / "report.md").write_text(markdown(context, rows), encoding="utf-8")
    lines = [row for row in rows if row.suite == "lines"]
    if lines:
        (folder / "overview.svg").write_text(overview(context, lines), encoding="utf-8")
    return disagreements(rows)
