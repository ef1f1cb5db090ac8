"""Measurements beside the peers, and loops too long for the test suite.

`python -m bench` lists what there is; results are asserted equal to the peer's before any time is printed.
"""
