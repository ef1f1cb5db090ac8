"""Whether a target will be reached: the pace it takes, and what earlier years of many places say about the coming."""
