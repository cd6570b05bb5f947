"""Draws bars as SVG with the standard library alone."""
import html
import textwrap

COLOURS = {"ours": "#0f766e", "floor": "#8b949e", "peer": "#b9772f", "decoder": "#ead2b5"}
ROLES = {"ours": "sipstatus", "floor": "floor", "peer": "start line parser", "decoder": "whole-message decoder"}
INK, FAINT = "#1f2328", "#59636e"
WIDTH, NAMES, VALUES = 900, 225, 130
STEP, THICK = 22, 15
FONT = "font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', Helvetica, Arial, sans-serif\""


def text(x, y, words, size=12.5, fill=INK, anchor="start", weight="normal"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" text-anchor="{anchor}" '
            f'font-weight="{weight}">{html.escape(words)}</text>')


def bar(y, row, limit):
    """A bar; one that goes beyond the axis is torn before its end."""
    room = WIDTH - NAMES - VALUES - 20
    width = room * min(row.ns / limit, 1)
    fill = COLOURS[row.role]
    weight = "bold" if row.role == "ours" else "normal"
    name = row.subject + (" (message decoder)" if row.role == "decoder" else "")
    parts = [f'<rect x="{NAMES}" y="{y:.1f}" width="{width:.1f}" height="{THICK}" fill="{fill}"/>',
             text(NAMES - 8, y + 12, name, anchor="end", weight=weight),
             text(NAMES + width + 6, y + 12, f"{row.ns:.1f} ns · {row.ratio:.2f}×", weight=weight)]
    if row.ns > limit:
        x = NAMES + width - 24
        parts.insert(1, f'<path d="M{x:.1f} {y + THICK + 1:.1f} l8 -{THICK + 2} h5 l-8 {THICK + 2} z" fill="#ffffff"/>')
    return parts


def legend(y):
    parts, x = [], 20
    for role, words in ROLES.items():
        parts += [f'<rect x="{x}" y="{y - 10}" width="12" height="12" fill="{COLOURS[role]}"/>', text(x + 18, y, words)]
        x += 40 + 7 * len(words)
    return parts


def bars(title, unit, panels, footer):
    """A panel for each {title: rows}, all on one axis. It ends after the longest bar but those of the decoders."""
    limit = 1.05 * max(row.ns for rows in panels.values() for row in rows if row.role != "decoder")
    parts, y = legend(76), 108
    for name, rows in panels.items():
        parts.append(text(20, y, name, 14, weight="bold"))
        y += 10
        for row in rows:
            parts += bar(y, row, limit)
            y += STEP
        y += 30
    for line in (line for paragraph in footer for line in textwrap.wrap(paragraph, 125)):
        parts.append(text(20, y, line, 11.5, FAINT))
        y += 17
    head = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" role="img" '
            f'aria-label="{html.escape(title, quote=True)}" {FONT}>',
            f'<rect width="{WIDTH}" height="{y}" fill="#ffffff"/>',
            text(20, 32, title, 19, weight="bold"), text(20, 53, unit, 13, FAINT)]
    return "\n".join(head + parts + ["</svg>"]) + "\n"
