"""Accounts: who may sign in. Public pages need none."""
