"""Pages of a PDF as pictures: flyers come as such. Its text is read as people see it, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
from PIL import Image
from pypdfium2 import PdfiumError

from spiders.readers.picture.bounds import PictureError, check_size
from spiders.readers.picture.forms import Form
from spiders.reasons import Code, Reason

PAGES = 3  # those that are read: an announcement stands on the first ones
_LONGEST = 2000  # pixels of the longer side of a page
_WITH_PASSWORD = 4  # FPDF_ERR_PASSWORD


def pages(data: bytes) -> Iterator[tuple[Image.Image, int]]:
    """The first pages of a PDF as RGB, each with the number of all its pages. Raises PictureError."""
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as exc:
        raise PictureError(_why(exc)) from exc
    try:
        count = len(document)
        if not count:
            raise PictureError(Reason(Code.PICTURE_BROKEN, form=str(Form.PDF)))
        for number in range(min(count, PAGES)):
            yield _page(document, number), count
    except PdfiumError as exc:
        raise PictureError(Reason(Code.PICTURE_BROKEN, form=str(Form.PDF))) from exc
    finally:
        document.close()


def _why(error: PdfiumError) -> Reason:
    if getattr(error, "err_code", None) == _WITH_PASSWORD:
        return Reason(Code.PICTURE_WITH_PASSWORD)
    return Reason(Code.PICTURE_BROKEN, form=str(Form.PDF))


def _page(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    page = document[number]
    try:
        width, height = page.get_size()
        longest = max(width, height)
        if not 1 <= longest < float("inf"):
            raise PictureError(Reason(Code.PICTURE_BROKEN, form=str(Form.PDF)))
        scale = _LONGEST / longest
        check_size(max(1, round(width * scale)), max(1, round(height * scale)))
        # No forms: what they hold is filled in by scripts.
        bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
        try:
            shown: Image.Image = bitmap.to_pil().convert("RGB")
            return shown
        finally:
            bitmap.close()
    finally:
        page.close()
