"""What accounts and the audit chain keep for a time: apps below this one, which cannot register by themselves."""
