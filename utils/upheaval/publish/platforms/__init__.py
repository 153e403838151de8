"""Questions and lessons in the forms that course platforms import.

`questions` reads the checks, `gift` writes them for Moodle, `qti` for platforms that take QTI 2.1;
`scorm` makes packages of whole lessons.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from .. import archive, execution, own_files
from ..site_content import NAME, zipped
from . import gift, qti, questions

#: What the file of each form is called, and what it ends in.
FORMS = {"gift": f"{NAME}-questions.gift.txt", "qti": f"{NAME}-questions.qti.zip"}


class Written(NamedTuple):
    """A file of questions: where it is, how many there are, and the names of checks left out."""

    path: Path
    questions: int
    left_out: list[str]


def build(form: str, numbers: Sequence[str] = (), out: Path | str | None = None) -> Written:
    """Write the questions of lessons as one file; gives its path and what is in it.

    ``form`` is a key of `FORMS`, ``numbers`` are lessons ("02"), by default all of them, and
    ``out`` is a file or a folder, by default the working folder. Raises `execution.PageError` where
    there is no such lesson or the file cannot be written, and `words.WordsError` where the words of
    a lesson fail: nothing is written then.
    """
    target = own_files.target_of(out, FORMS[form], {Path(FORMS[form]).suffix})
    lessons = [questions.of_lesson(path) for path in archive.notebooks(numbers)]
    content = gift.text(lessons).encode() if form == "gift" else zipped(qti.files(lessons), "")
    try:
        own_files.write(target, content)
    except OSError as error:
        raise execution.not_written(target, error) from error
    left_out = [name for lesson in lessons for name in lesson.left_out]
    count = sum(len(bank.questions) for lesson in lessons for bank in lesson.banks)
    return Written(target, count, left_out)
