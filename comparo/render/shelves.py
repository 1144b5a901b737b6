"""The pages of a site by address. None is made before somebody asks for it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from comparo.render.frame import Page

T = TypeVar("T")


class Shelf(Generic[T]):
    """Pages of one kind: what each is about, by its address, and how it is made of that."""

    def __init__(self, gather: Callable[[], Mapping[str, T]], make: Callable[[T], Page]) -> None:
        self._gather = gather
        self.make = make

    @cached_property
    def about(self) -> Mapping[str, T]:
        """Give what the pages are about, by address."""
        return self._gather()


class Pages(Mapping[str, Page]):
    """All shelves of a site. A page that is asked for twice is made twice, and is the same."""

    def __init__(self, *shelves: Shelf[Any]) -> None:
        self._shelves = shelves

    def __getitem__(self, url: str) -> Page:
        for shelf in self._shelves:
            if url in shelf.about:
                return shelf.make(shelf.about[url])
        raise KeyError(url)

    def __contains__(self, url: object) -> bool:
        return any(url in shelf.about for shelf in self._shelves)

    def __iter__(self) -> Iterator[str]:
        for shelf in self._shelves:
            yield from shelf.about

    def __len__(self) -> int:
        return sum(len(shelf.about) for shelf in self._shelves)
