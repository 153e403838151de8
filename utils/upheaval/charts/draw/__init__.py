"""The drawing layer: what every chart is made of, and nothing of a topic.

`theme` is the look, `spec` a chart with all that stands around it, `axes` fixed axes and figures
whose rows are counted in pixels, `traces` the marks, bars, lines and words of a figure, `rows` a
list or a table as HTML, `story` what its title tells, `choices` the options of controls, `wording`
words of rows, `cells` tables and tallies of rows.
"""

from .axes import BARE, BY_YEAR, FIXED, fixed_figure, row_axis
from .cells import (
    Columns,
    Row,
    blank,
    by_status,
    cited,
    groups,
    number,
    spelled,
    table,
    tally,
    yes_or_no,
)
from .choices import as_of_options, chosen, offer, options
from .outlines import map_figure
from .rows import SPANS, Bar, Column, Dot, Group, Line, Rows, Scale, scale_to, span
from .spec import Chart, Sign, provenance
from .story import story_of
from .theme import Mark
from .traces import (
    Trace,
    bars,
    columns,
    lane_names,
    line,
    marks,
    note,
    segments,
    texts,
    vertical,
)
from .wording import capital, quoted, short_names, signed, today, uncapital, words
