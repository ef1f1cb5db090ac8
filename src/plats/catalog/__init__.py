"""Definitions as files: themes, variables, indicators, divisions, indices, dated parameters.

`load.catalog()` reads them all; `check.check()` says what is wrong with them. Nothing here computes a figure.
"""
