"""Tracked events -> rated events: what each is about, how far it is, what it is worth to this user, and why."""
