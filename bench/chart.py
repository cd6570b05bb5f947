"""Charts as SVG, with nothing but the standard library. In: bars or lines with their values. Out: the text of a file."""
import dataclasses
import html
import math

COLOURS = {"ours": "#0f766e", "floor": "#8b949e", "peer": "#d0a06a"}
LINE_COLOURS = {"ours": ["#7cc8bc", "#2f9e90", "#0b5f58", "#0f766e"], "floor": ["#3d444d", "#6e7781", "#8b949e", "#a8b0b8"],
                "peer": ["#a5672a", "#cf8f4a", "#e0b483", "#7d4a1a"]}
INK, FAINT = "#1f2328", "#59636e"
WIDTH, NAMES, VALUES = 900, 225, 160
FONT = "font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', Helvetica, Arial, sans-serif\""


@dataclasses.dataclass
class bar:
    name: str
    value: float
    role: str
    note: str = ""


@dataclasses.dataclass
class panel:
    title: str
    bars: list
    floor_name: str = None
    floor: float = None


def text(x, y, words, size=13, fill=INK, anchor="start", weight="normal"):
    """With a white rim, so that it can be read where it lies on a line."""
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" text-anchor="{anchor}" '
            f'font-weight="{weight}" stroke="#ffffff" stroke-width="4" paint-order="stroke">{html.escape(words)}</text>')


def value_text(value):
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def wrap(words, width=118):
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return lines


def document(title, unit, height, parts, footer):
    foot = [line for paragraph in footer for line in wrap(paragraph)]
    whole = height + 18 * len(foot) + 14
    head = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {whole:.0f}" width="{WIDTH}" '
            f'height="{whole:.0f}" role="img" aria-label="{html.escape(title, quote=True)}" {FONT}>',
            f'<rect width="{WIDTH}" height="{whole:.0f}" fill="#ffffff"/>',
            text(20, 32, title, 19, weight="bold"), text(20, 53, unit, 13, FAINT)]
    tail = [text(20, height + 16 + 18 * n, line, 11.5, FAINT) for n, line in enumerate(foot)]
    return "\n".join(head + parts + tail + ["</svg>"]) + "\n"


def limit_of(one):
    """Where the axis ends: everything but bars so long that they would leave nothing to see of the others."""
    values = sorted(entry.value for entry in one.bars)
    ours = [entry.value for entry in one.bars if entry.role == "ours"] or values[:1]
    usual = [value for value in values if value <= 12 * max(min(ours), one.floor or 0)]
    return max(usual or values[:1]) * 1.12


def torn_bar(x, y, width, height, fill):
    """A bar that goes on beyond the axis."""
    gap = width - 26
    return (f'<rect x="{x}" y="{y:.1f}" width="{gap:.1f}" height="{height}" fill="{fill}"/>'
            f'<path d="M{x + gap + 3:.1f} {y + height:.1f} l8 -{height} h15 v{height} z" fill="{fill}"/>')


def draw_panel(one, top):
    step, thick = 25, 17
    parts, y = [], top
    if one.title:
        parts.append(text(20, y + 14, one.title, 14, weight="bold"))
        y += 26
    room = WIDTH - NAMES - VALUES - 20
    limit = limit_of(one)
    bottom = y + step * len(one.bars)
    labels = []
    for entry in one.bars:
        fill = COLOURS[entry.role]
        torn = entry.value > limit
        width = room if torn else max(room * entry.value / limit, 1.5)
        bold = "bold" if entry.role == "ours" else "normal"
        parts.append(torn_bar(NAMES, y, width, thick, fill) if torn else
                     f'<rect x="{NAMES}" y="{y:.1f}" width="{width:.1f}" height="{thick}" fill="{fill}"/>')
        words = f"{value_text(entry.value)} ns" + (f" · {entry.note}" if entry.note else "")
        labels += [text(NAMES - 8, y + 13, entry.name, 13, anchor="end", weight=bold),
                   text(NAMES + width + 6, y + 13, words, 12.5, INK if entry.role == "ours" else FAINT, weight=bold)]
        y += step
    if one.floor and one.floor <= limit:
        x = NAMES + room * one.floor / limit
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{bottom - step * len(one.bars) - 3:.1f}" y2="{bottom:.1f}" '
                     f'stroke="{INK}" stroke-width="1" stroke-dasharray="4 3"/>')
        parts.append(text(x + 4, bottom + 10, one.floor_name, 11, FAINT))
    return parts + labels, bottom + 24


def bars(title, unit, panels, footer):
    parts, y = [], 74
    for one in panels:
        drawn, y = draw_panel(one, y)
        parts += drawn
    return document(title, unit, y, parts, footer)


def ticks(low, high):
    return [10.0 ** power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]


def lines(title, unit, panels, footer):
    """{panel: {(name, role): [(x, y), ...]}} on logarithmic axes."""
    parts, top = [], 74
    left, right, height = 64, WIDTH - 190, 300
    points = [point for series in panels.values() for line in series.values() for point in line]
    marks = ticks(min(y for _, y in points), max(y for _, y in points))
    sizes = sorted({x for x, _ in points})

    def across(x):
        span = math.log(sizes[-1] / sizes[0]) or 1
        return left + (right - left) * math.log(x / sizes[0]) / span

    for name, series in panels.items():
        parts.append(text(20, top + 14, name, 14, weight="bold"))
        base = top + 26 + height

        def up(y, base=base):
            return base - height * math.log(y / marks[0]) / math.log(marks[-1] / marks[0])

        for mark in marks:
            parts.append(f'<line x1="{left}" x2="{right}" y1="{up(mark):.1f}" y2="{up(mark):.1f}" stroke="#e3e6ea"/>')
            parts.append(text(left - 8, up(mark) + 4, f"{mark:,.0f}", 11.5, FAINT, "end"))
        for size in sizes:
            parts.append(text(across(size), base + 17, f"{size}", 11.5, FAINT, "middle"))
        used = {"ours": 0, "floor": 0, "peer": 0}
        ends = []
        for (subject, role), line in series.items():
            colour = LINE_COLOURS[role][used[role] % 4]
            used[role] += 1
            line = sorted(line)
            path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in line)
            dash = ' stroke-dasharray="5 4"' if role == "floor" else ""
            parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" '
                         f'stroke-width="{2.6 if role == "ours" else 1.6}"{dash}/>')
            ends.append([up(line[-1][1]), subject, colour, role])
        ends.sort()
        for lower, higher in zip(ends, ends[1:]):
            higher[0] = max(higher[0], lower[0] + 15)
        for y, subject, colour, role in ends:
            parts.append(text(right + 8, y + 4, subject, 12, colour, weight="bold" if role == "ours" else "normal"))
        top = base + 44
    return document(title, unit, top, parts, footer)
