"""Plans with goals, targets, budget lines and follow-up; what is adopted is frozen."""
