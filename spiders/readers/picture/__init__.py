NAME = "picture"


def accepts(document):
    return False
