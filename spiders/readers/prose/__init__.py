"""What the prose of an event says where its fields are empty: place, end, price, sign-up and organiser.

A field that is stated always wins, and a labelled line beats a sentence. What was found so is named in
``evidence.inferred``; what two places of one text tell differently is left alone: a wrong time is worse than none.
"""

from spiders.readers.prose.complete import completed

__all__ = ["completed"]
