"""Pages that are not what was asked for: sign-in, consent, challenge, queue, not found, redirected, filled by script.

A title that says so is enough where the page says little else; a long page that merely offers a sign-in is no refusal.
"""

from __future__ import annotations

import re

from spiders.readers.page import Page

_SHORT = 3000  # visible characters: refusals are short, event pages with such words in them are not
_EMPTY = 200  # fewer visible characters than this beside scripts: the page is filled by script
_HEAD = 60_000

# Reason -> what the title says. Tried in this order.
_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        ("queue page (waiting room)", r"queue-?it|waiting room|you are (?:now )?in line|排队|排隊"),
        (
            "challenge page (access is blocked)",
            r"just a moment|attention required|access (?:to this page has been )?denied|you have been blocked|forbidden|^403\b"
            r"|are you (?:a )?(?:human|robot)|robot check|captcha|verify (?:you|that you)|pardon our interruption"
            r"|request (?:rejected|blocked)|security check|ddos|too many requests|^429\b"
            r"|安全验证|访问验证|身份验证|滑动验证|人机验证|验证码|环境异常|访问受限|访问被拒绝|请求被拦截|拒绝访问",
        ),
        (
            "consent page",
            r"^before you continue|cookie consent|consent required|your privacy choices|privacy gate",
        ),
        (
            "sign-in page",
            r"^(?:\W*(?:please )?(?:sign|log) ?in\b)|[-–|:]\s*(?:sign|log) ?in\W*$|^login\b|authentication required|^401\b"
            r"|^(?:用户|账号|统一|会员)?(?:身份)?(?:登录|登錄|登入)|[-–|_]\s*(?:登录|登入)\s*$|统一身份认证",
        ),
        (
            "not found",
            r"^404\b|\b404\b.*(?:error|not found)|(?:page|event|site|calendar|group) (?:was |is )?not found|^not found"
            r"|doesn.t exist|no longer (?:exists|available)|^410\b|^error\b"
            r"|页面(?:不存在|未找到|找不到)|找不到(?:页面|该页)|内容已被(?:发布者)?删除|该(?:活动|内容|页面)(?:已)?(?:不存在|被删除|下线)",
        ),
        (
            "redirected elsewhere (an empty page that points on)",
            r"^30[12378]\b|^(?:object|document) moved|moved permanently|^redirecting|^found$",
        ),
        ("server error", r"^50\d\b|internal server error|bad gateway|service unavailable|服务器错误|系统繁忙"),
    )
)
_MARKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("queue page (waiting room)", ("queue-it.net", "queue.it/")),
    (
        "challenge page (access is blocked)",
        (
            "/.well-known/sgcaptcha",
            "cf-chl-",
            "cf_chl_",
            "_incapsula_resource",
            "px-captcha",
            "datadome",
            "geetest",
            "acw_sc__v2",
        ),
    ),
    (
        "sign-in page",
        ("accounts.google.com/v3/signin", "accountssigninui", "login.microsoftonline.com", "passport.weibo.com"),
    ),
    ("consent page", ("consent.google.com", "consent.youtube.com", "guce.yahoo.com")),
)
_REDIRECTING = re.compile(
    r"you are being\s*<a|http-equiv\s*=\s*[\"']?refresh[\"']?[^>]{0,40}content\s*=\s*[\"']?0\b", re.IGNORECASE
)
_NEEDS_SCRIPT = re.compile(
    r"enable javascript|requires javascript|javascript (?:is )?(?:disabled|required)|doesn.t work properly without javascript"
    r"|请(?:开启|启用|打开).{0,4}javascript",
    re.IGNORECASE,
)
_SIGN_IN_WORDS = re.compile(r"\b(?:sign|log) ?in\b|登录|登入", re.IGNORECASE)


def refusal_of(page: Page) -> str | None:
    """Why the page is no answer to what was asked, in a few words; None if it may hold events."""
    words = page.visible
    if len(words) > _SHORT:
        return None
    title = page.title or ""
    for reason, pattern in _TITLES:
        if title and pattern.search(title):
            return reason
    head = page.lowered[:_HEAD]
    for reason, marks in _MARKS:
        if any(mark in head for mark in marks):
            return reason
    if len(words) <= 300:
        for reason, pattern in _TITLES:
            if reason != "consent page" and pattern.search(words):
                return reason
        if _REDIRECTING.search(head):
            return "redirected elsewhere (an empty page that points on)"
    if page.tree.css_first('input[type="password"]') is not None and _SIGN_IN_WORDS.search(words) and len(words) < 1000:
        return "sign-in page"
    return None


def filled_by_script(page: Page) -> bool:
    """Whether the page shows next to nothing without its scripts."""
    scripts = (s.attributes for s in page.tree.css("script"))
    if not any("src" in s or "json" not in (s.get("type") or "") for s in scripts):
        return False  # data for programs is no program
    return len(page.visible) < _EMPTY or (
        len(page.visible) < 2 * _EMPTY and bool(_NEEDS_SCRIPT.search(page.text[:400_000]))
    )
