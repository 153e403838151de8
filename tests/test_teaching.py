"""What a teacher is given: samples that say what the rows say, and plans whose minutes add up."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pytest

from lessons import NOTEBOOKS, every
from upheaval.charts import estimate_rows
from upheaval.facts import tables
from upheaval.lessons import timing
from upheaval.methods.estimates import defensible_range

ROOT = NOTEBOOKS.parent
SAMPLES, PLANS, GUIDE, MEMO, README, EASIER = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in (
        "teaching/samples.md",
        "teaching/plans.md",
        "teaching/guide.md",
        "teaching/rubric_memo.md",
        "README.md",
        "teaching/easier_tasks.md",
    )
)
MONTHS = "January February March April May June July August September October November December"
DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS.split())})(?: (\d{{4}}))?")
#: Days of the tasks themselves, which no row has to say.
OF_THE_TASK = {"20 January 2025"}
LEVELS = ("weak", "middling", "strong")
MARKS = ["not asked", "not yet", "on the way", "there", "beyond"]


# -- samples ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Sample:
    """A marked sample: its text, its rows, its mark in each row of a rubric, what is given back."""

    name: str
    text: str
    rows: tuple[str, ...]
    marks: dict[str, str]
    given_back: str


@cache
def samples() -> dict[str, Sample]:
    """Every sample by its heading."""
    found = {}
    for block in re.split(r"(?m)^### ", SAMPLES)[1:]:
        name, _, rest = block.partition("\n")
        rest = rest.split("\n## ")[0]
        text = " ".join(line[2:] for line in rest.splitlines() if line.startswith("> "))
        listed = rest.split("Rows: ")[1].split("\n\n")[0]
        marks = dict(re.findall(r"(?m)^\| \*\*(.+?)\*\* \| (.+?) \|", rest))
        back = " ".join(rest.split("**Give back:** ")[1].split())
        found[name] = Sample(name, text, tuple(re.findall(r"`(.+?)`", listed)), marks, back)
    return found


each_sample = pytest.mark.parametrize("name", samples())


@cache
def rows_of(table: str) -> dict[str, dict[str, str]]:
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def said_in(sample: Sample) -> str:
    """All that the rows of a sample say, and the sentences of their sources."""
    cells: list[str] = []
    for ref in sample.rows:
        table, row = ref.split("/")
        assert row in rows_of(table), f"{sample.name}: there is no row {ref}"
        cells += rows_of(table)[row].values()
        excerpts = rows_of("excerpts").values()
        cells += [one["sentence"] for one in excerpts if (one["table"], one["row"]) == (table, row)]
    return "\n".join(cells)


def in_words(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


@each_sample
def test_every_number_of_a_sample_stands_in_its_rows(name: str) -> None:
    sample = samples()[name]
    rows = said_in(sample).replace(",", "")
    text = DAY.sub(" ", sample.text)
    text = re.sub(r"\[\d\]|[+−]\d|\b0\b|\(\d+%\)|\b(?:19|20)\d\d\b", " ", text)
    numbers = {one.replace(",", "") for one in re.findall(r"\d[\d,]*\d|\d", text)}
    missing = [one for one in numbers if not re.search(rf"(?<!\d){one}(?!\d)", rows)]
    assert not missing, f"{name}: no row that it names says {missing}"


@each_sample
def test_every_day_of_a_sample_stands_in_its_rows(name: str) -> None:
    sample = samples()[name]
    rows = said_in(sample)
    for found in DAY.finditer(sample.text):
        day, month, year = found.groups()
        number = MONTHS.split().index(month) + 1
        exact = f"{year}-{number:02}-{int(day):02}"
        spoken = f"{day} {month[:3]}"
        assert found[0] in OF_THE_TASK or exact in rows or (spoken in rows and year in rows), (
            f"{name}: no row that it names has the {found[0]}"
        )


@each_sample
def test_every_quotation_of_a_sample_stands_in_its_rows(name: str) -> None:
    sample = samples()[name]
    rows = in_words(said_in(sample))
    for quoted in re.findall(r"“(.+?)”", sample.text):
        assert in_words(quoted) in rows, f"{name}: no row that it names says “{quoted}”"


@each_sample
def test_every_mark_is_one_of_its_rubric(name: str) -> None:
    sample = samples()[name]
    memo = name.startswith("Memo")
    chapter = GUIDE.split("## Marking: one rubric")[1].split("\nThe table fits")[0]
    rubric = re.findall(r"(?m)^\| \*\*(.+?)\*\*", MEMO if memo else chapter)
    assert list(sample.marks) == rubric
    assert set(sample.marks.values()) <= set("012" if memo else MARKS)
    assert len(re.findall(r"[.?!](?: |$)", sample.given_back)) == 1, "one sentence to give back"


def test_each_task_has_a_weak_a_middling_and_a_strong_sample() -> None:
    tasks = dict.fromkeys(name.split(",")[0] for name in samples())
    assert list(samples()) == [f"{task}, {level}" for task in tasks for level in LEVELS]
    assert len(tasks) == 4
    for task in tasks:
        of = [samples()[f"{task}, {level}"].marks.values() for level in LEVELS]
        worth = [sum(int(m) if m.isdigit() else MARKS.index(m) for m in marks) for marks in of]
        assert all(less < more for less, more in pairwise(worth)), task


def test_the_strong_range_is_the_one_that_the_rows_defend() -> None:
    table = estimate_rows.whole(tables.read("estimates"))
    table = table.assign(voice=estimate_rows.voices(table))
    found = defensible_range(table, "deployed_in_russia", "2024-10-23", by="voice")
    assert samples()["Range, strong"].text.startswith(f"In Russia on that evening: {found.text}, ")
    named = {ref.partition("/")[2] for ref in samples()["Range, strong"].rows}
    assert {*found.ids, *found.replaced} <= named


def test_a_code_that_a_sample_changes_is_the_code_of_its_row() -> None:
    scales = {"commitment": "scale_commitment", "with allies": "scale_multilateral"}
    changes = 0
    for name in (f"Coding, {level}" for level in LEVELS):
        sample = samples()[name]
        rows = [rows_of("policies")[ref.partition("/")[2]] for ref in sample.rows]
        for scale, given in re.findall(r"(commitment|with allies) from ([+−]?\d) to", sample.text):
            value = str(int(given.replace("−", "-")))
            assert value in [row[scales[scale]] for row in rows], (name, scale, given)
            changes += 1
    assert changes == 5


def test_the_chance_of_a_memo_lies_in_the_band_of_its_word() -> None:
    bands = rows_of("probability_words")
    found = [
        (word.replace(" ", "-"), int(chance))
        for sample in samples().values()
        for word, chance in re.findall(r"((?:very )?(?:un)?likely) \((\d+)%\)", sample.text)
    ]
    assert found
    for word, chance in found:
        assert int(bands[word]["low_pct"]) <= chance <= int(bands[word]["high_pct"])


def test_no_memo_knows_what_came_after_its_day() -> None:
    for level in LEVELS:
        for ref in samples()[f"Memo, {level}"].rows:
            table, row = ref.split("/")
            known = tables.as_of(tables.read(table), "2024-11-27")
            assert row in set(known["id"]), ref


# -- plans -----------------------------------------------------------------------------------------
#: What stands in a plan and is no part of its lesson, with its minutes; None for any.
BESIDE = {"Arrive": None}


@cache
def plans() -> dict[str, list[tuple[str, str, bool]]]:
    """Each plan by its heading: minutes, part, and whether it is cut short."""
    chapter = PLANS.split("\n## Plans\n")[1].split("\n## ")[0]
    found = {}
    for block in re.split(r"(?m)^### ", chapter)[1:]:
        lines = re.findall(r"(?m)^\| (\d+ to \d+) \| \*(.+?)\*( \(short\))? \|", block)
        found[block.splitlines()[0]] = [(when, part, bool(cut)) for when, part, cut in lines]
    return found


def time_of(number: str) -> dict[str, tuple[str, int]]:
    (found,) = (lesson.about["time"] for lesson in every() if lesson.number == number)
    return dict(found)


@pytest.mark.parametrize("heading", plans())
def test_a_plan_takes_as_long_as_it_says(heading: str) -> None:
    ends = [tuple(map(int, when.split(" to "))) for when, _, _ in plans()[heading]]
    (promised,) = re.findall(r"(\d+) minutes$", heading)
    assert ends[0][0] == 0 and ends[-1][1] == int(promised)
    assert all(end == start for (_, end), (start, _) in pairwise(ends))


@pytest.mark.parametrize("heading", plans())
def test_a_part_of_a_plan_has_the_minutes_of_its_lesson(heading: str) -> None:
    for when, part, cut in plans()[heading]:
        start, end = map(int, when.split(" to "))
        if part in BESIDE:
            assert BESIDE[part] in (None, end - start), part
            continue
        name, _, other = part.partition(" of ")
        of_another = other.isdigit()
        time = time_of(other if of_another else heading[:2])
        least = time[name if of_another else part][1]
        if of_another:  # a chart that a plan of another lesson stays at
            assert name in time
        elif cut:
            assert 0 < end - start < least, part
        else:
            assert end - start == least, part


def test_every_route_of_the_guide_has_plans_and_takes_its_lessons() -> None:
    chapter = PLANS.split("\n## Routes\n")[1].split("\n## ")[0]
    routes = re.findall(r"(?m)^\| (?!route|---)(.+?) \| (.+?) \| (.+?) \|", chapter)
    of_guide = GUIDE.split("\n## Routes\n")[1].split("\n## ")[0]
    of_guide = re.sub(r"\]\([^)]*\)", "]", of_guide)
    asked = dict(re.findall(r"(?m)^\| (?!you have|---)(.+?) \| (.+?) \|", of_guide))
    given = {name: named.split("; ") for name, _, named in routes}
    for name, named in given.items():
        if name == "self-study":
            continue
        assert set(named) <= plans().keys(), name
    for name, words in asked.items():
        mine = [
            one
            for route in given
            if route.split(",")[0] == name.split(",")[0]
            for one in given[route]
        ]
        assert mine, f"{name} has no plan"
        if name != "self-study":
            lessons = set(re.findall(r"\b\d\d\b", words))
            planned = {
                number for one in mine for number in re.findall(r"\b(\d\d)\b(?! minutes)", one)
            }
            assert lessons <= planned, name
    for name, periods, named in routes:
        if periods.isdigit():
            assert int(periods) == len(named.split("; ")), name


def test_self_study_takes_what_the_lessons_take() -> None:
    chapter = PLANS.split("\n## Self-study\n")[1]
    found = re.findall(r"(?m)^\| (\d\d) (.+?) \| (\d+) \| (\d+) \|", chapter)
    made = []
    for lesson in every():
        core = sum(lesson.about["minutes"])
        more = timing.minutes(lesson.about, timing.MORE)
        made.append((lesson.number, lesson.about["title"], str(core), str(core + more)))
    assert found == made


def test_every_page_for_teachers_can_be_reached_from_the_guide() -> None:
    pages = {path.name for path in (ROOT / "teaching").glob("*.md")} - {"guide.md"}
    assert pages <= set(re.findall(r"\]\(([a-z_]+\.md)", GUIDE))
    assert "teaching/guide.md" in README


def test_links_from_page_to_page_are_those_that_the_site_can_follow() -> None:
    for path in sorted((ROOT / "teaching").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+\.md[^)]*)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).is_file(), (
                f"{path.name}: {target}: no anchor, no other folder"
            )
            assert "/" not in target, f"{path.name}: {target}"


def test_every_long_task_has_an_easier_version_with_starters() -> None:
    blocks = re.split(r"(?m)^## ", EASIER)[1:]
    assert [re.findall(r"lesson (\d\d)", one)[0] for one in blocks] == [
        "11",
        "09",
        "07",
        "10",
        "08",
    ]
    for block in blocks:
        assert "**Shorter.**" in block and "sentence starter" in block and "**Mark**" in block
