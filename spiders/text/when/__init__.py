"""Event times in Chinese and English: ``read_when("本周六下午2点", now=…, timezone="Asia/Shanghai")``.

A grammar of our own: the text is folded to one spelling (:mod:`spiders.text.glyphs`), cut into named tokens
(:mod:`.tokens`, :mod:`.digits`, :mod:`.hanzi`, :mod:`.latin`, :mod:`.roles`), folded with state into mentions
(:mod:`.fold`), and those into sessions (:mod:`.sessions`, :mod:`.reading`).
"""

from spiders.text.when.model import Period, Session, When
from spiders.text.when.reading import read_when

__all__ = ["Period", "Session", "When", "read_when"]
