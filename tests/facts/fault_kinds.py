"""The kinds of faults that a table can have, each as a way to make one, and harmless changes.

A kind says which cells it can break, and what it writes there; Hypothesis draws the cell and the
value. `tests/facts/test_faults.py` asks whether each fault is told with file, row and column, and
whether each harmless change is let pass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from upheaval.facts import tables

Row = dict[str, str]
Field = dict[str, Any]
Drawn = st.SearchStrategy[dict[str, str]]


def fixed(examples: int) -> settings:
    """So many examples from a fixed seed, and no clock.

    Which are drawn depends on the modules loaded too, from which Hypothesis takes constants: what
    must be tried in every run is not left to it.
    """
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@dataclass(frozen=True)
class Kind:
    """One kind: in which cells (`table`, `field`, `row`) it can be, and the cells it writes.

    `cells` gives, for the field and the row, a strategy of new cells of that row by column; the
    fault is told in one of these columns, or in one of `also`. A harmless kind must not be told.
    """

    name: str
    fits: Callable[[str, Field, Row], bool]
    cells: Callable[[Field, Row], Drawn]
    harmless: bool = False
    also: tuple[str, ...] = field(default=())


def rules(one: Field) -> dict[str, Any]:
    """The constraints of a field."""
    found: dict[str, Any] = one.get("constraints", {})
    return found


@cache
def pointing(table: str) -> frozenset[str]:
    """The columns that hold ids of rows elsewhere: asked of every cell, so read once."""
    keys = tables.schema(table).get("foreignKeys", [])
    return frozenset(name for key in keys for name in key["fields"])


def is_free_text(table: str, one: Field, row: Row) -> bool:
    """A text without a form of its own, which is no id of another row either."""
    own = {"partialDate", "rowOf", "format"} & set(one)
    bound = {"enum", "pattern", "unique", "maxLength"} & set(rules(one))
    free = one["type"] == "string" and not own and not bound
    return free and one["name"] not in pointing(table) and len(row[one["name"]]) > 3


def is_running_text(table: str, one: Field, row: Row) -> bool:
    """A free text that may have another sentence: a headline is one line."""
    return is_free_text(table, one, row) and one["name"] != "headline"


def is_type(*types: str) -> Callable[[str, Field, Row], bool]:
    """A column of one of these types."""
    return lambda table, one, row: one["type"] in types


def has(word: str) -> Callable[[str, Field, Row], bool]:
    """A column whose schema has this word, filled."""
    return lambda table, one, row: word in one and bool(row[one["name"]])


def column(table: str, *names: str) -> Callable[[str, Field, Row], bool]:
    """Columns of one table."""
    return lambda where, one, row: where == table and one["name"] in names


def is_date(table: str, one: Field, row: Row) -> bool:
    """A date of any exactness."""
    return (one["type"] == "date" or "partialDate" in one) and bool(row[one["name"]])


def write(*values: str) -> Callable[[Field, Row], Drawn]:
    """One of these values in the place of the cell."""
    return lambda one, row: st.sampled_from([{one["name"]: value} for value in values])


def insert(*pieces: str) -> Callable[[Field, Row], Drawn]:
    """One of these pieces somewhere in the cell."""

    def cells(one: Field, row: Row) -> Drawn:
        text = row[one["name"]]
        place = st.integers(0, len(text))
        return st.builds(
            lambda at, piece: {one["name"]: text[:at] + piece + text[at:]},
            place,
            st.sampled_from(pieces),
        )

    return cells


def append(*pieces: str) -> Callable[[Field, Row], Drawn]:
    """One of these words after the text, with a space before it."""
    return lambda one, row: st.sampled_from(
        [{one["name"]: f"{row[one['name']]} {piece}"} for piece in pieces]
    )


# -- letters ---------------------------------------------------------------------------------------
CONTROLS = [chr(code) for code in (*range(32), *range(127, 160)) if code not in (0x0D,)]
UNSEEN = [
    *map(chr, (0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F))),
    *map(chr, (*range(0x2060, 0x2065), *range(0x2066, 0x2070), 0xFEFF, 0xFFF9, 0xFFFB)),
    *map(chr, (0xE000, 0xF8FF, 0xFDD0, 0xFFFE, 0xFFFF, 0xE0001, 0xE0041, 0x1FFFE, 0x2800, 0x3164)),
]
WORDS = (
    "António Guterres’s",
    "“Türkiye” – Côte d’Ivoire…",
    "Władysław Kosiniak-Kamysz, Onet Wiadomości",
    "São Tomé",
    "Łódź żółć",
    "Ким Чен Ын прибыл",
    "Володимир Зеленський",
    "김정은 위원장",
    "習近平國家主席",
    "£5 m – €6 m",
    "Škoda, Đoković",
)
SEEN = ("cp1252", "latin-1", "cp1250", "cp1251", "mac_roman", "cp437", "cp850", "cp1254", "koi8_r")
DIGITS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onerror=alert(1) x="',
    "[x](JavaScript:alert(1))",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;b&#62;",
    "&nbsp;",
    "＜script＞alert(1)＜/script＞",
    "java script:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,x",
    "data:text/javascript,alert(1)",
    "<!-- x -->",
    "<%= x %>",
    "</p>",
    "vbscript:msgbox(1)",
)

MIXED = (
    "Mосква",
    "Kиїв",
    "Пyтин",
    "Κim",
    "Mosсow",
    "Zelеnsky",
    "\u0301x",
    "Z\u0308\u0301\u0329\u0327o",
)
PLACEHOLDERS = (
    *("?", "x", "X", "xx", "TODO", "todo", "TBD", "n/a", "N/A", "-", "—", "...", "none", "null"),
    *("NaN", "#REF!", "#N/A", "###", "lorem ipsum dolor", "FIXME", "TODO: find the source", "asdf"),
    *("tba.", "to do", "text here", "see above", "fill in", "to be added", "test", "foo", "0"),
    *("N.N.", "(empty)", "[blank]", "[source needed]", "#¡REF!", "#NÚM!", "#ÉRTÉK!", "#SAYI/0!"),
    *("#YOK", "#NENÍ_K_DISPOZICI", "Err:502"),
)


def misread(word: str, seen: str) -> str:
    """UTF-8 read by another encoding; what that one does not know stays a C1 character."""
    letters = []
    for byte in word.encode("utf-8"):
        try:
            letters.append(bytes([byte]).decode(seen))
        except UnicodeDecodeError:
            letters.append(chr(byte))
    return "".join(letters)


def digits_of_another_script(text: str, script: str) -> str:
    """A text with its digits in another script."""
    return text.translate({ord(str(number)): digit for number, digit in enumerate(script)})


def in_other_digits(one: Field, row: Row) -> Drawn:
    """The cell with its digits in another script."""
    text = row[one["name"]]
    return st.sampled_from(
        [{one["name"]: digits_of_another_script(text, script)} for script in DIGITS]
    )


def lose_a_letter(one: Field, row: Row) -> Drawn:
    """A letter inside a word becomes a question mark."""
    text = row[one["name"]]
    inside = [
        at
        for at in range(1, len(text) - 1)
        if text[at - 1 : at + 2].isalpha() and text[at - 1 : at + 2].isascii()
    ]
    return st.sampled_from(inside).map(lambda at: {one["name"]: text[:at] + "?" + text[at + 1 :]})


def has_word(table: str, one: Field, row: Row) -> bool:
    """A free text with a word of three letters."""
    text = row[one["name"]]
    return is_free_text(table, one, row) and any(
        text[at : at + 3].isalpha() and text[at : at + 3].isascii() for at in range(len(text) - 2)
    )


LETTERS = (
    Kind("control character", is_free_text, insert(*CONTROLS)),
    Kind("unseen character", is_free_text, insert(*UNSEEN)),
    Kind(
        "only unseen characters",
        lambda table, one, row: one["type"] in ("string", "list", "integer", "number", "date"),
        write("\u200b", "\ufeff", "\u2060\u00a0", "\u00ad", "\u200e", "\u3164", "\u2800", "\x00"),
    ),
    Kind(
        "letters of a wrong encoding",
        is_free_text,
        append(
            *(misread(word, seen) for word in WORDS for seen in SEEN if misread(word, seen) != word)
        ),
    ),
    Kind(
        "read twice by a wrong encoding",
        is_free_text,
        append(misread(misread("’s é", "cp1252"), "cp1252")),
    ),
    Kind("bytes that were lost", is_free_text, append("Fran\ufffdois", "Kim\ufffds", "caf\ufffd")),
    Kind(
        "letters as escapes",
        is_free_text,
        append("caf+AOk-", "caf=C3=A9", "caf\\u00e9", "caf%C3%A9"),
    ),
    Kind("letters of two alphabets in one word", is_free_text, append(*MIXED)),
    Kind("question mark for a letter", has_word, lose_a_letter),
    Kind("question marks for letters", is_free_text, append("S?o Tom? and", "???? ?????", "?ódź")),
    Kind("markup", is_free_text, append(*MARKUP)),
    Kind(
        "markup with a control character",
        is_free_text,
        append("java\tscript:alert(1)", "<scr\x00ipt>", "java\nscript:x"),
    ),
    Kind(
        "a date or a number alone, which a spreadsheet writes anew",
        is_free_text,
        write(
            "9 November 2022",
            "November 9, 2022",
            "09.11.22",
            "2022-11-09",
            "11/9/2022",
            "Mai 2025",
            "9-Nov-22",
            "9-Okt.-2022",
            "2024.",
            "1,200",
            "007",
        ),
    ),
    Kind(
        "formula",
        is_free_text,
        write(
            "=1+1",
            '=HYPERLINK("http://x.org")',
            "+1+1",
            "-1+1",
            "@SUM(A1)",
            "＝1+1",
            "=cmd|' /C calc'!A0",
        ),
    ),
    Kind("placeholder", is_free_text, write(*PLACEHOLDERS)),
    Kind(
        "digits of another script in a text",
        is_free_text,
        append(*(f"in {s[2]}{s[0]}" for s in DIGITS)),
    ),
    Kind(
        "text longer than a page shows",
        is_free_text,
        write("A word. " * 700, "a " * 70_000, "b" * 140_000),
    ),
    Kind(
        "look-alike letters",
        lambda table, one, row: (
            "enum" in rules(one) and any(letter in row[one["name"]] for letter in "aeocp")
        ),
        lambda one, row: st.just(
            {one["name"]: row[one["name"]].translate(str.maketrans("aeocp", "аеоср"))}
        ),
    ),
)

# -- numbers and dates -----------------------------------------------------------------------------
is_number = is_type("integer", "number", "year")
NUMBERS = (
    Kind(
        "digits of another script",
        lambda table, one, row: is_number(table, one, row) and row[one["name"]] != "",
        in_other_digits,
    ),
    Kind(
        "huge number",
        is_number,
        write(
            "9223372036854775807",
            "9223372036854775808",
            "1" + "0" * 19,
            "9" * 400,
            "-" + "9" * 30,
            "9" * 400 + ".5",
            "1" + "0" * 16 + ".0",
        ),
    ),
    Kind(
        "number of thousands of digits",
        is_number,
        write("9" * 4300, "9" * 4301, "1" * 5000, "7" * 90_000),
    ),
    Kind(
        "no number",
        is_number,
        write("inf", "nan", "NaN", "1e5", "1E400", "0x10", "1_000", "--1", "1.2.3", "½", "²"),
    ),
    Kind("digits of another script in a date", is_date, in_other_digits),
    Kind(
        "date without bounds",
        is_date,
        write("0001-01-01", "1066-10-14", "9999-12-31", "1899-12-31", "2101-01-01", "0000-01-01"),
    ),
    Kind(
        "day in no calendar",
        is_date,
        write("2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-11-31", "2024-10-00"),
    ),
    Kind(
        "year without bounds", is_type("year"), write("0", "1066", "1899", "9999", "20240", "-2024")
    ),
)

# -- ids and addresses -----------------------------------------------------------------------------
ADDRESSES = (
    "https://user:pass@evil.example/",
    "https://user@evil.example/",
    "https://.",
    "https://#",
    "https://",
    "https://?q",
    "https:///path",
    "http://localhost/x",
    "http://127.0.0.1/",
    "http://10.1.2.3/a",
    "http://192.168.0.1/",
    "http://[::1]/",
    "http://2130706433/",
    "http://0x7f.1/",
    "https://a..b/",
    "https://-a.org/",
    "https://un.org:99999/",
    "https://un.org:port/",
    "https://un.org\\@evil.org/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "//evil.example/",
    "ftp://un.org/",
    "www.un.org",
    "https://un.org/\u202egpj.exe",
    "https://un.org/\u200b",
    "https://un.org/a b",
    "https://un.org/%00",
    "https://un.org/%zz",
    "http://printer.local/",
    "http://x.localhost/",
    "https://intranet.lan/page",
    "http://metadata.google.internal/",
    "https://un.or_g/",
)
REFERENCES = (
    Kind("id that does not exist", has("itemsIn"), write("no-such-row", "XYZ")),
    Kind(
        "row that does not exist",
        has("rowsIn"),
        write("events/no-such-row", "policies/x", "sources/x", "events", "events/", "/", "no/such"),
    ),
    Kind("row of a table that does not have it", has("rowOf"), write("no-such-row", "PRK", "x")),
    Kind(
        "row of another table",
        column("evidence", "from_table"),
        lambda one, row: st.sampled_from(
            [{"from_table": t} for t in ("exchange", "ties", "quotes") if t != row["from_table"]]
        ),
        also=("from_id",),
    ),
    Kind("entry without its form", has("itemPattern"), write("13", "99", "nothing", "03;13")),
    Kind("address", has("format"), write(*ADDRESSES)),
)


# -- cells that must agree -------------------------------------------------------------------------
def same_as(word: str) -> Callable[[Field, Row], Drawn]:
    """The value of the column that the schema's word names."""
    return lambda one, row: st.just({one["name"]: row[one[word]]})


def other_total(one: Field, row: Row) -> Drawn:
    """Another total than the parts make."""
    value = float(row[one["name"]])
    return st.sampled_from([0.01, 0.1, 1, 7.5]).map(
        lambda more: {one["name"]: f"{value + more:.3f}"}
    )


SUMS = column("aid_by_donor", "total_eur_bn")
AGREEMENT = (
    Kind("two sides that are one", has("differsFrom"), same_as("differsFrom")),
    Kind("sum of parts", lambda t, o, r: SUMS(t, o, r) and r["military_eur_bn"] != "", other_total),
    Kind(
        "a part without the others",
        lambda t, o, r: (
            t == "aid_by_donor" and o["name"].endswith("y_eur_bn") and r[o["name"]] != ""
        ),
        write(""),
    ),
    Kind(
        "total of a month",
        lambda t, o, r: (
            t == "aid_over_time" and o["name"] == "amount_eur_bn" and r["kind"] == "total"
        ),
        other_total,
        also=("kind",),
    ),
    Kind("ends before it starts", has("notBefore"), write("1900-01-01")),
    Kind(
        "reported before it happened",
        lambda t, o, r: o["name"] == "first_reported" and "announced before" not in r["note"],
        write("1900-01-01"),
    ),
    Kind("more than there are", has("atMost"), write("999")),
    Kind(
        "dispute that nobody denies",
        lambda t, o, r: o["name"] == "disputed_by" and r["status"] == "disputed",
        write(""),
    ),
    Kind(
        "claimant who denies",
        lambda t, o, r: (
            # Two bodies of one state may say both, where the note says so.
            o["name"] == "disputed_by"
            and r.get("claimant", "") != ""
            and "on both" not in r["note"]
        ),
        lambda one, row: st.sampled_from(
            [{"disputed_by": part} for part in (row["claimant"], row["claimant"].split(";")[0])]
        ),
    ),
)
"""Rows of another kind than `status` disputed keep who denies them, from before it was settled."""

# -- what does no harm -----------------------------------------------------------------------------
GOOD = (
    "9 November 2022 in Kyiv.",
    "May 12 soldiers.",
    "Ratio 1/2/3 to 4.",
    "It rained.",
    "Ким Чен Ын прибыл во Владивосток.",
    "Київ, Україна: «Гібралтар» і Ні.",
    "김정은 위원장이 갔다.",
    "習近平國家主席、北京。",
    "東京タワー",
    "القاهرة ۲۰۲۴ سنة",
    "سنة ٢٠٢٤ في القاهرة",
    "東京２０２４年",
    "می‌خواهم",
    "नरेन्द्र मोदी ३०",
    "Łódź, Kraków, Gdańsk.",
    "São Tomé, Côte d’Ivoire, Türkiye, İstanbul’da, Nguyễn Ái Quốc.",
    "Þýðing á Íslandi, Poblacht na hÉireann.",
    "“Quoted” – and ‘so’ — on…",
    "«Guillemets», „Gänsefüßchen“.",
    "A < b, c > d, e & f; R&D, AT&T.",
    "On Monday = day 1; on and on.",
    "The option = the plan. Onchon =H.",
    "JavaScript is a language: so is Java.",
    "5 µm, 100 kΩ, 5 m³/s, –5 °C, 3 × 4, ½.",
    "A → B.",
    "🇰🇵 👩‍💻 ❤️",
    "Who gains? Nobody. “Why?” he asked.",
    "It costs $5 (= €4.60) + tax @ home.",
    "See https://un.org/?a=b&c=%C3%A9 there.",
    "Cafe\u0301 in Seoul",
    "About 10 000 men; no. 5.",
    "None of them. Not applicable. X marks the spot.",
    'He said "no".',
    "Line-up, x-ray, e-mail, AI-made.",
)
HARMLESS = (
    Kind("plain words in any script", is_running_text, append(*GOOD), harmless=True),
    Kind(
        "an optional text left out",
        lambda t, o, r: (
            o["name"] in ("note", "place")
            and not rules(o)
            and not any(one in r.get("note", "") for one in ("on both", "announced before"))
        ),
        write(""),
        harmless=True,
    ),
    Kind(
        "another address",
        has("format"),
        write(
            "https://www.un.org/a_b/(c)?d=e&f=g#h",
            "http://россия.рф/путь",
            "https://un.org:8443/",
            "https://web.archive.org/web/2024/https://un.org/",
            "https://a-b.example.org/%D0%9A",
        ),
        harmless=True,
    ),
    Kind(
        "another number",
        column("aid_packages", "amount_usd_millions"),
        write("0", "1", "+5", "999999999999999", "007"),
        harmless=True,
    ),
    Kind(
        "another number with decimals",
        column("dual_use_trade", "value_usd_millions"),
        write("0.5", "12345678.9", "1", ""),
        harmless=True,
    ),
    Kind(
        "another day",
        column("missile_tests", "date"),
        write("1984-04-09", "2024-02-29", "2025-12-31"),
        harmless=True,
    ),
    Kind(
        "a total rounded",
        lambda t, o, r: SUMS(t, o, r) and r["military_eur_bn"] != "",
        lambda one, row: st.just({one["name"]: f"{float(row[one['name']]) + 0.0004:.4f}"}),
        harmless=True,
    ),
)
KINDS = (*LETTERS, *NUMBERS, *REFERENCES, *AGREEMENT, *HARMLESS)
