"""The page about segregation: what it shows, its files and pictures."""
