"""A bar chart as SVG, light and dark, of how long each build takes next to Hugo's."""

from collections.abc import Iterator
from html import escape

from tests.bench.report import Data

HEADS = {"cold": "Cold build", "same": "Nothing changed", "edit": "One sentence edited"}
WIDTH, LEFT, RIGHT, ROW, HEAD = 760, 170, 150, 24, 40


def draw(data: Data) -> str:
    """Draw the figures of a run, as ``--json`` prints them."""
    parts = list(_groups(data))
    height = HEAD + sum(size for _, size in parts) + 10
    body, top = [], HEAD
    for part, size in parts:
        body.append(f'<g transform="translate(0 {top})">{part}</g>')
        top += size
    title = (
        f"{data['pages']:,} pages of {data['products']:,} products in {data['pairs']:,} comparisons"
    )
    note = f"seconds, × {data['measure']}; shorter is faster"
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">
<title>{escape(title)}</title>
<style>
text {{ font: 13px system-ui, sans-serif; fill: #1f2328; }}
.head {{ font-weight: 600; }} .note {{ fill: #59636e; }}
rect {{ fill: #8c959f; }} .ours {{ fill: #0969da; }}
@media (prefers-color-scheme: dark) {{
text {{ fill: #f0f6fc; }} .note {{ fill: #9198a1; }}
rect {{ fill: #656c76; }} .ours {{ fill: #4493f8; }}
}}
</style>
<text x="10" y="22"><tspan class="head">{escape(title)}</tspan>
<tspan class="note">({note})</tspan></text>
{chr(10).join(body)}
</svg>
"""


def _groups(data: Data) -> Iterator[tuple[str, int]]:
    programs = data["programs"]
    longest = max(program["ratios"][work] for program in programs.values() for work in HEADS)
    scale = (WIDTH - LEFT - RIGHT) / longest
    unit = programs[data["measure"]]["seconds"]
    for work, head in HEADS.items():
        bars = [(name, program["seconds"][work]) for name, program in programs.items()]
        if work == "cold":
            bars.append(("only writing the files", programs["comparo"]["seconds"]["write 1"]))
        drawn = [
            _bar(name, seconds / unit[work], seconds, scale, ROW * number)
            for number, (name, seconds) in enumerate(bars, 1)
        ]
        title = f'<text class="head" x="10" y="17">{head}</text>'
        yield "".join([title, *drawn]), ROW * (len(bars) + 1) + 10


def _bar(name: str, ratio: float, seconds: float, scale: float, top: int) -> str:
    kind = ' class="ours"' if name.startswith("comparo") else ""
    width = max(1, ratio * scale)
    return (
        f'<text x="{LEFT - 8}" y="{top + 17}" text-anchor="end">{escape(name)}</text>'
        f'<rect{kind} x="{LEFT}" y="{top + 4}" width="{width:.1f}" height="{ROW - 6}" rx="2"/>'
        f'<text x="{LEFT + width + 6:.1f}" y="{top + 17}">{seconds:.2f} s'
        f' <tspan class="note">× {ratio:.2g}</tspan></text>'
    )
