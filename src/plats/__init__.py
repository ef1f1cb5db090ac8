"""Platsperspektiv: a municipality's system for breaking segregation with a place perspective."""

__version__ = "0.1.0"
