"""A small site that is hard to lay out: every length, script, gap and character that may come."""

import json
from pathlib import Path

LONG_NAME = (
    "Scaling Autoregressive Multi-Modal Models: Pretraining & Instruction Tuning for Everyone!?"
)
UNBROKEN = "https://example.org/" + "a-very-long-path-without-any-break/" * 4

FILES = {
    "content/site.yaml": """
title: Hard & <b>Bold</b>
description: Names, facts & gaps that "break" pages.
pairs:
  include:
    - plenty-vs-right-to-left
    - long-name-vs-bare
    - long-name-vs-plenty
capabilities_shown: 8
attributes:
  self_hosted: {label: Self-hosted, kind: boolean}
  languages: {label: Languages, kind: list}
""",
    "content/topics.yaml": """
sharing: {label: Sharing, synonyms: [share things]}
""",
    "content/products/bare/product.yaml": """
name: Bare
""",
    "content/products/bare-too/product.yaml": """
name: Bare too
category: notes
""",
    "content/products/long-name/product.yaml": f"""
name: "{LONG_NAME}"
type: model
category: [notes, a-category-with-quite-a-long-name-of-its-own]
tags: [research, long-names]
summary: >-
  A research paper with "quotes", <b>tags</b>, an & and a word that does not break:
  Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.
url: {UNBROKEN}
rank: 25
capabilities:
  - name: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    description: "Code that is wide: `{"x" * 120}`"
    unique: "{UNBROKEN}"
  - name: Sharing
    topic: sharing
""",
    "content/products/long-name/about.md": """
Words about it, with a [link](/methodology/), `code` and a list:

- one
- two

## A heading

| Wide | table | of | many | columns | that | a | phone | has | no | room | for | at | all |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 |
""",
    "content/products/right-to-left/product.yaml": """
name: מחברת פתוחה (العربية)
category: notes
tags: [research]
summary: תוכנה חופשית לכתיבת הערות.
license: {value: MIT, source: https://example.org/licence, date: 2026-01-31}
status: discontinued
released: 2019-05-04
pricing: {model: free}
signals: {github_stars: 120}
scores: {quality: 0.5}
capabilities:
  - name: שיתוף הערות
    topic: sharing
    description: כתיבה עם אחרים.
""",
    "content/products/plenty/logo.svg": """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z" fill="#36c"/></svg>
""",
    "content/comparisons/plenty-vs-right-to-left.md": """
---
choose_a: [you like plenty, "you need <b>everything</b> & more"]
choose_b: [you write from right to left]
---
An editor's words, **strong** ones, with a [link out](https://example.org/) and code:

    a line of code that is so long that no telephone can show it without scrolling sideways for it

# A heading

> A quotation.
""",
    "content/pages/about.md": f"""
---
title: About & more
description: What this site is about, and how wide a page may get.
---
# A heading

A line that does not break: {UNBROKEN}

```sh
comparo build --base-url https://example.org/a/sub/path --output /somewhere/else/entirely --json
```

1. one
2. two

| Setting | Kind | Default | What it does, at some length so that it needs room to breathe |
| --- | --- | --- | --- |
| `capabilities_shown` | number | `8` | How many capabilities a page shows before it folds |
""",
}


def write_hard_site(root: Path) -> Path:
    """Write the site's files below a folder, and give the folder."""
    evidence = "".join(f"{json.dumps(row)}\n" for row in _searches())
    files = {
        **FILES,
        "content/products/plenty/product.yaml": _plenty(),
        "content/evidence/searches.jsonl": evidence,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return root


def _plenty() -> str:
    """Write a product with forty capabilities and every fact."""
    head = """
name: Plenty </script><script>alert(1)</script>
type: web-app
category: notes
tags: [research, everything]
summary: Has a value for every key there is.
url: https://example.org/plenty
repo: https://example.org/plenty.git
license: AGPL-3.0-or-later
platforms: [linux, macos, windows, android, ios, docker, kubernetes, freebsd, haiku]
status: active
released: {value: 2026-08-21, source: https://example.org/news, date: 2026-08-22}
pricing:
  model: freemium
  starting_price: {amount: 20, currency: USD, period: month}
  checked: 2026-08-01
  source: https://example.org/pricing
signals:
  github_stars: {value: 21000, source: https://example.org/stars, date: 2026-08-21}
  last_commit: 2026-08-21
  rating: 4.5
scores: {ecosystem: 0.8}
attributes:
  self_hosted: true
  languages: [Python, Go, Rust, TypeScript, Haskell]
  seats: 12
  motto: More & <i>more</i>
capabilities:
  - name: Share things
    description: "With **everyone**, or with a [few](https://example.org/few)."
    unique: No one else does it so.
    vs_alternatives: "Others need a plugin."
    intents: [share notes with others]
    best_for: [teams, families]
    limitations: [at most a thousand people]
    requires: [an account]
    inputs: [notes]
    outputs: [links]
    source: https://example.org/sharing
"""
    rest = (f"  - {{name: Capability {n}, description: Does number {n}.}}\n" for n in range(2, 41))
    return head + "".join(rest)


def _searches() -> list[dict[str, object]]:
    query = "share notes <b>with</b> others"
    return [
        {"query": query, "product": "plenty", "capability": "Share things", "count": 1200},
        {"query": query, "product": "right-to-left", "count": 3, "date": "2026-02-01"},
        {"query": "x" * 90, "product": "plenty"},
        {"query": "x" * 90, "product": "right-to-left"},
    ]
