"""The words everything else is said in: codes, periods, units, cells, money, messages.

Standard library only, so that any part of the house may use it.
"""
