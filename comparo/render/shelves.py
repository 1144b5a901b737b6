"""The pages of a site by address. None is made before somebody asks for it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, Generic, TypeVar

from comparo.render.frame import Page

T = TypeVar("T")


class Shelf(Generic[T]):
    """Pages of one kind: what each is about, its address, and how it is made of that."""

    def __init__(
        self,
        gather: Callable[[], Iterable[T]],
        address: Callable[[T], str],
        make: Callable[[T], Page],
    ) -> None:
        self._gather = gather
        self.address = address
        self.make = make

    @cached_property
    def about(self) -> Sequence[T]:
        """Give what the pages are about."""
        return tuple(self._gather())

    @cached_property
    def by_address(self) -> Mapping[str, T]:
        """Give the same by address. A build, which goes through all of them, does without."""
        return {self.address(about): about for about in self.about}


class Pages(Mapping[str, Page]):
    """All shelves of a site. A page that is asked for twice is made twice, and is the same."""

    def __init__(self, *shelves: Shelf[Any]) -> None:
        self._shelves = shelves

    def __getitem__(self, url: str) -> Page:
        for shelf in self._shelves:
            if url in shelf.by_address:
                return shelf.make(shelf.by_address[url])
        raise KeyError(url)

    def __contains__(self, url: object) -> bool:
        return any(url in shelf.by_address for shelf in self._shelves)

    def __iter__(self) -> Iterator[str]:
        for shelf in self._shelves:
            yield from map(shelf.address, shelf.about)

    def __len__(self) -> int:
        return sum(len(shelf.about) for shelf in self._shelves)

    def at(self, number: int) -> Page:
        """Give the page whose address is the so-manieth, counted from 0."""
        shelf, about = self._find(number)
        return shelf.make(about)

    def address(self, number: int) -> str:
        """Give the so-manieth address."""
        shelf, about = self._find(number)
        return shelf.address(about)

    def _find(self, number: int) -> tuple[Shelf[Any], Any]:
        place = bisect_right(self._starts, number) - 1
        shelf = self._shelves[place]
        return shelf, shelf.about[number - self._starts[place]]

    @cached_property
    def _starts(self) -> Sequence[int]:
        """Give the number of the first page on each shelf."""
        return [0, *accumulate(len(shelf.about) for shelf in self._shelves[:-1])]
