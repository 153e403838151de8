"""One cause, one message: of problems that follow from each other the first is told.

A cell that is wrong is wrong in what quotes it, too: its excerpts no longer carry it, its erratum
says something else, the dates beside it are out of order. A person mends one cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .problems import (
    COPY,
    MISSING,
    MOVED,
    SHOWN,
    TWICE,
    UNGROUNDED,
    UNQUOTED,
    UNSAID,
    UNUSED,
    Problem,
    quoted,
)
from .wording import counted

_STATUS = frozenset({"status", "status_before", "status_since", "disputed_by", "claimant"})
_DATES = frozenset(
    {"date", "period", "first_reported", "start_date", "end_date", "start", "end", "status_since"}
    | {"opens", "closes", "settled", "signed", "in_force", "as_of"}
)
_FAMILIES = (
    _STATUS,
    _DATES,
    frozenset({"giver", "receiver"}),
    frozenset({"a_iso3", "b_iso3"}),
)
"""Columns of a row that rules hold against each other."""
_HISTORY = frozenset({"status", "status_before", "status_since"})
_FIGURES = frozenset({"low", "high", "best", "point", "unit"})
"""Words in the names of the columns of one range, and what it is counted in."""
_DENIALS = "denials.csv"
_THAT_QUOTE = ("excerpts.csv", "errata.csv")
_SWAPPED = 3
"""How many cells of two rows others say otherwise, until the rows are taken for exchanged."""
SINGLY = 3
"""How many rows of a table may be missing until the table is."""
SHOWN_NAMES = 5
_OF_NAMES = ("countries.csv", "speakers.csv", "places.csv")
_OF_GROUNDS = ("excerpts.csv", "sources.csv", "unread_cells.csv", _DENIALS)
_OF_ROWS = {("excerpts.csv", "table"), ("excerpts.csv", "row")}
_ID = re.compile(r'row "(.*)" \(line ')
_Cell = tuple[str, ...]


def folded(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without those that follow from another one among them."""
    given = list(problems)
    bare = [one for one in given if one.kind == UNGROUNDED]
    found = _one_day(_one_denier(_one_history([one for one in given if one not in bare])))
    found = _one_row(found)
    own = {_cell(one) for one in found}
    own |= {(file, row, other) for file, row, name in own for other in _related(name)}
    own |= {(file, row, _family(name)) for file, row, name in own}
    unsure = any(one.file == _DENIALS and _is_own(one) for one in found)
    # Whose names may be unknown, and which row an excerpt is of: what others say is not known then.
    unnamed = any(
        _is_own(one) and (one.file in _OF_NAMES or (one.file, one.column) in _OF_ROWS)
        for one in found
    )
    seen: set[_Cell] = set()
    kept: list[Problem] = []
    for one in found:
        if one.about and one.kind != MISSING:
            key = (*one.about[:2], _family(one.about[2]), *one.about[3:])
            follows = one.about[0] == _DENIALS and unsure
            follows |= one.kind == UNSAID and unnamed
            if follows or key in own or key in seen:
                continue
            seen.add(key)
        kept.append(one)
    return [*_unquoted(_missing_rows(_renamed_all(_unused(_swapped(kept))))), *_bare(bare, given)]


# -- in one row ------------------------------------------------------------------------------------
def _one_history(problems: list[Problem]) -> list[Problem]:
    """Of the problems in the status of one row the last, which knows who denies it."""
    last = {_row(one): one for one in problems if one.column in _HISTORY and _stands(one)}
    return [
        one
        for one in problems
        if not _stands(one) or one.column not in _HISTORY or last[_row(one)] is one
    ]


def _one_denier(problems: list[Problem]) -> list[Problem]:
    """Of the problems with who denies one row the first: a code that nobody has is no denier."""
    first: dict[_Cell, Problem] = {}
    return [
        one
        for one in problems
        if not _stands(one)
        or one.column != "disputed_by"
        or first.setdefault(_cell(one), one) is one
    ]


def _one_day(problems: list[Problem]) -> list[Problem]:
    """Of the problems in the dates of one row the last, which knows what nobody can know yet.

    Since when a status holds follows from the other dates.
    """
    dated = [one for one in problems if one.column in _DATES and _stands(one)]
    dated.sort(key=lambda one: one.column != "status_since")
    last = {_row(one): one for one in dated}
    return [
        one
        for one in problems
        if not _stands(one) or one.column not in _DATES or last[_row(one)] is one
    ]


def _one_row(problems: list[Problem]) -> list[Problem]:
    """Of a row whose name is there twice nothing else: other tables may mean the other one.

    Of one whose cells have moved, or that is another one, nothing else. Of one without an excerpt,
    no headline whose numbers no excerpt says; of one that two denials reach, the first of them.
    """
    twice = {_row(one) for one in problems if one.kind == TWICE}
    bare = {(*_row(one), "headline") for one in problems if one.kind == UNQUOTED}
    moved = {_row(one) for one in problems if one.kind in (MOVED, COPY)}
    reached: dict[_Cell, Problem] = {}
    return [
        one
        for one in problems
        if (one.kind in (MOVED, COPY) or _row(one) not in moved)
        and (one.kind == TWICE or not twice & {_row(one), one.about[:2] or _row(one)})
        and _cell(one) not in bare
        and (one.about[:1] != (_DENIALS,) or reached.setdefault(_cell(one), one) is one)
    ]


def _bare(bare: list[Problem], given: Sequence[Problem]) -> list[Problem]:
    """Cells that no sentence carries; none while their row, or what should carry them, is wrong.

    Of many in one table the first: a page has another date, or a column is new.
    """
    others = [one for one in given if one.kind != UNGROUNDED]
    if any(one.file in _OF_GROUNDS for one in others):
        return []
    wrong = {_row(one) for one in others} | {one.about[:2] for one in others}
    left: dict[str, list[Problem]] = {}
    for one in bare:
        if _row(one) not in wrong:
            left.setdefault(one.file, []).append(one)
    return [
        one
        for some in left.values()
        for one in (some if len(some) <= SINGLY else [_and_more(some)])
    ]


# -- between tables --------------------------------------------------------------------------------
def _unused(problems: list[Problem]) -> list[Problem]:
    """Sources that no row cites, in one message; none while a row is lost, or its sources wrong."""
    unused = [one for one in problems if one.kind == UNUSED]
    others = [one for one in problems if one.kind != UNUSED]
    if not unused or any(one.kind == MISSING or _of_sources(one) for one in others):
        return others
    return [*others, _and_more(unused)]


def _of_sources(one: Problem) -> bool:
    return one.column in ("sources", "source", "known_sources") or one.about[2:3] == ("sources",)


def _swapped(problems: list[Problem]) -> list[Problem]:
    """Of two rows of a table of which others say several other things, one: their ids are wrong.

    No two people mistype so much. What those rows themselves seem to have wrong follows from it.
    """
    groups: dict[str, dict[_Cell, list[Problem]]] = {}
    for one in problems:
        if len(one.about) > 2 and one.kind != MISSING and one.file in _THAT_QUOTE:
            groups.setdefault(one.about[0], {}).setdefault(one.about[:2], []).append(one)
    told: dict[int, Problem] = {}
    gone: set[_Cell] = set()
    for rows in groups.values():
        cells = {one.about for some in rows.values() for one in some}
        if len(rows) != 2 or len(cells) < _SWAPPED:
            continue
        first = next(iter(rows.values()))[0]
        names = " and ".join(quoted(row[1]) for row in rows)
        found = f"{first.found}, and {len(cells) - 1} more cells of two rows that others say"
        found += f" otherwise: {names}"
        expected = f"Were the ids of the two exchanged? Else, here: {first.expected}"
        gone |= set(rows)
        told[id(first)] = replace(first, found=found, expected=expected)
    return [
        told.get(id(one), one)
        for one in problems
        if id(one) in told or not gone & {_row(one), one.about[:2]}
    ]


def _missing_rows(problems: list[Problem]) -> list[Problem]:
    """Cells that name one row that is not there, in one message.

    Where its table has a row under a new name, which nothing knows or another one has, that name is
    the cause; but one cell alone is wrong itself.
    """
    groups: dict[_Cell, list[Problem]] = {}
    for one in problems:
        if one.kind == MISSING:
            groups.setdefault(one.about, []).append(one)
    told: dict[int, Problem] = {}
    gone: set[int] = set()
    for file in {about[0] for about in groups}:
        missing = [about for about in groups if about[0] == file]
        if len(missing) > SINGLY:
            alike = [one for about in missing for one in groups[about]]
            gone |= {id(one) for one in alike[1:]}
            told[id(alike[0])] = _cut_off(file, missing, alike)
            continue
        new = [one for one in problems if one.file == file and one.kind in (TWICE, UNQUOTED)]
        for about in missing:
            first, *others = groups[about]
            gone |= {id(one) for one in others}
            if len(missing) != 1 or len(new) != 1:
                told[id(first)] = _and_more(groups[about])
            elif others or new[0].kind == TWICE:
                gone.add(id(first))
                told[id(new[0])] = _renamed(new[0], about[1], groups[about])
            else:
                gone.add(id(new[0]))
                hint = f"In {file} the row {quoted(_row(new[0])[1])} has no excerpt: is it that?"
                told[id(first)] = replace(first, expected=f"{hint} {_without_hint(first)}")
    return [told.get(id(one), one) for one in problems if id(one) not in gone]


def _renamed_all(problems: list[Problem]) -> list[Problem]:
    """No rows without an excerpt, where as many rows of that table are named and not there.

    Their ids are new, or the excerpts name other ones: that is told of the rows that are missing.
    """
    lost = Counter(about[0] for about in {one.about for one in problems if one.kind == MISSING})
    return [one for one in problems if one.kind != UNQUOTED or lost[one.file] <= SHOWN]


def _unquoted(problems: list[Problem]) -> list[Problem]:
    """Rows without an excerpt, in one message for a table that has more of them than are read."""
    bare = [one for one in problems if one.kind == UNQUOTED]
    many = {file for file, count in Counter(one.file for one in bare).items() if count > SHOWN}
    alike = {file: [one for one in bare if one.file == file] for file in many}
    gone = {id(one) for some in alike.values() for one in some[1:]}
    told = {id(some[0]): _and_more(some) for some in alike.values()}
    return [told.get(id(one), one) for one in problems if id(one) not in gone]


def _cut_off(file: str, missing: Sequence[_Cell], named: Sequence[Problem]) -> Problem:
    """One problem for a table that has lost rows which others name."""
    first = named[0]
    names = ", ".join(about[1] for about in missing[:SHOWN_NAMES])
    files = ", ".join(dict.fromkeys(one.file for one in named))
    found = f"{first.found}, one of {len(missing)} rows that {files} name and {file} does not have"
    expected = f"Was {file} cut off, were ids changed, or is it another copy? They are {names}"
    expected += " and others." if len(missing) > SHOWN_NAMES else "."
    return replace(first, found=found, expected=expected)


def _renamed(new: Problem, old: str, named: Sequence[Problem]) -> Problem:
    """A row whose name was changed while others name the old one."""
    files = ", ".join(dict.fromkeys(one.file for one in named))
    found = f"{new.found}; and {counted(len(named), 'row')} of {files} "
    found += f"{'names' if len(named) == 1 else 'name'} {quoted(old)}, which is not there"
    expected = f"Was this row {quoted(old)}? Then write that name again. {new.expected}"
    return replace(new, found=found, expected=expected)


def _and_more(alike: Sequence[Problem]) -> Problem:
    """The first of some problems, with how many more there are and where."""
    first, *others = alike
    if not others:
        return first
    files = ", ".join(dict.fromkeys(one.file for one in others))
    found = f"{first.found}, here and in {counted(len(others), 'more row')} of {files}"
    asks = " Was that row renamed, or taken out?" if first.kind == MISSING else ""
    return replace(first, found=found, expected=f"{first.expected}{asks}")


def _without_hint(one: Problem) -> str:
    return re.sub(r'^Did you mean "[^"]*"\? ', "", one.expected)


def _is_own(one: Problem) -> bool:
    return not one.about or one.kind == MISSING


def _stands(one: Problem) -> bool:
    """Whether a problem is one of its own row, whatever else it may follow from."""
    return _is_own(one) or one.about[0] == _DENIALS


def _row(one: Problem) -> _Cell:
    row = _ID.match(one.row)
    return one.file, row[1] if row else one.row


def _cell(one: Problem) -> _Cell:
    return *_row(one), one.column


def _family(column: str) -> str:
    """One name for the columns of one range."""
    return "figures" if _FIGURES & set(column.split("_")) else column


def _related(column: str) -> frozenset[str]:
    some = [family for family in _FAMILIES if column in family]
    return frozenset().union(*some)
