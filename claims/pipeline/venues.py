"""Where something was said: a platform, a kind of occasion, or an outlet spoken to."""

import re

_PLATFORM = re.compile(
    r"\b(?:on|via|to|platform|called|site|app)\s+(?:his |her |their |its |the |social media |network |platform |"
    r"own |official |a )*"
    r"(Truth Social|Twitter|X(?=[\s,.:;)]|$)|Facebook|Instagram|TikTok|Telegram|YouTube|LinkedIn|Bluesky|Threads|"
    r"Mastodon|Reddit|"
    r"WhatsApp|WeChat|Weibo|VKontakte|Snapchat|Twitch|Substack)"
)
_OCCASION = re.compile(
    r"\b(?:in|at|during|through|via|after)\s+(?:an?|the|his|her|their|its|another|one|this|"
    r"that)\s+((?:[\w’'-]+\s){0,3}?"
    r"(?:press conference|news conference|press briefing|briefing|statement|interview|address|speech|post|tweet|"
    r"letter|rally|debate|"
    r"hearing|broadcast|podcast|blog post|blog|video|email|memo|op-ed|column|phone call|call|summit|sermon|"
    r"lecture|note|"
    r"press release|testimony|filing|newsletter|livestream|message|town hall|meeting|article|essay|book|report|"
    r"broadcast))\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\btold\s+(?:the\s+)?((?-i:[A-Z][\w’'&.-]*)(?:\s+(?-i:[A-Z0-9][\w’'&.-]*)){0,4}|parliament|lawmakers|"
    r"reporters|journalists|mps|"
    r"a (?:news|press) conference|a rally|(?:public |local |state |national )?(?:radio|television|tv)|congress|"
    r"(?:club|party|company|news) website|the crowd|supporters|a hearing|a (?:parliamentary )?committee)",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"\b(?:interview with|speaking to|speaking on|spoke to|on)\s+(?:the\s+)?((?:BBC|CNN|ITV|Sky|NBC|CBS|ABC|Fox|"
    r"MSNBC|NPR|Radio|Channel|"
    r"LBC|Bloomberg|CNBC|Al Jazeera|TalkTV|GB News|Times Radio|RTÉ|RTE|ZDF|ARD|France)(?:\s+[A-Z0-9][\w’'-]*){0,3})"
)


def find_venue(text: str, start: int, end: int) -> str | None:
    """The venue named between `start` and `end`, or None; the platform wins over the kind of post."""
    span = text[start:end] if end - start <= 1200 else text[start : start + 600] + " " + text[end - 600 : end]
    for pattern in (_PLATFORM, _INTRODUCED, _OCCASION, _TOLD):
        match = pattern.search(span)
        if match:
            venue = " ".join(match.group(1).split())
            return re.sub(r"^(?:a|an|the) ", "", re.sub(r"[’']s$", "", venue), flags=re.IGNORECASE)
    return None
