"""What concerns a person: messages, due dates, and what is new since last time."""
