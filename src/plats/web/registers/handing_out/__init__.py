"""Utlämnande: handing out a record, with what is secret masked, on which ground, and a protocol of what was done."""
