"""What readers keep: written by really using the recorded tree, and what stands there when they
come back.

`python tests/net/record.py --kept` does both: a kernel side, where every check and every other
thing that keeps something receives what its front end sends, and a browser side, where pages from
disk are filled in by a real Chromium. Later trees only have to load it: names, positions of
answers, labels and formats may not break.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from net import adapter, compare, pictures, record

Json = Any

NOTE = "What I noticed – “3,000”, и 북한 <b>too</b> 🙂"
REASON = "The letter of May says something else, I think"
MEMO = {
    "to": "President Joseph Biden",
    "from": "A student",
    "date": "27 November 2024",
    "decision": "Whether to answer before 20 January 2025.",
    "recommendation": "Hold the line. It keeps what is decided.",
    "background": "At least 12,000 soldiers are in Russia [1]. The chart says more [2].",
    "counter": "If nothing happens, the number will grow.",
    "likelihood": "It is likely (65%) that no soldiers are confirmed inside Ukraine.",
    "confidence": "We have low confidence in this.",
    "flashpoint": "If two governments confirm fighting inside Ukraine, then we come back.",
}
FORECASTS = {
    "treaty-in-force": (95, "Both houses have agreed", False),
    "icbm-test": (40.5, "", False),
    "trump-kim": (3, "Not so soon", True),
}
FINDING = {
    "id": "timeline: 23 October 2024: U.S. confirms at least 3,000",
    "kind": "timeline",
    "title": "23 October 2024: U.S. confirms at least 3,000 DPRK soldiers in Russia",
    "text": "The White House says so.",
    "status": "✕ disputed",
    "asOf": "27 November 2024",
    "sources": [{"id": "x", "text": "A page", "url": "https://example.org/a"}],
}
EVIDENCE = [
    {
        "id": "events/dprk-satellite-failure",
        "kind": "event",
        "title": "DPRK satellite launch fails",
        "status": "confirmed",
        "known": "2024-05-27",
        "sources": [{"text": "A", "url": "https://example.org/b"}],
    }
]
LOCKED = "2026-11-29T05:00:00.000Z"

#: Ten addresses: lesson, chart, and for each control moved the option, by its number from 0.
ADDRESSES = [
    ("00", "landmarks", {"as_of": 3}),
    ("01", "claims", {"kind": 1, "assessment": 2}),
    ("02", "timeline", {"theme": 2, "as_of": 8}),
    ("02", "timeline", {"period": 2, "actor": 3, "status": 1}),
    ("03", "numbers", {"side": 2, "measure": 1}),
    ("04", "quotations", {"place": 2, "as_of": 6}),
    ("05", "ties", {"year": 1, "least": 2}),
    ("06", "exchange", {"lane": 2}),
    ("09", "grid", {"order": 1}),
    ("11", "lead", {"who": 2, "without": 1}),
]


# -- by a kernel -----------------------------------------------------------------------------------
# --------------------
def _value(one: Any, kind: str) -> Json:
    """What a reader does with a thing that is no check."""
    spec = one.spec
    if kind == "predict":
        return spec["options"][1]
    if kind == "write":
        return {field["name"]: f"{NOTE} {at}" for at, field in enumerate(spec["fields"])}
    if kind == "coding":
        return {
            "changes": [
                {
                    "scale": "commitment",
                    "row": "stated-end-state",
                    "column": "biden",
                    "code": -2,
                    "reason": REASON,
                },
                {
                    "scale": "multilateral",
                    "row": "sanctions",
                    "column": "trump-2",
                    "code": 2,
                    "reason": REASON,
                },
            ]
        }
    if kind == "grid":
        marks = {row: dict(cells) for row, cells in list(spec["worked"].items())[:6]}
        marks["treaty-signed"]["money"] = "II"
        return {
            "marks": marks,
            "left": ["envoy-denies"],
            "weighted": False,
            "weights": {"treaty-signed": {"credibility": "low", "relevance": "high"}},
        }
    if kind == "weigh":
        return {
            "from": "",
            "weights": {part["id"]: at % 6 for at, part in enumerate(spec["criteria"])},
        }
    if kind == "memo":
        return {
            "fields": {field["name"]: MEMO.get(field["name"], "") for field in spec["fields"]},
            "evidence": EVIDENCE,
        }
    given = {
        question: {"percent": percent, "reason": why, "known": known}
        for question, (percent, why, known) in FORECASTS.items()
    }
    return {"name": "Class 9b", "forecasts": given, "locked": None, "revealed": None}


#: Checks that came after the work was kept, as those that come back ("03.back-…") did: no file of
#: that time has an answer to them.
LATER = {"03.sentences"}


def _things(lesson: adapter.Lesson) -> Iterator[tuple[str, Any]]:
    """What keeps something, and what evidence can be taken from, as in the lessons of that time."""
    return (
        one
        for one in adapter.readers_own(lesson)
        if one[0] not in LATER and not one[0].partition(".")[2].startswith("back-")
    )


def used(tree: Path, folder: Path) -> None:
    """Use everything that keeps something, in every lesson, with a kernel."""
    with adapter.mode("live", folder):
        for lesson in adapter.lessons_of(tree):
            count = 0
            for name, one in _things(lesson):
                if not name:
                    adapter.add_evidence(one, FINDING)
                elif one.spec["kind"] == "check":
                    count += 1
                    if count % 3 == 0:  # a first try that ends the other way
                        adapter.send(one, adapter.answer_to(one, count % 2 == 0))
                    adapter.send(one, adapter.answer_to(one, count % 2 == 1))
                elif (kind := adapter.kind_of(one)) != "again":
                    value = _value(one, kind)
                    adapter.send(one, value)
                    if kind == "forecast":
                        adapter.send(one, {**value, "locked": LOCKED})


def returning(tree: Path, folder: Path) -> dict[str, Json]:
    """What a kernel shows to a reader who comes back to the work in `folder`, thing by thing."""
    with adapter.mode("live", folder):
        return {
            f"{name} ({adapter.kind_of(one)})": adapter.standing(one)
            for lesson in adapter.lessons_of(tree)
            for name, one in _things(lesson)
            if name
        }


# -- in a browser ----------------------------------------------------------------------------------
# --------------------
#: Of every widget of a page that is no chart: what its boxes hold, and the lines that can be read
#: in it.
_STANDS = """(selector) => [...document.querySelectorAll(selector)].map((el) => {
  const label = (box) => (box.labels?.[0]?.innerText ?? box.ariaLabel ?? '').trim();
  const boxes = [...el.querySelectorAll('input, select, textarea')].map((box) => {
    if (['radio', 'checkbox'].includes(box.type)) return box.checked ? `✓ ${label(box)}` : '';
    if (box.tagName === 'SELECT') return box.selectedOptions[0]?.text ?? '';
    return box.value;
  });
  const lines = el.innerText.split('\\n').map((line) => line.replace(/\\s+/g, ' ').trim());
  return { boxes, lines: lines.filter(Boolean) };
})"""

_ANSWER = """([form, answer]) => {
  const put = (box, value) => {
    box.value = String(value);
    box.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const radios = form.querySelectorAll('input[type="radio"]');
  const ticks = form.querySelectorAll('input[type="checkbox"]');
  const boxes = form.querySelectorAll('select');
  if (radios.length) [...radios].find((one) => one.value === answer).click();
  else if (ticks.length) ticks.forEach((one) => { one.checked = answer.includes(one.value); });
  else if (boxes.length) boxes.forEach((box, at) => put(box, answer[at] ?? ''));
  else put(form.querySelector('input[type="text"]'), answer);
  form.querySelector('.face-submit').click();
}"""

_WRITE = """([form, note]) => {
  form.querySelectorAll('input[type="radio"]')[1]?.click();
  form.querySelectorAll('textarea').forEach((box, at) => {
    box.value = `${note} ${at}`;
    box.dispatchEvent(new Event('change', { bubbles: true }));
  });
}"""


_KEPT = """(key) => ({
  ...JSON.parse(localStorage.getItem(key) ?? '{}'),
  ...Object.fromEntries(Object.keys(localStorage).filter((name) => name.startsWith(`${key}/`))
    .map((name) => [name.slice(key.length + 1), JSON.parse(localStorage.getItem(name))])),
})"""


def kept_in(page: Any) -> dict[str, Json]:
    """What a browser keeps for the page: as the recorded tree kept it, and as it is kept now."""
    found: dict[str, Json] = page.evaluate(_KEPT, adapter.BROWSER_KEY)
    return found


def opened(page: Any, path: Path, work: dict[str, Json] | None = None, fragment: str = "") -> None:
    """Open a page from disk as a reader who kept `work` in this browser, by default nothing."""
    # All files from disk may share one store: what the page before kept is taken away.
    page.evaluate("() => { if (location.protocol === 'file:') localStorage.clear(); }")
    page.goto("about:blank")
    page.goto(path.as_uri() + fragment)
    page.wait_for_function(adapter.READY)
    if work:
        keep = "([key, work]) => localStorage.setItem(key, work)"
        page.evaluate(keep, [adapter.BROWSER_KEY, json.dumps(work)])
        page.reload()
        page.wait_for_function(adapter.READY)


def stands(page: Any, path: Path) -> Iterator[tuple[str, str, Json]]:
    """(kind, name, boxes and lines) for every widget of an open page that is no chart."""
    names = adapter.widgets_in(path.read_text(encoding="utf-8"))
    if (check := page.get_by_role("button", name="Check my memo")).count():
        check.click()
    found = page.evaluate(_STANDS, adapter.WIDGET)
    assert len(found) == len(names), f"{path.name} has {len(found)} widgets and names {len(names)}"
    seen = set()
    for (kind, name), one in zip(names, found, strict=True):
        label = f"{name} again" if (kind, name) in seen else name  # a prediction comes twice
        seen.add((kind, name))
        if kind != "explorer":
            yield kind, label, one


def more(now: list[str], before: list[str]) -> list[str]:
    """The entries of `now` that `before` lacks, each as often."""
    left = list(before)
    found = []
    for one in now:
        if one in left:
            left.remove(one)
        elif one:
            found.append(one)
    return found


def shown_of(page: Any, path: Path, work: dict[str, Json]) -> dict[str, Json]:
    """What a lesson shows of kept work, for each widget: what no new reader sees in it."""
    opened(page, path)
    fresh = {(kind, name): one for kind, name, one in stands(page, path)}
    opened(page, path, work)
    found = {}
    for kind, name, one in stands(page, path):
        before = fresh[kind, name]
        boxes, lines = (more(one[part], before[part]) for part in ("boxes", "lines"))
        if boxes or lines:
            found[f"{name} ({kind})"] = {"boxes": boxes, "lines": lines}
    return found


def filled(
    page: Any, paths: list[Path], answers: dict[str, Json]
) -> tuple[dict[str, Json], dict[str, Json]]:
    """Fill in every page as a reader does; gives what the browser keeps, and forecasts that are
    open and revealed.
    """
    work: dict[str, Json] = {}
    forms: dict[str, Json] = {}
    for path in paths:
        opened(page, path, work)
        named = adapter.widgets_in(path.read_text(encoding="utf-8"))
        for element, (kind, name) in zip(
            page.query_selector_all(adapter.WIDGET), named, strict=True
        ):
            form = element.query_selector("form")
            if kind == "check":
                page.evaluate(_ANSWER, [form, answers[name]])
            elif kind == "note":
                page.evaluate(_WRITE, [form, NOTE])
        _evidence(page)
        for one in (_coding, _grid, _weights, _memo):
            one(page)
        forms |= _forecast(page)
        work = kept_in(page)
    forms["locked"] = work["10.forecast"]
    return work, forms


def _evidence(page: Any) -> None:
    chart = page.locator(adapter.CHART).first
    chart.get_by_role("button", name="Save and cite").click()
    keep = chart.get_by_role("button", name="Keep", exact=True)
    keep.click()
    choice = chart.get_by_label("Keep as evidence for your memo")
    if choice.locator("option").count() > 1:
        choice.select_option(index=1)
        keep.click()


def _coding(page: Any) -> None:
    widget = page.locator('[data-face="coding"]')
    if widget.count():
        for row, column, code in ((0, 0, -2), (3, 2, 2)):
            widget.get_by_label("Row", exact=True).select_option(index=row)
            widget.get_by_label("Column", exact=True).select_option(index=column)
            widget.get_by_label("Your code").select_option(value=str(code))
            widget.get_by_label("Your reason").fill(REASON)
            widget.get_by_role("button", name="Keep this change").click()


def _grid(page: Any) -> None:
    widget = page.locator('[data-face="matrix"]')
    if widget.count():
        widget.get_by_role("button", name="Begin with our marks").click()
        widget.locator(".grid-row select").first.select_option(value="II")
        widget.get_by_label("Leave this row out").nth(1).check()
        widget.get_by_label("Weigh rows by credibility").uncheck()


def _weights(page: Any) -> None:
    widget = page.locator('[data-face="weights"]')
    if widget.count():
        for at, box in enumerate(widget.locator('select[name^="weight-"]').all()):
            box.select_option(index=(at + 1) % 6)


def _memo(page: Any) -> None:
    widget = page.locator('[data-face="memo"]:has(form)')
    if widget.count():
        widget.get_by_label("Take a role").select_option(index=2)
        widget.get_by_role("button", name="Add:").first.click()  # from the basket
        widget.locator(".memo-picker").get_by_role("button", name="Add:").first.click()
        for at, name in ((1, "background"), (4, "likelihood")):
            widget.locator("textarea").nth(at).fill(MEMO[name])
            widget.locator("textarea").nth(at).blur()


_PUT_BACK = """([key, name, one]) => localStorage.setItem(`${key}/${name}`, JSON.stringify(one))"""


def _forecast(page: Any) -> dict[str, Json]:
    widget = page.locator('[data-face="forecast"]')
    if not widget.count():
        return {}
    for card, (percent, why, known) in zip(
        widget.locator(".forecast-card").all(), FORECASTS.values(), strict=False
    ):
        card.get_by_label("Probability of yes").fill(str(percent))
        card.get_by_label("In a few words, why?").fill(why)
        card.get_by_label("In a few words, why?").blur()
        if known:
            card.get_by_label("I already know").check()
    found = {"open": kept_in(page)["10.forecast"]}
    widget.locator(".forecast-lock").click()
    locked = kept_in(page)["10.forecast"]
    assert locked["locked"]
    widget.locator(".forecast-reveal").click()
    found["revealed"] = kept_in(page)["10.forecast"]
    page.evaluate(_PUT_BACK, [adapter.BROWSER_KEY, "10.forecast", locked])
    return found


# -- addresses -------------------------------------------------------------------------------------
# --------------------
_CHOOSE = """([name, control, option]) => {
  const chart = document.querySelectorAll('[data-face="explorer"]')[name];
  const box = chart.querySelector(`select[name="${control}"]`);
  if (!box) chart.querySelectorAll(`input[type="radio"][name*="${control}"]`)[option].click();
  else {
    box.selectedIndex = option;
    box.dispatchEvent(new Event('change', { bubbles: true }));
  }
}"""

_CHART = """([selector, title, at]) => {
  const chart = document.querySelectorAll(selector)[at];
  const boxes = [...chart.querySelectorAll('form select, form input[type="radio"]:checked')];
  return { title: chart.querySelector(title).textContent,
    controls: boxes.map((box) => box.selectedOptions?.[0].text ?? box.labels[0].innerText.trim()) };
}"""


def index_of(path: Path, chart: str) -> int:
    """Which of a page's charts has this name."""
    return adapter.charts_in(path.read_text(encoding="utf-8")).index(chart)


def shown_at(page: Any, path: Path, chart: str, fragment: str) -> Json:
    """The title and the choices of a chart when its page is opened at an address."""
    opened(page, path, fragment=fragment)
    # Asked once, but not before the page says of itself what the address asked for.
    return page.evaluate(_CHART, [adapter.CHART, adapter.TITLE, index_of(path, chart)])


def addressed(page: Any, pages: dict[str, Path]) -> list[Json]:
    """Ten states, chosen as a reader chooses them: their addresses and the titles on show."""
    found = []
    for number, chart, moved in ADDRESSES:
        path = pages[number]
        opened(page, path)
        at = index_of(path, chart)
        for control, option in moved.items():
            page.evaluate(_CHOOSE, [at, control, option])
        seen = page.evaluate(_CHART, [adapter.CHART, adapter.TITLE, at])
        fragment = page.evaluate("() => location.hash")
        assert fragment.count("=") == len(moved), f"{number} {chart}: {fragment}"
        found.append({"lesson": number, "chart": chart, "fragment": fragment, **seen})
    return found


# -- files -----------------------------------------------------------------------------------------
# --------------------
def write(tree: Path, out: Path, pages: list[Path] | None = None) -> None:
    """Record what readers keep in `tree`, and what they find when they come back, in `out`/kept."""
    folder = out / "kept"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / adapter.WORK_FILE).unlink(missing_ok=True)
    used(tree, folder)
    _write(folder / "kernel.json.xz", returning(tree, folder))
    made = tempfile.TemporaryDirectory()
    with made as built, pictures.launched() as browser, pictures.profile(browser) as context:
        _by_browser(context.new_page(), folder, pages or pictures.build(tree, Path(built)))
    print(f"kept work, and what stands there: {folder}")


def show_again(tree: Path, out: Path) -> None:
    """Record anew what a kernel, pages and addresses show of the work that is recorded in `out`.

    The work stays as readers kept it; an answer that no longer stands there is printed, and is a
    fault, or the row behind it was mended.
    """
    folder, old = out / "kept", {name: read(name, out) for name in ("browser", "page", "addresses")}
    with tempfile.TemporaryDirectory() as made:
        shutil.copy(folder / adapter.WORK_FILE, made)
        _write(folder / "kernel.json.xz", returning(tree, Path(made)))
    made_pages = tempfile.TemporaryDirectory()
    with made_pages as built, pictures.launched() as browser, pictures.profile(browser) as context:
        page = context.new_page()
        files = {path.name[:2]: path for path in pictures.build(tree, Path(built))}
        shown = _all_shown(page, files, old["browser"]["work"], old["browser"]["forecasts"])
        seen = [
            {**one, **shown_at(page, files[one["lesson"]], one["chart"], one["fragment"])}
            for one in old["addresses"]
        ]
    for name, was in old["page"].items():
        print("\n".join(f"{name}: {one}" for one in lost(was, shown[name]) if "the answer" in one))
    for one, now in zip(old["addresses"], seen, strict=True):
        if one["controls"] != now["controls"]:
            print(f"{one['fragment']} chose {one['controls']} and chooses {now['controls']}")
    _write(folder / "page.json.xz", shown)
    _write(folder / "addresses.json", seen)


def _by_browser(page: Any, folder: Path, pages: list[Path]) -> None:
    files = {path.name[:2]: path for path in pages}
    text = (folder / adapter.WORK_FILE).read_text(encoding="utf-8")
    kept = json.loads(text)["work"]
    answers = {name: one["answer"] for name, one in kept.items() if "answer" in one}
    work, forms = filled(page, pages, answers)
    _write(folder / "browser.json.xz", {"work": work, "forecasts": forms})
    _write(folder / "page.json.xz", _all_shown(page, files, work, forms))
    _write(folder / "addresses.json", addressed(page, files))


def _all_shown(
    page: Any, files: dict[str, Path], work: dict[str, Json], forms: dict[str, Json]
) -> dict[str, Json]:
    shown = {number: shown_of(page, path, work) for number, path in files.items()}
    for name, one in forms.items():
        shown[f"10 {name}"] = shown_of(page, files["10"], {"10.forecast": one})
    return shown


def _write(path: Path, value: Json) -> None:
    if path.suffix == ".xz":
        record.write_packed(path, value)
    else:
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(name: str, out: Path) -> Json:
    """One of the recorded files: kernel, browser, page or addresses."""
    path = out / "kept" / f"{name}.json"
    if path.exists():
        return json.loads(path.read_text(encoding="utf-8"))
    return record.read_packed(path.with_suffix(".json.xz"))


# -- comparing -------------------------------------------------------------------------------------
# --------------------
def lost(was: dict[str, Json], now: dict[str, Json]) -> list[str]:
    """What a page showed of kept work and shows no longer, as text. It may show more.

    An option that was predicted may be told in words: the prediction is set on a scale now.
    """
    lost = []
    for name, before in was.items():
        after = now.get(name, {"boxes": [], "lines": []})
        told = [one for one in after["lines"] if one.startswith("You predicted before: “")]
        said = [f"✓ {one.partition('“')[2].removesuffix('”.')}" for one in told]
        after = {**after, "boxes": [*after["boxes"], *said]}
        for part, word in (("boxes", "the answer"), ("lines", "the line")):
            lost += [
                f"{name}: {word} “{one}” no longer stands there"
                for one in more(before[part], after[part])
            ]
    return lost


def differs(was: dict[str, Json], now: dict[str, Json]) -> list[str]:
    """What a kernel gives back of kept work otherwise than it did, as text."""
    differences = [
        f"{name} is gone, and with it what readers kept there" for name in was if name not in now
    ]
    for name in was:
        if name in now:
            differences += [
                f"{name}: {path} was {old} and is {new}"
                for path, old, new in compare.in_json(was[name], now[name])
            ]
    return differences
