"""Efforts: who does what, where, for whom, against which problem, for which goal, with what."""
