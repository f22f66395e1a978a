"""Event times in Chinese and English: ``read_when("本周六下午2点", now=…, timezone="Asia/Shanghai")``.

A grammar of our own: the text is brought to one spelling (:mod:`spiders.text.glyphs`), cut into tokens (:mod:`.scanner`
by the rules of :mod:`.digits`, :mod:`.chinese`, :mod:`.english` and :mod:`.roles`), these gathered with state into
mentions (:mod:`.mentions`), and those into sessions (:mod:`.sessions`, :mod:`.reading`).
"""

from spiders.text.when.model import Period, Session, When
from spiders.text.when.reading import read_when

__all__ = ["Period", "Session", "When", "read_when"]
