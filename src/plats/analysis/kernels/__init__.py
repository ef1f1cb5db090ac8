"""Loops that whole arrays are too slow for, compiled by numba and kept on disk.

Nothing else in the library imports numba, and a measure imports its kernel inside the function that needs it:
importing numba takes a third of a second and compiling one kernel up to ten. `plats warmup` compiles them all, so
that nobody waits for it in a page.
"""
