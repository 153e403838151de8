"""Titles that tell what became public and what changed, from the headlines of dated rows.

A chart of dated rows has a *story*: of each row its ``headlines`` (one line), and of some their
``names`` (what a row is called in a list, by its number: else by its headline); the rows that lead
before all others (``leading``, the first first); of which row before it a row is a later phase
(``phases``, by its number); the column of its ``status`` and the ``signs`` of that column's values
("✕ disputed"); its ``denials`` (who denies what a row says, each with the ISO day from which on
that was known, and whether that was before the row itself was public; of no row that nobody denies,
or whose headline tells it); its ``objects`` (of what a row's status is said, where that is less
than its headline says); its ``silent`` rows (which lead no title); the day on which a row became
``public``, where that is later than the day it is of (in words, by its number); the first ISO day
on which a ``vague`` row may have been public, where only a month, a quarter or a year is known; and
the ``noun`` of one row ("event"). Where rows are judged and not dated, a story is ``signed``: the
sign of the row always stands behind its headline, unless the reader chose it. Charts make it with
`upheaval.charts.draw.story_of`; the same rule runs where the reader is, in
``widgets/explorer/stories.ts``, and ``tests/cases/row_filters.json`` holds the two equal.

The rule. *New* is a row whose thing was not public at the last stop, not even perhaps: of a vague
one the whole span lies after it. *Changed* is a row whose thing was public, under another sign. Of
the new rows a leading one is told, or else the last; where none is new, what changed; else so of
all rows; where one does not fit, the next. A title tells only denials that were public at its stop,
and nobody "denies" what was said only later: who spoke before "had denied such reports". A title is
at most `LONGEST` letters: what does not fit is left out from the end, first the denial (a sign of
it stays), then the day; of rows that cannot lead their names are told, and only else their number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .phrases import LONGEST, listed
from .protocol import Story

#: So many names stand in a list of what is new or changed.
MOST = 4
#: So many rows are tried for a title, where the first does not fit into it.
TRIED = 4


@dataclass(frozen=True)
class Stop:
    """Where a reader stands: the rows on show, those of the last stop, and the words of both.

    ``before`` are all rows public at the last stop, None where there is none, and ``since`` is the
    ISO day of that stop; ``moment`` is the ISO day chosen (None: everything known); ``asked`` are
    the labels of what else was chosen.
    """

    rows: Sequence[int]
    when: Sequence[str]
    statuses: Sequence[str] = ()
    before: Sequence[int] | None = None
    last: str = ""
    since: str | None = None
    label: str = ""
    moment: str | None = None
    asked: Sequence[str] = ()


def first_fitting(tried: Sequence[str]) -> str:
    """The first of several titles, the fullest first, that is short enough; else the last."""
    return next((one for one in tried if len(one) <= LONGEST), tried[-1])


def new_rows(story: Story, stop: Stop) -> list[int]:
    """The rows on show whose thing was not public at the last stop; none at the first."""
    return [row for row in _later_rows(story, stop) if not _perhaps_before(story, stop, row)]


def perhaps_new(story: Story, stop: Stop) -> list[int]:
    """The rows on show of which no day is known that says whether they are new."""
    return [row for row in _later_rows(story, stop) if _perhaps_before(story, stop, row)]


def _later_rows(story: Story, stop: Stop) -> list[int]:
    if stop.before is None:
        return []
    known = {_thing(story, row) for row in stop.before}
    return [row for row in stop.rows if _thing(story, row) not in known]


def _perhaps_before(story: Story, stop: Stop, row: int) -> bool:
    return stop.since is not None and story["vague"].get(str(row), "9999") <= stop.since


def changed_rows(story: Story, stop: Stop) -> list[int]:
    """The rows on show whose thing had another sign at the last stop."""
    was = _signs_before(story, stop)
    return [
        row
        for row in stop.rows
        if was.get(_thing(story, row), sign_of(story, stop, row)) != sign_of(story, stop, row)
    ]


def title(story: Story, stop: Stop) -> str:
    """What the rows on show tell: of one that is new, of what changed, or of the first of all."""
    fresh, changed = new_rows(story, stop), changed_rows(story, stop)
    if changed and not fresh:
        return _of_change(story, stop, changed)
    leads = [
        row
        for rows in (fresh, stop.rows)
        for row in [one for one in _ranked(story, rows) if one not in story["silent"]][:TRIED]
    ]
    return first_fitting(
        [*_tried(story, stop, leads, changed), *_without_lead(story, stop, changed)]
    )


def _tried(story: Story, stop: Stop, leads: list[int], changed: list[int]) -> list[str]:
    """The titles that tell of a row, the fullest first."""
    where = _asked(stop)
    return [
        f"{head}{story['headlines'][lead]}{tail}"
        for lead in leads
        for heads in (
            [f"{where}, {day}: " if where else _begun(day) for day in _days(story, stop, lead)],
            [f"{where}: " if where else ""],
        )
        for tail in _tails(story, stop, lead, changed)
        for head in heads
    ]


def _asked(stop: Stop) -> str:
    """What was asked for, at the beginning of a title: with a capital, whatever a list has."""
    where = " · ".join(stop.asked)
    return where[:1].upper() + where[1:]


def news(story: Story, stop: Stop) -> str:
    """What is new and what changed since the last stop, by name; nothing at the first stop."""
    if stop.before is None:
        return ""
    fresh = _ranked(story, new_rows(story, stop))
    perhaps = _ranked(story, perhaps_new(story, stop))
    told = listed_news(
        [_name(story, row) for row in fresh], stop.last, [_name(story, row) for row in perhaps]
    )
    groups = [
        f"{_few([_changed_name(story, row) for row in rows])} ({now}, was {was})"
        for was, now, rows in _changes(story, stop, changed_rows(story, stop))
    ]
    return f"{told} Changed: {'; '.join(groups)}." if groups else told


def listed_news(names: Sequence[str], last: str, perhaps: Sequence[str] = ()) -> str:
    """What is new since the last stop, by name, and what may be: no day of it is known."""
    told = [f"New since {last}: {_few(names)}."] if names else []
    if perhaps:
        since = "" if names else f" since {last}"
        told.append(f"Perhaps new{since} (no exact day is known): {_few(perhaps)}.")
    return " ".join(told) or f"Nothing new since {last}."


def told(story: Story, stop: Stop, most: int = 3) -> str:
    """The first rows on show as sentences, in their order, each with its day and sign."""
    fresh = new_rows(story, stop) or changed_rows(story, stop) or list(stop.rows)
    rows = sorted(_ranked(story, fresh)[:most])
    said = (f"{_days(story, stop, row)[0]}: {story['headlines'][row]}" for row in rows)
    signs = (_sign_told(story, stop, row) for row in rows)
    return " ".join(f"{one}{sign}." for one, sign in zip(said, signs, strict=True))


def _sign_told(story: Story, stop: Stop, row: int) -> str:
    """A row's sign in brackets, with its object where that is less than the headline."""
    of = story["objects"].get(str(row), "")
    sign = sign_of(story, stop, row)
    return f" ({sign}{': ' if of else ''}{of})" if sign else ""


def _ranked(story: Story, rows: Sequence[int]) -> list[int]:
    place = {row: at for at, row in enumerate(story["leading"])}
    return sorted(rows, key=lambda row: (place.get(row, len(place)), -row))


def _name(story: Story, row: int) -> str:
    return story["names"].get(str(row), story["headlines"][row])


def _changed_name(story: Story, row: int) -> str:
    of = story["objects"].get(str(row), "")
    return f"{_name(story, row)} [{of}]" if of else _name(story, row)


def sign_of(story: Story, stop: Stop, row: int) -> str:
    """The sign and word of a row's status; empty where rows have none."""
    return story["signs"].get(stop.statuses[row], "") if stop.statuses else ""


def _thing(story: Story, row: int) -> int:
    return story["phases"].get(str(row), row)


def _signs_before(story: Story, stop: Stop) -> dict[int, str]:
    return {_thing(story, row): sign_of(story, stop, row) for row in stop.before or ()}


def _changes(story: Story, stop: Stop, changed: list[int]) -> list[tuple[str, str, list[int]]]:
    """What changed as (was, is, rows), the change of most rows first."""
    was, groups = _signs_before(story, stop), dict[tuple[str, str], list[int]]()
    for row in _ranked(story, changed):
        pair = was[_thing(story, row)], sign_of(story, stop, row)
        groups.setdefault(pair, []).append(row)
    found = [(before, now, rows) for (before, now), rows in groups.items()]
    return sorted(found, key=lambda one: -len(one[2]))


def _of_change(story: Story, stop: Stop, changed: list[int]) -> str:
    rows = _changes(story, stop, changed)[0][2]
    such = f", {'such as ' if len(changed) > 1 else ''}“{_name(story, rows[0])}”"
    whole, signs = (f"{stop.label}: {_marks(story, stop, changed, cut)}" for cut in (None, 1))
    return first_fitting([f"{whole}{such}", f"{signs}{such}", whole, signs])


def _marks(story: Story, stop: Stop, changed: list[int], cut: int | None) -> str:
    """How many marks change from which sign to which, all that do; ``cut`` leaves only the sign."""
    groups = _changes(story, stop, changed)
    ways = [f"from {was[:cut]} to {now[:cut]}" for was, now, _ in groups]
    if len(groups) == 1:
        return f"{_marks_change(len(changed))} {ways[0]}"
    each = (f"{len(rows)} {way}" for way, (_, _, rows) in zip(ways, groups, strict=True))
    return f"{_marks_change(len(changed))}, {listed(list(each))}"


def _marks_change(count: int) -> str:
    return f"{count} marks change" if count > 1 else "one mark changes"


def _tails(story: Story, stop: Stop, lead: int, changed: list[int]) -> list[str]:
    """What may stand behind a headline, the best first: who denies it, or what else changed."""
    of, sign = story["objects"].get(str(lead), ""), sign_of(story, stop, lead)
    if of and sign in stop.asked:
        return [f" ({of})"]
    if story["denials"].get(str(lead)) and sign not in stop.asked:
        denied = _denied(story, stop, lead)
        return [*([f". {denied}."] if denied else []), " (disputed)"]
    if not changed:
        told = story.get("signed") and sign and sign not in stop.asked
        return [f" ({sign})" if told else ""]
    return [f"; {_marks(story, stop, changed, 1)}", f"; {_marks_change(len(changed))}", ""]


def _denied(story: Story, stop: Stop, lead: int) -> str:
    """Who denies what a row says, of what was public at the stop, and who had denied it before."""
    public = [
        (who, before)
        for day, who, before in story["denials"][str(lead)]
        if day and (stop.moment is None or day <= stop.moment)
    ]
    now = list(dict.fromkeys(who for who, before in public if not before))
    had = list(dict.fromkeys(who for who, _ in public if who not in now))
    verb = "denies" if len(now) == 1 else "deny"
    said = [f"{listed(had)} had denied such reports"] if had else []
    return "; ".join([*said, *([f"{listed(now)} {verb} it"] if now else [])])


def _days(story: Story, stop: Stop, row: int) -> list[str]:
    """The day of a row, the fullest first: with the day that made it public, or that day alone."""
    public = story["public"].get(str(row))
    if not public:
        return [stop.when[row]]
    return [f"{stop.when[row]} (public {public})", f"public {public}"]


def _begun(day: str) -> str:
    """A day at the beginning of a title."""
    return f"{day[:1].upper()}{day[1:]}: "


def _without_lead(story: Story, stop: Stop, changed: list[int]) -> list[str]:
    """The titles where no headline fits below what was asked: one alone, names, or a count."""
    where = f"{_asked(stop)}: " if stop.asked else ""
    days = dates(stop.when[stop.rows[0]], stop.when[stop.rows[-1]])
    names = _few([_name(story, row) for row in _ranked(story, stop.rows)])
    named = set(stop.rows).isdisjoint(story["silent"])
    count = len(stop.rows)
    counted = f"{count} {story['noun']}s" if count > 1 else f"one {story['noun']}"
    alone = [
        f"{head}{story['headlines'][row]}{tail}"
        for row in (stop.rows if count == 1 else ())
        if row not in story["silent"]
        for head in (*map(_begun, _days(story, stop, row)), "")
        for tail in _tails(story, stop, row, changed)
    ]
    by_name = [f"{where}{names}, {days}", f"{where}{names}"] if named else []
    return [*alone, *by_name, f"{where}{counted}, {days}"]


def dates(first: str, last: str) -> str:
    """From one date in words to another; one of them where it says all."""
    return last if first == last or first.endswith(f" {last}") else f"{first} to {last}"


def from_to(first: str, last: str) -> str:
    """The same within a sentence: "from … to …", "on 23 October 2024", "in October 2024"."""
    told = dates(first, last)
    if told != last:
        return f"from {told}"
    return f"on {told}" if told[:1].isdigit() and " " in told else f"in {told}"


def _few(names: Sequence[str]) -> str:
    """The first names of a list, each once, and how many more there are."""
    counts = Counter(names)
    names = [name if often == 1 else f"{name} ({often})" for name, often in counts.items()]
    if len(names) <= MOST + 1:
        return " · ".join(names)
    return f"{' · '.join(names[:MOST])} · and {len(names) - MOST} more"


def share(count: int, total: int) -> str:
    """How many of all, before a noun: "3 of the 12", "all 12", "both"."""
    if count < total or total < 2:
        return f"{count} of the {total}"
    return "both" if total == 2 else f"all {total}"
