"""The commands about people and favours; each is one line in ``people.yaml``, and nothing leaves the machine."""
