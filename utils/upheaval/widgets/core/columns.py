"""Plain JSON as numbers and texts: what stands in one place of many parts, column by column.

The rows of all states of a chart are one list of rows; of that list every row stands once, and of
the rows the first cells come together, then the second ones. So a row that ten states show costs
ten small numbers, and like stands beside like, which deflate needs. The way of a columnar file, as
in Melnik and others, "Dremel: interactive analysis of web-scale datasets", VLDB 2010.

A *column* is a list of values and is written so:

- how many different values it has (0: all differ), and then, if there are more than one, how
  `_which` names them, and which of them stands in each place;
- of the different values, which kinds there are (a sum of powers of two), each one's kind where
  there are several, and then kind by kind as `_Writer` has it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .leb128 import number_in, number_of

Json = Any

#: The kinds of values, by their numbers. A *literal* is any other scalar, as JSON; a *map* an
#: object of objects, whose keys say little (the states of a chart), a *record* any other.
TEXT, INTEGER, LITERAL, LIST, RECORD, MAP = range(6)
#: Whole numbers beyond this are literals.
LARGEST = 2**31
#: Lists of one length, so many of them and no longer, are rows: each of their places is a column.
ROWS, CELLS = 4, 20
#: How `_which` names values: each new one is 0, else its number and 1; or by the steps between.
BY_NUMBER, BY_STEP = range(2)


def written(value: Json) -> tuple[list[int], list[str]]:
    """The numbers and the texts, each text once, that `read` makes `value` of."""
    writer = _Writer()
    writer.column([value])
    return writer.numbers, list(writer.texts)


def read(numbers: Sequence[int], texts: Sequence[str]) -> Json:
    """The value that `written` was given. Raises ``ValueError`` for what it cannot have written."""
    reader = _Reader(numbers, texts)
    value = reader.column(1)[0]
    if not reader.done:
        raise ValueError("the data of this page are damaged: make the page again")
    return value


def in_bytes(numbers: Sequence[int]) -> bytes:
    """The `numbers` as bytes, and before them how many bytes these are."""
    data = b"".join(map(number_in, numbers))
    return number_in(len(data)) + data


def from_bytes(data: bytes) -> tuple[list[int], int]:
    """The numbers that `data` begins with, and the place behind them."""
    length, at = number_of(data, 0)
    end, numbers = at + length, []
    while at < end:
        number, at = number_of(data, at)
        numbers.append(number)
    return numbers, end


class _Writer:
    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.texts: dict[str, int] = {}
        #: The text that was named last: mostly the next one follows it.
        self.named = -1
        self._known: dict[Any, int] = {}
        self._seen: dict[int, int] = {}

    def column(self, values: Sequence[Json]) -> None:
        """Write `values`."""
        if not values:
            return
        numbers = [self._identity(value) for value in values]
        # Of equal values, any: they are written alike.
        different = list(dict(zip(numbers, values, strict=True)).values())
        if len(different) == len(values):
            self.numbers.append(0)
        else:
            self.numbers.append(len(different))
            if len(different) > 1:
                self.numbers += _which(numbers)
        kinds = [_kind(value) for value in different]
        there = sorted(set(kinds))
        self.numbers.append(sum(1 << kind for kind in there))
        if len(there) > 1:
            self.numbers += kinds
        ways: dict[int, Callable[[list[Json]], None]] = {
            TEXT: self._texts,
            INTEGER: self._integers,
            LITERAL: lambda own: self._texts([_literal(value) for value in own]),
            LIST: self._lists,
            RECORD: self._records,
            MAP: self._maps,
        }
        for kind in there:
            ways[kind]([value for value, its in zip(different, kinds, strict=True) if its == kind])

    def _texts(self, texts: Sequence[str]) -> None:
        """Each text as 0 where it is new, else as a step from the one that was named last."""
        for text in texts:
            if text in self.texts:
                self.numbers.append(1 + _unsigned(self.texts[text] - self.named - 1))
                self.named = self.texts[text]
            else:
                self.numbers.append(0)
                self.texts[text] = len(self.texts)

    def _integers(self, values: list[int]) -> None:
        """Each number as a step from the one before it and 1."""
        last = -1
        for value in values:
            self.numbers.append(_unsigned(value - last - 1))
            last = value

    def _lists(self, lists: list[Sequence[Json]]) -> None:
        """Rows as 1, their length and a column for each place; others as 0, their lengths and one
        column of all that is in them.
        """
        lengths = [len(one) for one in lists]
        if len(lists) >= ROWS and len(set(lengths)) == 1 and lengths[0] <= CELLS:
            self.numbers += [1, lengths[0]]
            for place in range(lengths[0]):
                self.column([one[place] for one in lists])
        else:
            self.numbers += [0, *lengths]
            self.column([value for one in lists for value in one])

    def _records(self, records: list[dict[str, Json]]) -> None:
        """How many sets of keys there are, which of them each has if there are several; and for
        each set the keys, and a column for each key.
        """
        shapes: dict[tuple[str, ...], list[dict[str, Json]]] = {}
        for one in records:
            shapes.setdefault(tuple(one), []).append(one)
        self.numbers.append(len(shapes))
        if len(shapes) > 1:
            place = {keys: index for index, keys in enumerate(shapes)}
            self.numbers += [place[tuple(one)] for one in records]
        for keys, own in shapes.items():
            self.numbers.append(len(keys))
            self._texts(keys)
            for key in keys:
                self.column([one[key] for one in own])

    def _maps(self, maps: list[dict[str, Json]]) -> None:
        """How many keys each has, the keys, and one column of all that is in them."""
        self.numbers += [len(one) for one in maps]
        self._texts([key for one in maps for key in one])
        self.column([value for one in maps for value in one.values()])

    def _identity(self, value: Json) -> int:
        """A number that is the same for equal values only."""
        if not isinstance(value, dict | list | tuple):
            key: Any = value if isinstance(value, str) else (type(value), repr(value))
            return self._known.setdefault(key, len(self._known))
        # Each object once: states share their parts more often than not.
        if id(value) not in self._seen:
            inner = value.values() if isinstance(value, dict) else value
            names = tuple(value) if isinstance(value, dict) else None
            key = (names, *(self._identity(one) for one in inner))
            self._seen[id(value)] = self._known.setdefault(key, len(self._known))
        return self._seen[id(value)]


class _Reader:
    def __init__(self, numbers: Sequence[int], texts: Sequence[str]) -> None:
        self._numbers = iter(numbers)
        self._all_texts = texts
        self._new, self._named = 0, -1

    @property
    def done(self) -> bool:
        """Whether all was used that was given."""
        return next(self._numbers, None) is None and self._new == len(self._all_texts)

    def column(self, count: int) -> list[Json]:
        """The `count` values of the column that is written next."""
        if not count:
            return []
        different = self._next()
        which = [0] * count if different == 1 else None
        if different > 1:
            which = self._which(count)
        ways: dict[int, Callable[[int], list[Json]]] = {
            TEXT: self._texts,
            INTEGER: self._integers,
            LITERAL: lambda own: [json.loads(text) for text in self._texts(own)],
            LIST: self._lists,
            RECORD: self._records,
            MAP: self._maps,
        }
        mask, total = self._next(), different or count
        there = [kind for kind in ways if mask >> kind & 1]
        kinds = self._take(total) if len(there) > 1 else there * total
        made = {kind: iter(ways[kind](kinds.count(kind))) for kind in there}
        values = [next(made[kind]) for kind in kinds]
        return values if which is None else [values[index] for index in which]

    def _next(self) -> int:
        return next(self._numbers)

    def _take(self, count: int) -> list[int]:
        return [self._next() for _ in range(count)]

    def _which(self, count: int) -> list[int]:
        found, new, last = [], 0, -1
        by_step = self._next() == BY_STEP
        for number in self._take(count):
            last = last + 1 + _signed(number) if by_step else number - 1 if number else new
            new += last == new
            found.append(last)
        return found

    def _texts(self, count: int) -> list[str]:
        found = []
        for number in self._take(count):
            if number:
                self._named += 1 + _signed(number - 1)
                found.append(self._all_texts[self._named])
            else:
                found.append(self._all_texts[self._new])
                self._new += 1
        return found

    def _integers(self, count: int) -> list[int]:
        found, last = [], -1
        for number in self._take(count):
            last += 1 + _signed(number)
            found.append(last)
        return found

    def _lists(self, count: int) -> list[list[Json]]:
        if self._next():
            places = [self.column(count) for _ in range(self._next())]
            return [[place[at] for place in places] for at in range(count)]
        lengths = self._take(count)
        values = iter(self.column(sum(lengths)))
        return [_first(values, length) for length in lengths]

    def _records(self, count: int) -> list[dict[str, Json]]:
        shapes = self._next()
        which = self._take(count) if shapes > 1 else [0] * count
        made = []
        for shape in range(shapes):
            own = which.count(shape)
            keys = self._texts(self._next())
            columns = [self.column(own) for _ in keys]
            rows = zip(*columns, strict=True) if keys else [()] * own
            made.append(iter([dict(zip(keys, row, strict=True)) for row in rows]))
        return [next(made[shape]) for shape in which]

    def _maps(self, count: int) -> list[dict[str, Json]]:
        lengths = self._take(count)
        keys = iter(self._texts(sum(lengths)))
        values = iter(self.column(sum(lengths)))
        return [
            dict(zip(_first(keys, length), _first(values, length), strict=True))
            for length in lengths
        ]


def _first(values: Iterator[Json], count: int) -> list[Json]:
    return [next(values) for _ in range(count)]


def _kind(value: Json) -> int:
    if isinstance(value, str):
        return TEXT
    if isinstance(value, list | tuple):
        return LIST
    if isinstance(value, dict):
        return MAP if value and all(isinstance(one, dict) for one in value.values()) else RECORD
    return INTEGER if type(value) is int and abs(value) < LARGEST else LITERAL


def _literal(value: Json) -> str:
    return json.dumps(value)


def _which(numbers: Sequence[int]) -> list[int]:
    """Which of the different values stands in each place, in the way that deflates best."""
    places: dict[int, int] = {}
    by_number, by_step, last = [], [], -1
    for number in numbers:
        index = places.get(number, -1)
        by_number.append(index + 1)
        if index < 0:
            index = places[number] = len(places)
        by_step.append(_unsigned(index - last - 1))
        last = index
    ways = [[BY_NUMBER, *by_number], [BY_STEP, *by_step]]
    return min(ways, key=lambda way: len(zlib.compress(in_bytes(way), 9)))


def _unsigned(number: int) -> int:
    """0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …"""
    return number * 2 if number >= 0 else -number * 2 - 1


def _signed(number: int) -> int:
    return -(number + 1) // 2 if number % 2 else number // 2
