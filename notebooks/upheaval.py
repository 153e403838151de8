"""Lets the notebooks in this folder find the collection's package, ../utils/upheaval, with nothing
installed.

Python looks beside the notebook first and finds this file. It puts ../utils in front of the search
path, steps aside, and lets the real package take its name. So `from upheaval import ...` works from
an unpacked zip file, on a hub and on Binder alike.
"""

import importlib
import runpy
import sys
from pathlib import Path

_utils = Path(__file__).resolve().parent.parent / "utils"
if not (_utils / "upheaval" / "__init__.py").is_file():
    raise ModuleNotFoundError(
        f"The folder {_utils / 'upheaval'} is missing; "
        "keep the folders notebooks, utils and data together"
    )
sys.path.insert(0, str(_utils))
if __name__ == "__main__":  # `python -m upheaval`, typed in this folder
    runpy.run_module("upheaval", run_name="__main__", alter_sys=True)
else:
    del sys.modules[__name__]
    importlib.import_module(__name__)
