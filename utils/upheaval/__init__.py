"""Teaching unit on the DPRK's deployment of troops to Russia's war against Ukraine.

Notebooks write ``from upheaval import lesson``. The rooms of the house, ground floor first (an
import only ever points down, and `lint-imports` holds it): ``facts``, ``methods``, ``theme`` with
``row_filters`` and ``encoding``, ``chart``, ``charts``, ``widgets``, ``lesson``, ``publish``. This
file imports nothing, so that ``python -m upheaval doctor`` can speak when packages are missing.
"""

__version__ = "0.1.0"
