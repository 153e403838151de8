"""The sentences that rows rest on: what the table `excerpts` must have, and what its cells hold.

An excerpt is a sentence of a page that was read, with the columns of a row that it carries (what
that means is in `carried`). A row for which no sentence was found has an excerpt without one, whose
note says where it was looked for.

What a reader is shown of a row's excerpts is one sentence: `said`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import citations, plain_text, tables
from .cells import as_text
from .dates import bounds
from .problems import UNQUOTED, Problem, quoted
from .tables import Sound, Table

NAME = "excerpts"
LONGEST = 40
"""Words in a sentence: what may be quoted of a page without its leave."""
NEVER = frozenset({"id", "sources", "weak", "in_article"})
"""Columns that no sentence of a page can carry."""
_LAST_LATIN = "\u024f"
EXAMPLE = (
    "Add a line to excerpts.csv{like}, with its own sentence, the columns that this carries and the"
    " day on which you read it: {line} Or, where you found none, leave sentence, source and carries"
    " empty, say in note where you looked, and call the row weak."
)
SENTENCE, DAY = '"The sentence, word for word."', "2026-11-29"
"""What stands in the line of that example for the sentence, and for the day."""

#: What of a row a reader sees, by its table: the sentence that carries most of it is shown with it.
SHOWN = {
    "events": ("date", "title", "description", "place"),
    "estimates": ("date", "estimator", "measure", "low", "high", "best", "as_of_note"),
    "exchange": ("giver", "receiver", "item", "quantity_low", "quantity_high", "period"),
    "place_reports": ("place", "statement", "period"),
    "claims": ("paraphrase", "later_evidence", "assessment"),
    "quotes": ("text",),  # the rest of a card says whose words they are
    "policies": ("position", "evidence", "date"),
    "ties": ("description", "tie_kind", "start_date", "end_date"),
    "treaty_clauses": ("obligation", "trigger", "limits", "consultation", "excerpt", "article"),
    "deployments_abroad": ("conflict", "start", "end", "peak_troops_low", "peak_troops_high"),
    "dual_use_trade": ("item", "value_usd_millions", "share_of_russian_imports_pct", "period"),
    "evidence": ("statement", "short", "date"),
}
#: What of other rows a sentence carries first.
_UNSEEN = {
    "aid_packages": ("date", "amount_usd_millions"),
    "aid_totals": ("as_of", "amount"),
    "forecast_questions": ("known_then",),
    "options": ("what",),
}


def sentences(sound: Sound) -> Iterator[Problem]:
    """What is wrong with an excerpt by itself: its length, its columns, what it leaves out."""
    if NAME in sound:
        yield from sound[NAME].once(_by_itself)


def _by_itself(table: Table) -> Iterator[Problem]:
    records = table.records()
    quoted_rows = {(row["table"], row["row"]) for row in records if text_of(row["sentence"])}
    first: dict[tuple[str, ...], int] = {}
    for at, row in enumerate(records):
        key = (row["table"], row["row"], text_of(row["sentence"]), text_of(row["source"]))
        if key[2] and first.setdefault(key, at) != at:
            found = f"the sentence of {quoted(records[first[key]]['id'])} again"
            expected = "Take this row out, and name its columns in carries of the other."
            yield table.problem(at, "sentence", found, expected)
        if not text_of(row["sentence"]):
            if told := _empty(row, (row["table"], row["row"]) in quoted_rows):
                yield table.problem(at, "sentence", *told)
            continue
        # Of a text in wrong letters nothing else is told.
        words = 0 if plain_text.faults(row["sentence"]) else length(row["sentence"])
        if words > LONGEST:
            expected = f"Cut it to {LONGEST} words at most, with […] for what is left out."
            yield table.problem(at, "sentence", f"{words} words", expected)
        if is_untranslated(row):
            expected = "Say in english what the sentence says, in words of your own."
            yield table.problem(at, "english", "nothing", expected)
        for column in sorted(set(row["carries"]) & NEVER):
            found = f"{column}, which no page says"
            yield table.problem(at, "carries", found, "Take the column out.")
        for column in ("source", "carries"):
            if not (row[column] if isinstance(row[column], tuple) else text_of(row[column])):
                yield table.problem(at, column, "nothing", "A sentence needs it.")


_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def length(sentence: str) -> int:
    """The words of a sentence; in scripts without spaces five letters are two.

    These are Chinese and Japanese, Thai, Lao, Burmese and Khmer. Korean has spaces.
    """
    unspaced = len(_UNSPACED.findall(sentence))
    return len(_UNSPACED.sub(" ", sentence).split()) + -(-unspaced * 2 // 5)


def _empty(row: Mapping[str, Any], quoted_elsewhere: bool) -> tuple[str, str] | None:
    """What is wrong with an excerpt without a sentence, and what would be right."""
    if row["carries"] or text_of(row["english"]) or text_of(row["source"]):
        found = "nothing, though english, source or carries have something"
        return found, "Quote the sentence, or empty these cells too."
    if not text_of(row["note"]):
        return "nothing", "Quote the sentence, or say in note where it was looked for."
    if quoted_elsewhere:
        found = f"nothing, though another excerpt of {quoted(row['row'])} has a sentence"
        return found, "Take this one out."
    return None


def is_untranslated(row: Mapping[str, Any]) -> bool:
    """Whether a sentence in another script has no English beside it."""
    return _foreign(text_of(row["sentence"])) and not text_of(row["english"])


def _foreign(sentence: str) -> bool:
    """Whether most letters of a sentence are of another script than that of English."""
    if sentence.isascii() or max(sentence) <= _LAST_LATIN:
        return False
    letters = [sign for sign in sentence if sign.isalpha()]
    return sum(sign > _LAST_LATIN for sign in letters) > len(letters) / 2


def days_read(sound: Sound) -> Iterator[Problem]:
    """Pages that were read before they were published."""
    if NAME not in sound or "sources" not in sound:
        return
    yield from sound[NAME].once(_read_too_early, sound["sources"])


def _read_too_early(table: Table, sources: Table) -> Iterator[Problem]:
    published = {row["id"]: text_of(row["date"]) for row in sources.records()}
    for at, row in enumerate(table.records()):
        day = published.get(text_of(row["source"]), "")
        read, first = bounds(as_text(row["read"]))[1], bounds(day)[0] if day else None
        if read and first and read < first:
            found = f"{quoted(as_text(row['read']))}, when the page was not there: it is of {day}"
            expected = "Write the day on which it was read; or mend the page’s date in sources.csv."
            yield table.problem(at, "read", found, expected)


def unread_rows(sound: Sound) -> Iterator[Problem]:
    """Rows for which no sentence was found, and that are not called weak."""
    if NAME not in sound:
        return
    records = sound[NAME].records()
    read = {(one["table"], one["row"]) for one in records if text_of(one["sentence"])}
    unread = {(one["table"], one["row"]) for one in records if not one["carries"]} - read
    for name, table in sound.items():
        for at, weak in enumerate(table.column("weak") if table.has("weak") else ()):
            if (name, table.column("id")[at]) in unread and not weak:
                found = '"no", though no sentence was found for the row'
                yield table.problem(at, "weak", found, "Write yes, or quote its sentence.")


def rows_without(sound: Sound) -> Iterator[Problem]:
    """Rows, of tables that the schema calls `excerpted`, without any excerpt."""
    if NAME not in sound:
        return
    excerpts = sound[NAME]
    pairs = set(zip(excerpts.column("table"), excerpts.column("row"), strict=True))
    for name, table in sound.items():
        if not table.entry.get("excerpted"):
            continue
        bare = [at for at, one in enumerate(table.column("id")) if (name, one) not in pairs]
        rows = table.records() if bare else ()
        for at in bare:
            found = f"{quoted(rows[at]['id'])}, which has no excerpt"
            expected = _example(table, rows[at], excerpts)
            yield table.problem(at, "id", found, expected, kind=UNQUOTED)


def _example(table: Table, row: Mapping[str, Any], excerpts: Table) -> str:
    """How to give a row its sentence: the line to fill in, and a row of that table that has one."""
    name, others = table.entry["name"], excerpts.records()
    shown = [one for one in (SHOWN | _UNSEEN).get(name, ()) if as_text(row[one])]
    cells = {
        "id": f"{name}-{row['id']}-1".replace("_", "-"),
        "table": name,
        "row": row["id"],
        "sentence": SENTENCE,
        "source": next(iter(row["sources"] or ()), ""),
        "carries": ";".join(shown),
        "read": DAY,
    }
    line = ",".join(str(cells.get(one["name"], "")) for one in excerpts.entry["schema"]["fields"])
    like = [one["id"] for one in others if one["table"] == name and text_of(one["sentence"])]
    return EXAMPLE.format(like=f", as {quoted(like[0])} is one" if like else "", line=line)


@dataclass(frozen=True)
class Said:
    """A sentence, as it stands inside quotation marks, and the id of its page.

    Empty where none was read for the row.
    """

    sentence: str = ""
    english: str = ""
    source: str = ""


def inside_marks(text: str) -> str:
    """A sentence as it stands inside quotation marks: those that it has itself are single."""
    single = re.sub(r'(^|[\s(\[—–-])"', r"\1‘", text).replace('"', "’")
    return single.translate(str.maketrans("“”„«»", "‘’‚‹›"))


_said: dict[str, tuple[object, dict[str, list[tuple[tuple[str, ...], Said]]]]] = {}


def said(ref: str, public_by: str = "") -> Said | None:
    """The sentence that a reader is shown with the row that `ref` names ("events/nato-confirms").

    Of all its sentences it is the one that `most_of` chooses; with ``public_by`` (an ISO day) of
    those in pages that were public then. None for a row of a table without excerpts, or where no
    page of that day has one. Raises DataProblem.
    """
    table, _, _ = ref.partition("/")
    found = _by_row().get(ref, []) if table in SHOWN else []
    if public_by and any(one.source for _, one in found):
        pages = [one.source for _, one in found]
        then = set(citations.public_by(pages, public_by))
        found = [(carries, one) for carries, one in found if one.source in then]
    return most_of(SHOWN[table], found) if found else None


def most_of(shown: Sequence[str], found: Sequence[tuple[Sequence[str], Said]]) -> Said:
    """Of sentences with the columns that they carry: the one that carries most of those `shown`.

    Of two alike the one that carries more besides, then one in English, then the first.
    """

    def worth(one: tuple[Sequence[str], Said]) -> tuple[bool, int, int, bool]:
        carries, says = one
        here = len(set(carries) & set(shown))
        return bool(says.sentence), here, len(set(carries)), not says.english

    return max(found, key=worth)[1]


def _by_row() -> dict[str, list[tuple[tuple[str, ...], Said]]]:
    """The sentences of every row by its name, read anew when the table has changed."""
    stamp = tables.stamp(NAME)
    if NAME not in _said or _said[NAME][0] != stamp:
        rows: dict[str, list[tuple[tuple[str, ...], Said]]] = {}
        for row in tables.records(tables.read(NAME)):
            sentence, english = (inside_marks(text_of(row[one])) for one in ("sentence", "english"))
            one = Said(sentence, english, text_of(row["source"]))
            rows.setdefault(f"{row['table']}/{row['row']}", []).append((row["carries"], one))
        _said[NAME] = stamp, rows
    return _said[NAME][1]


RULES = (sentences, days_read, unread_rows)
"""The rules of an excerpt; `rows_without` is one of the rows."""


def text_of(cell: Any) -> str:
    """A cell of text; the empty text where nothing is."""
    return cell if isinstance(cell, str) else ""
