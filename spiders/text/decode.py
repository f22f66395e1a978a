"""Bytes to text, once, at the border: everything behind it works on ``str``.

The order of trust: a byte order mark; UTF-8 wherever the bytes are valid UTF-8 with enough multi-byte characters to
rule out chance; the declared charset (HTTP header, then XML declaration or ``<meta>``), decoded strictly, with
``gb2312`` and ``gbk`` read as GB 18030 as browsers do (WHATWG Encoding, 4.2); else what the characters look like.
Labels lie often, and GB 18030 accepts most Big5 bytes, so a declared East Asian charset is believed only while its
text reads like one.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

# WHATWG aliases that Python does not know, or knows as a smaller set than the web means.
_ALIASES = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "chinese": "gb18030", "cp936": "gb18030",
    "x-gbk": "gb18030", "gb2312-80": "gb18030", "gb-2312": "gb18030", "big5": "big5hkscs", "x-x-big5": "big5hkscs",
    "big5-hkscs": "big5hkscs", "cn-big5": "big5hkscs", "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "us-ascii": "cp1252", "ascii": "cp1252", "iso8859-1": "cp1252", "shift_jis": "cp932", "sjis": "cp932",
    "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "unicode": "utf-16", "ucs-2": "utf-16",
    "utf8": "utf-8", "iso-8859-9": "cp1254", "tis-620": "cp874", "windows-31j": "cp932",
    "iso-10646-ucs-2": "utf-16", "csunicode": "utf-16", "iso-10646-ucs-4": "utf-32", "ucs-4": "utf-32",
    "csucs4": "utf-32", "u16": "utf-16", "csgb2312": "gb18030", "gb_2312": "gb18030", "csiso58gb231280": "gb18030",
    "iso-ir-58": "gb18030", "csbig5": "big5hkscs", "shift-jis": "cp932", "csshiftjis": "cp932", "cseuckr": "cp949",
    "korean": "cp949", "ksc5601": "cp949", "ksc_5601": "cp949", "ks_c_5601-1989": "cp949", "windows-949": "cp949",
    "x-euc-jp": "euc-jp", "windows-874": "cp874", "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252",
}  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# "<" or "{" or "B" (of BEGIN) in two or four bytes: XML 1.0, appendix F.
_WIDE_STARTS = (
    (re.compile(rb"[<{\[B]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[<{\[B]"), "utf-32-be"),
    (re.compile(rb"[<{\[B]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[<{\[B]\0[^\0]"), "utf-16-be"),
)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)")
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_PRESCAN = 8192  # HTML says 1024; Chinese portals put long scripts before their <meta>
_SAMPLE = 60_000  # characters looked at when judging plausibility: enough to be sure, bounded in time
# C1 controls in Unicode text are Windows punctuation that somebody converted byte by byte (HTML, 13.2.5.80).
_WINDOWS = {n: bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0)}
_WINDOWS = {n: c for n, c in _WINDOWS.items() if c}
_DOUBT = re.compile("[\ufffd\x80-\x9f]")
_C1_IN_UTF8 = re.compile(rb"\xc2[\x80-\x9f]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_ODD = re.compile("[\ue000-\uf8ff\u0400-\u04ff\u2500-\u259f\u3100-\u312f\uff61-\uff9f\ufffd\x80-\x9f]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_ASIAN = {"gb18030", "big5hkscs", "cp932", "cp949", "euc-jp", "euc_jp", "iso-2022-jp"}

# The characters that half of all running Chinese consists of, and those of announcements, in both scripts.
_FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切房保证参加报名地点时间活动费用主办讲座沙龙论坛会议展览嘉宾简介欢迎微信扫码免费楼号室厅层周六日晚午上海北京深圳广州杭州读书分享桌游徒步演讲"
    "這來個國到說們為時會後過對裡麼沒於還發當無開動兩長現將與進實點種聲話兒業問機給幾間東聽氣關並內產華報馬張難師書場體別處總員應車親務風戰幹許覺題統請愛讓認論義術結資隊帶條變聯權該領傳紅決達辦運區轉眾輕語極據導網專觀爭組視濟離雖壞興讀樓號廳層參費簡歡講壇議覽賓龍講單雙歷際節習練從萬學廣經連設選見數樣線臺灣門陽電響頭類顯願願願養驗髮"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the codec that made it, and whether it may be wrong (replaced bytes, or a guess that reads badly)."""

    text: str
    encoding: str
    doubtful: bool


def decode(body: bytes, headers: Mapping[str, str] = {}) -> Decoded:
    """Text of ``body``; ``headers`` are HTTP headers with names in lower case. Never raises on any bytes.

    The text has no byte order mark, no lone surrogates and no NUL; line ends are left as they are.
    """
    if body.isascii() and b"\0" not in body and b"\x1b$" not in body:
        return Decoded(body.decode("ascii"), "utf-8", False)
    if marked := _marked(body):
        return marked
    declared = _declared(body, headers)
    text = _strict(body, "utf-8")
    if text is not None and (declared not in _ASIAN or len(_UTF8_CHARACTER.findall(body)) > 3):
        return _finish(body, "utf-8", text)
    for codec in declared_charsets(body, headers):
        text = _strict(body, codec)
        if text is not None and not (codec in _ASIAN and _reads_badly(text)) and not _hides_east_asian(body, codec):
            return _finish(body, codec)
    if declared == "utf-8" and _mostly_utf8(body):
        return _finish(body, "utf-8")
    return _detected(body, declared)


def _marked(body: bytes) -> Decoded | None:
    """Text whose first bytes say what it is: a byte order mark, or a known first character in two or four bytes."""
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return _finish(body[len(mark) :], codec)
    return next((_finish(body, codec) for shape, codec in _WIDE_STARTS if shape.match(body)), None)


def declared_charsets(body: bytes, headers: Mapping[str, str]) -> tuple[str, ...]:
    """Codec names that the header and then the document declare and Python knows, without repeats."""
    named: list[str] = []
    content_type = headers.get("content-type", "")
    if match := _HEADER_CHARSET.search(content_type):
        named.append(match.group(1))
    head = body[:_PRESCAN]
    inside = (pattern.search(head) for pattern in (_XML_ENCODING, _META_CHARSET))
    named.extend(found.group(1).decode("ascii", "ignore") for found in inside if found)
    codecs_known = (_codec(name) for name in named)
    return tuple(dict.fromkeys(name for name in codecs_known if name))


def _declared(body: bytes, headers: Mapping[str, str]) -> str | None:
    return next(iter(declared_charsets(body, headers)), None)


def _codec(label: str) -> str | None:
    name = label.strip().lower()
    name = _ALIASES.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Python's registry also holds codecs that are no text encodings (rot13, zip, idna).
    if not getattr(info, "_is_text_encoding", True) or info.name in {"idna", "punycode", "undefined", "utf-7"}:
        return None
    return name


def _strict(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _finish(body: bytes, codec: str, text: str | None = None) -> Decoded:
    """``text`` is what a strict decoding gave already, if one was tried."""
    strict = codec == "utf-8" and text is not None
    if text is None:
        text = body.decode(codec, "replace")
    if "\0" in text:
        text = text.replace("\0", "")
    text = text.removeprefix("\ufeff")
    if not codec.startswith("utf"):
        return Decoded(_storable(text), codec, bool(_DOUBT.search(text)))
    # Looked for in the bytes, where it costs next to nothing.
    if codec != "utf-8" or _C1_IN_UTF8.search(body):
        text = text.translate(_WINDOWS)
        return Decoded(_storable(text), codec, bool(_DOUBT.search(text)))
    # Strict UTF-8 has no lone surrogates to look for.
    return Decoded(text if strict else _storable(text), codec, "\ufffd" in text)


def _storable(text: str) -> str:
    """Without lone surrogates, which no file and no database takes."""
    return text if _encodable(text) else text.encode("utf-8", "replace").decode("utf-8")


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _mostly_utf8(body: bytes) -> bool:
    """A few bad bytes in much good UTF-8: a cut or damaged text, not another charset."""
    good = sum(len(found) for found in _UTF8_CHARACTER.findall(body))
    high = sum(1 for byte in body[:_SAMPLE] if byte >= 0x80) if len(body) <= _SAMPLE else _count_high(body)
    return good >= 6 and good >= 0.8 * high


def _count_high(body: bytes) -> int:
    return len(body) - len(body.translate(None, bytes(range(0x80, 0x100))))


def plausibility(text: str) -> float:
    """How much the non-ASCII part of ``text`` reads like real East Asian writing: 0 (noise) to 1."""
    sample = [c for c in text[:_SAMPLE] if c > "\x7f"]
    if not sample:
        return 1.0
    joined = "".join(sample)
    han = _HAN.findall(joined)
    frequent = sum(1 for c in han if c in _FREQUENT)
    kana, hangul = len(_KANA.findall(joined)), len(_HANGUL.findall(joined))
    odd = len(_ODD.findall(joined))
    score = frequent + kana + hangul
    # Kana and Hangul that stand alone between Chinese characters are what wrong decoding makes of Big5.
    if kana and kana < 0.15 * len(han):
        score -= 2 * kana
    total = len(han) + kana + hangul + 4 * odd
    return max(0.0, score / total) if total else 0.5


def _reads_badly(text: str) -> bool:
    return len(_HAN.findall(text[:_SAMPLE])) >= 4 and plausibility(text) < 0.25


def _hides_east_asian(body: bytes, codec: str) -> bool:
    """A single-byte label on bytes that are nearly all pairs above 0x80: Chinese that was labelled as Western."""
    if codec in _ASIAN or codec.startswith("utf"):
        return False
    high = _count_high(body[:_SAMPLE])
    if high < 8:
        return False
    decoded = (_strict(body, asian) for asian in ("gb18030", "big5hkscs"))
    best = max((plausibility(text) for text in decoded if text), default=0.0)
    pairs = len(re.findall(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]", body[:_SAMPLE])) * 2
    return best >= 0.4 and pairs >= 0.9 * high


def _detected(body: bytes, declared: str | None) -> Decoded:
    """The East Asian charset whose text reads best, else what charset-normalizer finds, else Windows Latin."""
    candidates = [(plausibility(text), codec) for codec in ("gb18030", "big5hkscs", "cp932", "cp949")
                  if (text := _lenient(body, codec)) is not None]  # fmt: skip
    best, codec = max(candidates, default=(0.0, ""))
    if best >= 0.4 and _count_high(body) >= 4:
        found = _finish(body, codec)
        return Decoded(found.text, codec, found.doubtful or best < 0.45)
    if declared and declared not in _ASIAN and (text := _strict(body, declared)) is not None:
        return _finish(body, declared)
    from charset_normalizer import from_bytes

    guess = from_bytes(body[:_SAMPLE]).best()
    codec = (guess.encoding if guess else None) or "cp1252"
    found = _finish(body, _ALIASES.get(codec, codec))
    return Decoded(found.text, found.encoding, True)


def _lenient(body: bytes, codec: str) -> str | None:
    """Text if nearly all of ``body`` is valid in ``codec`` (a cut download may end within a character)."""
    text = body.decode(codec, "replace")
    bad = text.count("\ufffd")
    return text if bad <= 1 + len(text) // 2000 else None
