"""How unevenly groups live: measures over a whole municipality, never about one area."""
