"""The people whom the user knows, and the favours among them: ``people.yaml``, which belongs to the user."""
