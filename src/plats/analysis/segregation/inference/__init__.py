"""How far a measure could have been from what it is: intervals, tests against chance, and two places compared."""
