"""Rules of reading back, by many random cells: one meaning is read, two are told, none is guessed.

The seed is fixed, so that a failure comes back.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from babel import Locale

from facts.spreadsheet_saves import COUNTRIES, Country
from upheaval.facts.files import Sheet
from upheaval.facts.spreadsheets import DOUBTS, put_back

FIELDS = [
    {"name": "id", "type": "string", "constraints": {"pattern": "[a-z0-9-]+"}},
    {"name": "day", "type": "date"},
    {"name": "when", "type": "string", "partialDate": True},
    {"name": "count", "type": "integer"},
    {"name": "amount", "type": "number"},
    {"name": "sure", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
]
NAMES = [str(field["name"]) for field in FIELDS]
ROUNDS = 300


def read(rows: list[dict[str, str]], separator: str = ",", offers: bool = False) -> Sheet:
    """A sheet of these cells after reading back."""
    lines = [
        (number, [row.get(name, "") for name in NAMES]) for number, row in enumerate(rows, start=2)
    ]
    sheet = Sheet(header=list(NAMES), rows=lines, separator=separator)
    put_back(sheet, FIELDS, "some.csv", offers)
    return sheet


def column(sheet: Sheet, name: str) -> list[str]:
    """The cells of one column."""
    return [cells[NAMES.index(name)] for _, cells in sheet.rows]


def a_day(chance: random.Random) -> date:
    """A day from 1950 to 2026."""
    return date(1950, 1, 1) + timedelta(days=chance.randrange(28_000))


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_day_is_read_as_itself_or_told_and_never_as_another(country: str) -> None:
    chance, here = random.Random(12), COUNTRIES[country]
    told = 0
    for _ in range(ROUNDS):
        days = [a_day(chance) for _ in range(chance.randint(1, 6))]
        sheet = read([{"day": here.a_day(day)} for day in days])
        for day, cell, (line, _) in zip(days, column(sheet, "day"), sheet.rows, strict=True):
            if (line, "day") in sheet.told:
                told += 1
                assert cell == here.a_day(day)
            else:
                assert cell == day.isoformat()
        assert len(sheet.doubts) <= 1
        if any(day.day > 12 for day in days):
            assert not sheet.doubts
    assert bool(told) == ("/" in here.a_day(date(2024, 6, 13)) and country != "jp")


def _names(day: date, here: Country) -> list[str]:
    name = here.months.split()[day.month - 1]
    return [
        f"{day.day}-{name}-{day.year % 100:02}",
        f"{day.day:02}. {name} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{day.day} de {name} de {day.year}",
        f"{day.year}. {day.month}. {day.day}",
        f"{day.year}/{day.month:02}/{day.day:02}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.isoformat()} 00:00:00",
    ]


@pytest.mark.parametrize("country", COUNTRIES)
def test_days_with_names_of_months_and_with_the_year_first_are_read(country: str) -> None:
    chance = random.Random(7)
    for _ in range(ROUNDS // 5):
        day = a_day(chance)
        for text in _names(day, COUNTRIES[country]):
            assert column(read([{"day": text}]), "day") == [day.isoformat()], text


@pytest.mark.parametrize("country", COUNTRIES)
def test_months_are_read_and_a_month_is_no_day(country: str) -> None:
    for month in range(1, 13):
        when = date(2024, month, 1)
        text = COUNTRIES[country].a_month(when)
        assert column(read([{"when": text}]), "when") == [f"2024-{month:02}"]
        sheet = read([{"day": text}])
        assert column(sheet, "day") == [text]
        assert "a part of the date is lost" in sheet.doubts[0].found


def test_two_orders_in_one_file_are_told_where_both_fit() -> None:
    rows = [{"day": text} for text in ("13/06/2024", "6/14/2024", "3/4/2024", "5/5/2024")]
    sheet = read(rows)
    assert column(sheet, "day") == ["2024-06-13", "2024-06-14", "3/4/2024", "2024-05-05"]
    assert ["dates in two orders" in doubt.found for doubt in sheet.doubts] == [True]


def test_a_first_day_may_have_been_a_month() -> None:
    alone = read([{"when": "01.06.2024"}, {"when": "13.06.2024"}])
    assert column(alone, "when") == ["01.06.2024", "2024-06-13"]
    beside = read([{"when": "01.06.2024"}, {"when": "Jun 24"}])
    assert column(beside, "when") == ["2024-06-01", "2024-06"]
    offered = read([{"when": "01.06.2024"}, {"when": "13.06.2024"}], offers=True)
    assert [change.sure for change in offered.changes] == [False, True]


@pytest.mark.parametrize("mark", [*",.'\u2019\u00a0\u202f", " "])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_whole_number_is_itself_or_told(mark: str, separator: str) -> None:
    chance = random.Random(3)
    read_back = 0
    for _ in range(ROUNDS):
        numbers = [chance.choice([5, 900, 4000, 12_000, 1_340_000]) + chance.randrange(99)]
        numbers += [chance.randrange(10**7) for _ in range(chance.randrange(4))]
        sheet = read([{"count": f"{n:,}".replace(",", mark)} for n in numbers], separator)
        for number, cell, (line, _) in zip(
            numbers, column(sheet, "count"), sheet.rows, strict=True
        ):
            if (line, "count") not in sheet.told:
                assert cell == str(number)
                read_back += 1
    assert read_back > ROUNDS / 3


@pytest.mark.parametrize("mark", ",.")
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_decimal_is_itself_or_told(mark: str, separator: str) -> None:
    chance = random.Random(5)
    for _ in range(ROUNDS):
        numbers = [
            Decimal(chance.randrange(10**5)).scaleb(-chance.randrange(4)).normalize()
            for _ in range(chance.randint(1, 5))
        ]
        texts = [f"{number:f}" for number in numbers]
        sheet = read([{"amount": text.replace(".", mark)} for text in texts], separator)
        for text, cell, (line, _) in zip(texts, column(sheet, "amount"), sheet.rows, strict=True):
            assert cell == text or (line, "amount") in sheet.told


@pytest.mark.parametrize(("mark", "separator"), [(",", ","), (",", "\t"), (".", ";")])
def test_thousands_where_decimals_may_be_are_themselves_or_told(mark: str, separator: str) -> None:
    chance, decimal = random.Random(9), "." if mark == "," else ","
    for _ in range(ROUNDS):
        numbers = [chance.randrange(1000, 10**6) for _ in range(chance.randint(1, 3))]
        texts = [f"{number:,}".replace(",", mark) for number in numbers]
        texts += chance.choice([[], [f"3{decimal}5"], [f"0{decimal}125", f"12{decimal}25"]])
        sheet = read([{"amount": text} for text in texts], separator)
        for number, cell, (line, _) in zip(
            numbers, column(sheet, "amount"), sheet.rows, strict=False
        ):
            assert cell == str(number) or (line, "amount") in sheet.told


@pytest.mark.parametrize(
    ("name", "cell", "meant"),
    [
        ("count", "12,34,567", "1234567"),
        ("count", "12,34,567.00", "1234567"),
        ("amount", "12,34,567.5", "1234567.5"),
        ("count", "1’234.00", "1234"),
        ("count", "4.000,00", "4000"),
        ("count", "1\u202f234,0", "1234"),
        ("count", "4000,00", "4000"),
        ("count", "4000,50", "4000,50"),
        ("count", "1,2,345", "1,2,345"),
        ("day", "20-tammi-79", "1979-01-20"),
        ("when", "júl.24", "2024-07"),
        ("when", "Ιουν-24", "2024-06"),
        ("when", "iun.24", "2024-06"),
        ("sure", "SANT", "yes"),
        ("sure", "HAMIS", "no"),
        ("sure", "ΑΛΗΘΕΣ", "yes"),
        *(("sure", word, "yes") for word in ("Ja", "Oui", "JA", "Yes", "sí", "Так", "はい", "예")),
        *(("sure", word, "no") for word in ("Nein", "Non", "NO", "não", "Нет", "いいえ", "FAUX")),
        ("day", "2024-10-18T00:00:00", "2024-10-18"),
        ("day", "2024-10-18T00:00:00.000Z", "2024-10-18"),
        ("day", "2024-10-18 00:00:00+02:00", "2024-10-18"),
        ("day", "10/18/2024 12:00:00 AM", "2024-10-18"),
        ("day", "18.10.2024 0.00.00", "2024-10-18"),
        ("day", "20241018", "2024-10-18"),
        ("when", "2024-10-18T00:00:00Z", "2024-10-18"),
        ("count", "3000.0", "3000"),
        ("count", "3000.000", "3000"),
        ("count", "3000,000", "3000"),
    ],
)
def test_more_countries_are_read(name: str, cell: str, meant: str) -> None:
    for separator in ",;":
        assert column(read([{name: cell}], separator), name) == [meant]


def test_the_german_4000_is_4000_or_a_question() -> None:
    for separator in ",;\t":
        sheet = read([{"count": "4.000"}], separator)
        assert column(sheet, "count") == ["4000"] or sheet.doubts[0].found.startswith('"4.000"')
    assert column(read([{"count": "4.000", "amount": "3,5"}], ";"), "count") == ["4000"]
    assert column(read([{"count": "4.000", "amount": "3.5"}], ";"), "count") == ["4.000"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_truth_in_the_words_of_a_country(country: str) -> None:
    here = COUNTRIES[country]
    rows = [{"sure": here.true}, {"sure": here.false}, {"sure": "yes"}]
    assert column(read(rows), "sure") == ["yes", "no", "yes"]


DECORATED = (
    *("€64.617", "64.617 €", "$3,000", "US$5", "3000 USD", "£5", "₩5", "12 zł", "5 руб."),
    *("12 %", "12%", "%12", "3.5٪"),
    *("ca. 3000", "~3000", ">3000", "3000+ men", "3–5", "3k", "1.5 million", "(12)", "12 1/2"),
)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("count", "1,34E+06"),
        ("amount", "03. Mai"),
        ("amount", "Jan 35"),
        ("amount", "1.2E+10"),
        ("count", "#####"),
        ("when", "########"),
        ("id", "#NAME?"),
        ("id", "Sep 24"),
        ("day", "24-Jun"),
        ("when", "???.24"),
        ("amount", "#WERT!"),
        ("day", "#N/A"),
        ("day", "2024-10-18T14:30:00"),
        ("day", "2024-10-17T22:00:00Z"),
        ("when", "18.10.2024 14:30"),
        ("when", "10/18/2024, 2:30 PM"),
        *((name, cell) for name in ("count", "amount") for cell in DECORATED),
    ],
)
def test_what_is_lost_is_told_once_and_left(name: str, cell: str) -> None:
    for offers in (False, True):
        sheet = read([{name: cell}] * 5, offers=offers)
        assert column(sheet, name) == [cell] * 5
        assert len(sheet.doubts) == 1
        assert "4 more cells" in sheet.doubts[0].found
        assert sheet.doubts[0].expected in DOUBTS.values()


@pytest.mark.parametrize(
    ("name", "cell", "meant"),
    [
        ("sure", "1", "yes"),
        ("sure", "N", "no"),
        ("count", "NaN", ""),
        ("amount", "NA", ""),
        ("day", "None", ""),
        ("when", "n/a", ""),
    ],
)
def test_what_is_likely_is_told_once_and_offered(name: str, cell: str, meant: str) -> None:
    sheet = read([{name: cell}] * 5)
    assert column(sheet, name) == [cell] * 5
    assert len(sheet.doubts) == 1 and "--mend" in sheet.doubts[0].expected
    offered = read([{name: cell}] * 5, offers=True)
    assert column(offered, name) == [meant] * 5
    assert [change.sure for change in offered.changes] == [False]


def test_a_month_that_a_program_made_a_moment_of_is_a_month_again() -> None:
    """pandas makes 2024-06-01T00:00:00 of 2024-06: no day that a source says."""
    moment = "2024-06-01T00:00:00"
    assert column(read([{"when": moment}, {"when": "2024-07"}]), "when") == [
        "2024-06-01",
        "2024-07",
    ]
    (doubt,) = read([{"when": moment}, {"when": "2024-07-13T00:00:00"}]).doubts
    assert "the first day, or the whole month" in doubt.found


@pytest.mark.parametrize("cell", ["lip.24", "lis 24", "3 listopada 2024"])
def test_a_month_that_is_another_one_in_croatian_is_told_among_croatian_dates(cell: str) -> None:
    """In a Croatian file `lip.24` is June: it was read as July without a word."""
    sheet = read([{"when": cell}, {"when": "13.6.2024."}])
    assert column(sheet, "when") == [cell, "2024-06-13"] and len(sheet.doubts) == 1
    assert column(read([{"when": cell}, {"when": "13.6.2024"}]), "when")[0] != cell


def test_what_is_as_it_should_be_is_left_alone() -> None:
    row = {"id": "a-1", "day": "2024-06-01", "when": "2024", "count": "-5", "amount": "64.617"}
    sheet = read([row, {**row, "when": "2024-06", "amount": "0.5", "sure": "no"}])
    assert (sheet.changes, sheet.doubts, sheet.told) == ([], [], set())


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["24.06.13", "22.02.24", "24.10.28"], ["2024-06-13", "2022-02-24", "2024-10-28"]),
        (["13.06.24", "24.02.22", "28.10.24"], ["2024-06-13", "2022-02-24", "2024-10-28"]),
        (["24.06.13", "22.02.24"], ["24.06.13", "22.02.24"]),
    ],
    ids=["year first", "day first", "in doubt"],
)
def test_years_of_two_digits_stand_where_another_day_tells(
    cells: list[str], days: list[str]
) -> None:
    """In Seoul 22.02.24 is 2022: it was read as 2024 without a word."""
    sheet = read([{"day": cell} for cell in cells])
    assert column(sheet, "day") == days
    assert bool(sheet.doubts) is (cells == days)


@pytest.mark.parametrize("amount", ["4.475", "64.617", "-1.250"])
def test_three_digits_behind_a_point_are_told_among_numbers_with_a_comma(amount: str) -> None:
    """Google Sheets in German parts columns by commas: 4475 arrived as 4.475 without a word."""
    sheet = read([{"amount": amount}, {"amount": "2111,5"}])
    assert column(sheet, "amount") == [amount, "2111.5"]
    assert [doubt.found.split(" (")[0] for doubt in sheet.doubts] == [f'"{amount}"']
    for others in ({"amount": "2111.5"}, {"amount": "2,111.5"}, {"amount": "0.125"}, {}):
        sheet = read([{"amount": amount}, others])
        assert column(sheet, "amount")[0] == amount and not sheet.doubts


@pytest.mark.parametrize(
    ("name", "cell", "meant"),
    [
        ("when", "dub 24", "2024-04"),
        ("when", "сеп.25", "2025-09"),
        ("when", "ное.22", "2022-11"),
        ("when", "нов. 2022", "2022-11"),
        ("when", "қаң.24", "2024-01"),
        ("when", "чэр.24", "2024-06"),
        ("when", "rugs 2024", "2024-09"),
        ("when", "ოქტ.24", "2024-10"),
        ("when", "أكتوبر-24", "2024-10"),
        ("when", "ספט-66", "1966-09"),
        ("when", "nóv..24", "2024-11"),
        ("when", "66년 9월", "1966-09"),
        ("when", "24年4月", "2024-04"),
        ("day", "13.06.2024 г.", "2024-06-13"),
        ("day", "13.06.2024 р.", "2024-06-13"),
        ("day", "25\u200f/06\u200f/1950", "1950-06-25"),
        ("day", "\u200e2024-06-13", "2024-06-13"),
        ("count", "\u200f4000", "4000"),
        ("amount", "\u200e3.5", "3.5"),
    ],
)
def test_months_years_and_marks_of_more_countries_are_read(
    name: str, cell: str, meant: str
) -> None:
    for separator in ",;":
        assert column(read([{name: cell}], separator), name) == [meant]


def test_one_message_for_all_months_in_a_language_that_is_not_known() -> None:
    cells = ["hyd 50", "gorff 53", "IX.66", "medi. 2024", "3 mehefin 2024"]
    sheet = read([{"when": cell} for cell in cells])
    assert column(sheet, "when") == cells
    (doubt,) = sheet.doubts
    assert '"hyd 50"' in doubt.found and "4 more cells" in doubt.found


def test_srp_is_told_among_croatian_dates() -> None:
    """August in Czech is July in Croatian."""
    assert len(read([{"when": "srp.24"}, {"when": "13.6.2024."}]).doubts) == 1
    assert column(read([{"when": "srp.24"}, {"when": "13.6.2024"}]), "when")[0] == "2024-08"


CLDR = [(one, width) for one in ("th", "vi", "sq", "fa") for width in ("wide", "abbreviated")]


@pytest.mark.parametrize("language, width", CLDR)
def test_months_are_read_as_cldr_writes_them(language: str, width: str) -> None:
    """By Babel's copy of Unicode's CLDR; in Thai by the Buddhist calendar, too."""
    months = Locale(language).months["format"][width]
    for number, name in months.items():
        said = [f"13 {name} 2024", f"13-{name}-2024", f"13 {name}, 2024", f"{name} 2024"]
        said += [f"13 {name} 2567", f"{name} พ.ศ. 2567"] if language == "th" else []
        for text in said:
            day = "-13" if text.startswith("13") else ""
            assert column(read([{"when": text}]), "when") == [f"2024-{number:02}{day}"], text


@pytest.mark.parametrize(
    "text", ["13 ต.ค. 67", "13 ต.ค. 24", "13 مهر 1403", "thg 13 2024", "13 ต.ค. ก.ย. 2567"]
)
def test_what_may_be_of_another_calendar_is_told_and_not_read(text: str) -> None:
    """A year of two digits in Thai, and Iran's own months; a thirteenth month, or two of them."""
    assert column(read([{"when": text}]), "when") == [text]
