"""Draws bars as SVG with the standard library alone."""
import html

COLOURS = {"ours": "#0f766e", "floor": "#8b949e", "peer": "#b9772f", "decoder": "#ead2b5"}
ROLES = {"ours": "sipstatus", "floor": "floor", "peer": "start line parser", "decoder": "whole-message decoder"}
WIDTH, NAMES, VALUES, STEP, THICK = 900, 225, 150, 22, 15


def text(x, y, words, size=12.5, more=""):
    return f'<text x="{x:.0f}" y="{y}" font-size="{size}" {more}>{html.escape(words)}</text>'


def box(x, y, width, height, role):
    return f'<rect x="{x}" y="{y}" width="{width:.1f}" height="{height}" fill="{COLOURS[role]}"/>'


def bars(title, unit, panels, footer):
    """A panel for each {title: rows}, all on one axis. It ends after the longest bar but those of the decoders."""
    limit = 1.05 * max(row.ns for rows in panels.values() for row in rows if row.role != "decoder")
    parts = [text(20, 32, title, 19, 'font-weight="bold"'), text(20, 53, unit)]
    for at, (role, words) in enumerate(ROLES.items()):
        parts += [box(20 + 190 * at, 66, 12, 12, role), text(38 + 190 * at, 76, words)]
    y = 108
    for name, rows in panels.items():
        parts.append(text(20, y, name, 14, 'font-weight="bold"'))
        for row in rows:
            y += STEP
            width = (WIDTH - NAMES - VALUES) * min(row.ns / limit, 1)
            weight = 'font-weight="bold"' if row.role == "ours" else ""
            name = row.subject + (" (message decoder)" if row.role == "decoder" else "")
            parts += [box(NAMES, y - THICK + 3, width, THICK, row.role),
                      text(NAMES - 8, y, name, more='text-anchor="end" ' + weight),
                      text(NAMES + width + 6, y, f"{row.ns:,.1f} ns · {row.ratio:.2f}×", more=weight)]
            if row.ns > limit:
                parts.append(text(NAMES + width - 24, y, "//", 14, 'font-weight="bold"'))
        y += 36
    for line in footer:
        parts.append(text(20, y, line, 11.5))
        y += 17
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img" fill="#1f2328" '
            f'aria-label="{html.escape(title)}" font-family="system-ui, \'DejaVu Sans\', Arial, sans-serif">\n'
            f'<rect width="{WIDTH}" height="{y}" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n")
