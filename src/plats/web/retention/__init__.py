"""How long things are kept, and how they are let go: by dated rules, with a tombstone."""
