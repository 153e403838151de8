"""Lessons: what a notebook's cells call, the words of ``notebooks/words``, and what they need.

`lesson` is what notebooks import (``from upheaval import lesson``). `words` reads and fills the
words, `schema` says what is wrong with them, `build` makes questions of them, and one module a
lesson (``l02``) computes the values that its words name in curly brackets.
"""
