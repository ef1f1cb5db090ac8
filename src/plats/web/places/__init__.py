"""Places: a point of view with a stable address, whatever the division or its edition is called that year."""
