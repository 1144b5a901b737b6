"""What a product can do: the list in product.yaml and the files beside it → capabilities."""

from collections.abc import Iterator
from functools import partial

from comparo.content.markdown import to_prose
from comparo.files import MARKDOWN_LIMIT, Files, Where
from comparo.model import Capability, Prose
from comparo.source import front_matter
from comparo.texts import slugify
from comparo.values import Value

KEYS = (
    "name",
    "description",
    "topic",
    "unique",
    "vs_alternatives",
    "intents",
    "best_for",
    "limitations",
    "requires",
    "inputs",
    "outputs",
    "source",
)

UP = "../../"
"""From a page that shows a product (``/products/<slug>/``, ``/compare/…/``) to the site's root."""


class Ids:
    """The ids of a product's capabilities: each is unique there, and as stable as its name."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def of(self, name: str) -> str:
        """Give the id of the next capability."""
        unique = stem = slugify(name) or "capability"
        while unique in self._taken:
            self._counts[stem] = self._counts.get(stem, 1) + 1
            unique = f"{stem}-{self._counts[stem]}"
        self._taken.add(unique)
        return unique


def read_capability(value: Value, ids: Ids, description: Prose | None = None) -> Capability | None:
    """Read one capability, written in product.yaml or as the front matter of a file of its own."""
    if value.is_scalar and not value.missing:
        name = value.text(300)
        return Capability(ids.of(name), name, place=value.place) if name else None
    fields = value.fields(*KEYS)
    name = fields.read("name", partial(Value.text, limit=300))
    if fields.lacks("name") and value.holds_keys:
        value.error("has no name", "every capability needs a name")
    if not name:
        return None
    text = fields.read("description", Value.block)
    return Capability(
        id=ids.of(name),
        name=name,
        description=description or (to_prose(text, root=UP, top=0) if text else None),
        topic=fields.read("topic", Value.slug) or "",
        unique=fields.read("unique", Value.text) or "",
        vs_alternatives=fields.read("vs_alternatives", Value.text) or "",
        intents=fields.read("intents", Value.texts) or (),
        best_for=fields.read("best_for", Value.texts) or (),
        limitations=fields.read("limitations", Value.texts) or (),
        requires=fields.read("requires", Value.texts) or (),
        inputs=fields.read("inputs", Value.texts) or (),
        outputs=fields.read("outputs", Value.texts) or (),
        source=fields.read("source", Value.text) or "",
        place=value.place,
    )


def read_files(files: Files, folder: Where, ids: Ids) -> Iterator[Capability | None]:
    """Read capability files: front matter with the keys, and the description below it."""
    for path in files.entries(folder):
        if path.suffix != ".md":
            files.report.warn(files.place(path), "is not read", "capabilities are .md files")
            continue
        text = files.text(path, MARKDOWN_LIMIT)
        if text is None:
            continue
        parts = front_matter(text, files.place(path).file, files.report)
        if parts is None:
            continue
        head, body = parts
        if head is None:
            hint = "begin it with --- and name: …"
            files.report.error(files.place(path, 1, 1), "has no front matter", hint)
            continue
        yield read_capability(head, ids, to_prose(body, root=UP, top=0))
