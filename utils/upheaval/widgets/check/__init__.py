"""Check: a question that says why an answer is wrong. Each kind is a folder here."""

from .choice import Choice
from .match import Match
from .number import Mistake, Number
from .options import Option
from .select_all import SelectAll
from .selection import Rule, Selection

__all__ = ["Check", "Mistake", "Option", "Rule"]


class Check(Choice, Match, Number, SelectAll, Selection):
    """A question with feedback, of any kind: each base is a kind, and brings its constructor.

    Make one with the method of its kind, such as `Check.choice`. What all have in common is in
    `BaseCheck`.
    """
