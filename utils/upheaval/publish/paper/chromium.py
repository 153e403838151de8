"""A page as a PDF, by a Chromium, Chrome or Edge of this computer; without one, the page prints."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from ... import browsers
from ...widgets.core import files
from .. import own_files

#: Seconds for a page to draw its charts and be printed.
PATIENCE = 90
NONE = (
    "No PDF: there is no Chromium, Chrome or Edge here. Open the page in any browser and print it"
    " (Ctrl+P)."
)


def print_page(page: Path, pdf: Path) -> Path | None:
    """Print the file ``page`` as the file ``pdf``; gives it, or nothing where no browser did it."""
    program = browsers.chromium()
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "handout.pdf"
        command = [
            str(program),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-extensions",
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            "--virtual-time-budget=20000",
            f"--print-to-pdf={made}",
            page.resolve().as_uri(),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return None
        if not made.is_file():
            return None
        files.write_whole(pdf, own_files.marked(made.read_bytes()))
    return pdf
