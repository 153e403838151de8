"""The field's methods as pure functions on tables and plain values: no disk, no chart, no widget.

Each function names the source of its method. The modules: `estimates` (ranges, who is behind a
number, the Admiralty code), `language` (hedges, words of likelihood, cue words), `voting`
(agreement in roll calls), `networks` (ties between states), `hypotheses` (analysis of competing
hypotheses), `forecasting` (Brier score, calibration) and `weighing` (options under weights).
"""
