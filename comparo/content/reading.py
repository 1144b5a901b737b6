"""One thing that was read: what it is, what it was read of, and what was found wrong on the way."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import msgspec

from comparo.content.witness import Seen, Witness
from comparo.errors import Place, Problem
from comparo.files import Files, Report

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """How what is read becomes bytes and comes back."""

    encode: Callable[[T], bytes]
    decode: Callable[[bytes], T]


def kind_of(plain: Any) -> Kind[Any]:
    """Give the kind of what msgspec knows as it is: data of texts, lists and whole numbers."""
    return Kind(msgspec.msgpack.encode, msgspec.msgpack.Decoder(plain).decode)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value, or None where it could not be read. ``given`` stands for all but the files."""

    value: T | None
    given: bytes
    seen: Seen
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    kind: Kind[T] | None = None

    def tell(self, report: Report) -> None:
        """Report what was found wrong."""
        report.errors += self.errors
        report.warnings += self.warnings


def read_anew(
    files: Files, read: Callable[[Files], T | None], given: bytes, kind: Kind[T] | None
) -> Reading[T]:
    """Read something, and note what was looked at on the way."""
    report = Report()
    witness = Witness(files.root, report, files.known)
    value = read(witness)
    told = tuple(report.errors), tuple(report.warnings)
    return Reading(value, given, witness.seen, *told, kind)


def pack(reading: Reading[T]) -> bytes:
    """Give a reading that is of some kind as bytes, for another process or another day."""
    kind, value = reading.kind, reading.value
    packed = kind.encode(value) if kind and value is not None else None
    told = tuple(map(_told, reading.errors)), tuple(map(_told, reading.warnings))
    return _ENCODER.encode((packed, reading.given, reading.seen, *told))


ODD = (ValueError, LookupError, TypeError, RecursionError)
"""What bytes are met with that no reading ever became."""


def unpack(data: bytes, kind: Kind[T]) -> Reading[T]:
    """Give the reading that bytes stand for. Raises one of ``ODD`` if they stand for none."""
    value, given, seen, errors, warnings = _DECODER.decode(data)
    return Reading(
        None if value is None else kind.decode(value),
        given,
        seen,
        tuple(map(_problem, errors)),
        tuple(map(_problem, warnings)),
        kind,
    )


def unstamped(reading: Reading[T]) -> Reading[T]:
    """Give a reading for another day, on which the files themselves must be looked at."""
    return replace(reading, seen=reading.seen.unstamped())


# A message may quote what no text can hold, as half a character.
_Told = tuple[str, int, int, bytes, bytes]

_ENCODER = msgspec.msgpack.Encoder()
_DECODER: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(
    tuple[bytes | None, bytes, Seen, tuple[_Told, ...], tuple[_Told, ...]]
)


def _told(problem: Problem) -> _Told:
    place = problem.place
    words = (text.encode("utf-8", "surrogatepass") for text in (problem.message, problem.hint))
    return place.file, place.line, place.column, *words  # type: ignore[return-value]


def _problem(told: _Told) -> Problem:
    file, line, column, message, hint = told
    return Problem(
        Place(file, line, column),
        message.decode("utf-8", "surrogatepass"),
        hint.decode("utf-8", "surrogatepass"),
    )
