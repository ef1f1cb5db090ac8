"""Measures: arrays in, numbers out. No files, no web, no database.

One concept per file. Missing values are NaN; nothing here fills them in. What each measure says to a reader
stands in `docs/methods`.
"""
