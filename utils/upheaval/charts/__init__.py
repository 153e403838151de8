"""The charts of the collection, one module a theme.

Each function takes tables and choices and returns a `Chart`.
"""
