"""The audit chain: what was done, by whom, when and why, in a form that shows every later change to it."""
