"""Patterns of page furniture: what a line that is no article text looks like.

Each pattern is tried on one stripped line (or on one sentence at the edge of
a paragraph). None of them nests quantifiers, so each is linear.
"""

import re

from claims.enums import Boilerplate

_I = re.IGNORECASE
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_CLOCK = (
    r"(?:\[?\d{1,2}:\d{2}:\d{2}\]?|\d{1,2}[.:]\d{2}(?:[.:]\d{2})?\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?)"
    r"(?:\s?\(?[A-Z]{2,5}\)?)?"
)
_DATE = (
    rf"(?:{_DAY},?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?"
    r"\s+\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4})"
)
_OUTLETS = (
    r"Reuters|AP|AFP|PTI|ANI|IANS|UPI|PA|Xinhua|TASS|dpa|Bloomberg|CNN|BBC|CBS|NBC|ABC|Fox News|Getty|EPA|"
    r"Agencies|AAP|CP|Kyodo|ANSA|EFE|DW"
)

_VERBS = (
    r"is|are|was|were|has|have|had|suggests?|suggested|shows?|showed|found|finds|says?|said|indicates?|indicated|"
    r"reveals?|revealed|estimates?|estimated|points?|confirms?|confirmed|puts?|will|would|could|may"
)
"""What makes `Research by the university suggests` a sentence and no credit."""

LINE_PATTERNS: tuple[tuple[Boilerplate, re.Pattern[str]], ...] = (
    (
        Boilerplate.AD,
        re.compile(
            r"(?:advertise?ments?|advertisment|adverts?|advertising|ads? by .{1,40}|ad|sponsored(?: content| post)?|"
            r"promoted(?: content)?|paid (?:content|post|partnership)|partner content|continue reading.{0,40}|"
            r"(?:the |this )?(?:article|story) continues (?:below|after).{0,40}|scroll (?:down )?(?:to|for) .{1,40}|"
            r"skip (?:advert(?:isement)?|past .{1,40}|to .{1,40})|remove ads.{0,40}|report (?:this )?ad|"
            r"[-–—*_ ]*advertisement[-–—*_ ]*)[.:]?"
            r"|(?:sponsored|advertisement|promoted|advertorial|ad feature|paid post)\s*[:|–-].+"
            r"|(?:shop|buy|save|order) (?:now|today|up to|\d).{0,80}",
            _I,
        ),
    ),
    (
        Boilerplate.RELATED_LINK,
        re.compile(
            r"(?:also|must|further|recommended|more)[ -]?read(?:ing|s)?\s*[:|–—-].*"
            r"|(?:read|see|watch|listen|view)(?: also| more| next| now| on| here| this)?\s*[:|»→>].*"
            r"|(?:related|recommended|more (?:stories|news|coverage|on|from|like|in)|most (?:read|popular|viewed|"
            r"shared)|trending|you (?:may|might) (?:also )?(?:like|be interested)|in (?:pictures|case you missed)|"
            r"don[’']t miss|top stories|editor[’']?s?[’']? picks?|recommended for you|latest (?:news|stories)|"
            r"further reading|explainer|go deeper|also (?:see|on|in)|what to read next)\b.{0,40}[:|–].*"
            r"|(?:related(?: (?:stories|articles|topics|content|coverage|links|news|reading|posts|internet links))?|"
            r"more on this(?: story| topic)?|more stories|most (?:read|popular|viewed|shared)(?: in .{1,30})?|"
            r"trending(?: now)?|you (?:may|might) (?:also )?(?:like|be interested in)|read more|top stories|"
            r"recommended(?: stories| for you| reading)?|editor[’']?s?[’']? picks?|further reading|elsewhere on "
            r".{1,30}|"
            r"around the web|what to read next|see also|also (?:in|on) .{1,30}|latest (?:news|stories|headlines))[.:]?"
            r"|(?:→|»|>>|►|▶)\s*.+"
            r"|(?:read|watch|see|listen to|view|click here for) (?:the|our|his|her|their|more|all) (?:full|"
            r"complete|latest|other|of|about|on|rest|video|live|stories|coverage)\b.{0,100}"
            r"|click (?:here|on)\b.{0,100}",
            _I,
        ),
    ),
    (
        Boilerplate.CREDIT,
        re.compile(
            r"\(?\s*(?:with (?:agency )?(?:inputs?|reporting|files|additional reporting) (?:from|by) .{1,80}|"
            r"(?:additional |extra )?(?:reporting|writing|editing|compiled|translated|edited|photography|graphics?|"
            r"photographs?|words|research)(?: and (?:writing|editing|photography))?(?: by|:)"
            rf"(?![^.]{{0,160}}\b(?-i:{_VERBS})\b) .{{1,200}}|"
            r"(?:source|sources|via)\s*[:–-]\s*.{1,80}|"
            r"(?:©|\(c\)|copyright) .{0,150}|all rights reserved.{0,60}|"
            r"(?:this|the) (?:article|story|report|post|piece|interview) (?:was |has been |is )?(?:first |originally |"
            r"previously |also )?(?:published|appeared|updated|edited|corrected|amended|clarified|produced|"
            r"republished|created|"
            r"auto).{0,150}|"
            r".{0,80}\bcontributed (?:to )?(?:this|reporting|to the).{0,60}|"
            r".{0,100}\b(?:was|were) used in this (?:report|story|article)\b.{0,20}|"
            r"(?:corrections?|clarifications?)(?: (?:&|and) \w+)?\s*:.{0,350}|"
            r"(?:producers?|presenters?|music|sound|host|hosts|director|illustrations?|graphics?)\s*: .{1,300}|"
            r".{1,60} is a satirical (?:publication|website|site|newspaper|magazine)\b.{0,160}|"
            r"[-–— ]*(?:" + _OUTLETS + r")(?:[/, ]+(?:" + _OUTLETS + r"))*)\s*\)?[.]?"
            r"|[a-z]{2,5}(?:/[a-z]{2,5}){1,4}",
            _I,
        ),
    ),
    (
        Boilerplate.TIMESTAMP,
        re.compile(
            rf"(?:(?:share\s+)?(?:first |last )?(?:published|updated|posted|modified|last modified|filed|issued|"
            rf"created)"
            rf"\s*(?:on|at|:)?\s*[^.]{{0,12}}(?:\d|ago|today|yesterday)[^;]{{0,50}}(?<![.?!])|"
            rf"{_CLOCK}(?:\s*[,|–-]\s*{_DATE})?|"
            rf"(?:{_DATE})\s*[,|–-]?\s*(?:at\s+)?{_CLOCK}|"
            r"(?:an?|\d{1,3}) (?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?)(?: ago)?|just now|"
            r"\d{1,2} min(?:ute)?s? read|.{1,60}[·|•] ?\d{1,2} min(?:ute)?s? read|\d{1,2}-minute read)",
            _I,
        ),
    ),
    (Boilerplate.DATELINE, re.compile(rf"(?:date[: ]\s*)?(?:{_DATE})\.?", _I)),
    (
        Boilerplate.BYLINE,
        re.compile(
            r"(?:[Bb]y|BY|[Ww]ritten by|[Ww]ords by|[Rr]eport(?:ed)? by|[Ii]nterview by|[Ff]rom our|[Tt]ext by|"
            r"[Aa]nalysis by|[Ss]tory by|[Aa]uthor:)\s+"
            r"(?:[A-Z][\w.'’-]*)(?:[ ,|&·•/–—-]+(?:[A-Z][\w.'’-]*|and|in|at|of|for|the|de|van|von|bin|al|\d+)){0,16}\.?"
        ),
    ),
    (
        Boilerplate.CAPTION,
        re.compile(
            r"(?:(?:image|photo|picture|video|file photo|photo caption|image caption|media caption|figure|fig\.? \d+|"
            r"image source|illustration|photograph|pic|graphic|chart|map|pictured|above|below|watch)\s*[:,|]"
            r"(?!\s*[“\"‘]).{1,300}|(?:family|file|stock|library|press|archive|undated|handout) (?:photo|picture|image|"
            r"handout|photograph)s?\b.{0,80}"
            r"|FILE\s*[-–—:].{1,300}"
            r"|.{1,300}[(\[](?:image|photo|picture|pic|credit|file|getty|ap photo|reuters|afp|pa|source|photograph)\b"
            r"[^()\[\]]{0,100}[)\]]\.?"
            r"|.{1,300}\s(?:credit|photo|picture|image|photograph|pic)s?\s?:\s?(?-i:[A-Z@])[^:]{1,60}(?<![.?!])"
            r"|.{0,200}(?:getty images|ap photo/|/reuters|/afp|shutterstock|alamy|/pa wire|pa wire|pa images|"
            r"istock)\b.{0,60})",
            _I,
        ),
    ),
    (
        Boilerplate.NEWSLETTER,
        re.compile(
            r"(?:(?:sign up|signup|subscribe|register|join (?:us|our|thousands)|become a (?:member|subscriber|"
            r"supporter)|support (?:our|independent)|download (?:the|our) .{0,40}app|receive our|get our|"
            r"newsletter)\b.{0,160}"
            r"|.{0,160}\b(?:donate (?:today|now|here)|chip in at|your gift will|made possible by (?:listeners|readers)|"
            r"support our journalism)\b.{0,120}"
            r"|.{0,160}\b(?:sign up (?:here|now|today|for|to)|newsletter|in(?:to)? your inbox|on our app|"
            r"whatsapp channel|our app)\b.{0,80})",
            _I,
        ),
    ),
    (
        Boilerplate.SHARE,
        re.compile(
            r"(?:share(?:(?: this| on| via| with| it| article| story|:)\b.{0,100})?|follow (?:on|@).{0,60}|"
            r"(?:follow|like|find|join) (?:us|me|"
            r"our|@\w+)\b.{0,100}|(?:facebook|twitter|x|whatsapp|email|e-mail|linkedin|reddit|telegram|copy link|"
            r"print|save|tweet|pinterest|comments?|instagram|bluesky|threads|link|bookmark)"
            r"(?:[\s,|/·•]+(?:facebook|twitter|x|whatsapp|email|e-mail|linkedin|reddit|telegram|copy link|print|save|"
            r"tweet|pinterest|comments?|instagram|bluesky|threads|link|bookmark|and|or)){0,12}|"
            r"(?:leave|post|add|join|view|show|read|see) (?:a |the |all )?(?:\d+ )?(?:comments?|conversation|"
            r"discussion)"
            r".{0,40}|\d+ (?:comments?|shares?|likes?|views?)\b.{0,40}|comments? (?:are|is) .{1,40}|copy(?: link)?|"
            r"link copied.{0,30}|what do you think\?.{0,120}|have your say.{0,120}|let us know .{1,100}|tell us "
            r".{1,100}|"
            r"enjoyed this\?.{0,80})",
            _I,
        ),
    ),
    (
        Boilerplate.CONTACT,
        re.compile(
            r"(?:(?:media|press|news|editorial|investor|public)(?: relations)?(?: and \w+)? (?:contacts?|"
            r"enquir(?:y|ies)|"
            r"inquir(?:y|ies)|office|desk)\b.{0,200}|(?:contacts?|e-?mail|tel|telephone|phone|fax|website|"
            r"web)\s*:.{1,160}"
            r"|(?:high[- ]res(?:olution)? )?(?:images?|photographs?|photos?|pictures?|footage|interviews?|"
            r"spokespeople)\b.{0,80}\b"
            r"(?:available|downloaded)\b.{0,160}"
            r"|\[(?:column|page|col|vol|volume)\b[^\]]{0,40}\]"
            r"|for (?:more|further|additional|media|press) (?:information|details|enquir\w+|inquir\w+).{0,200}"
            r"|(?:email|e-mail|call|text|ring|write to|contact|whatsapp|message|send) .{0,80}"
            r"(?:[\w.+-]{1,64}@[\w.-]{1,100}|\+?\d[\d ()-]{6,20}\d).{0,100}"
            r"|(?:do|have|are|got|were) you .{1,120}\?.{0,40}(?:[\w.+-]{1,64}@[\w.-]{1,100}|"
            r"\+?\d[\d ()-]{6,20}\d).{0,60}"
            r"|ends|-+ ?ends ?-+|#{2,5}|-30-|notes? (?:to|for) (?:the )?editors?:?|editor[’']?s? notes?:?"
            r"|[\w.+-]{1,64}@[\w-]{1,60}\.[\w.-]{1,60}|https?://\S+|www\.\S+|for immediate release.{0,60}|"
            r"embargoed.{0,80}"
            r"|about (?:the )?(?:company|author|us)|(?:.{1,120},\s*)?doi:\s*\S+|.{0,60}\bturn on javascript\b.{0,60})",
            _I,
        ),
    ),
)  # fmt: skip

DATE_PREFIX = re.compile(rf"\s*date[: ]\s*(?:{_DATE})(?=\s)", _I)
"""A `date 2025-03-14` glued to the first sentence."""

DATELINE_PREFIX = re.compile(
    rf"(?:[A-Z][\w.'’/-]*(?:[ ,]+(?:[A-Z][\w.'’/-]*|\d{{1,2}}|\d{{4}}|of|the|de|la|del|al|on|am|{_MONTH})){{0,8}}\s*)?"
    rf"(?:,?\s*(?:{_DATE}|{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})\s*)?"
    r"(?:[(\[][^()\[\]\n]{2,40}[)\]]\s*)?(?:[-–—]{1,2}|:)\s+"
)
"""`LONDON, Feb 11 (Reuters) - `; the caller checks that it is no ordinary clause."""

TRAILING_CREDIT = re.compile(
    r"[(\[](?:(?:additional )?(?:reporting|writing|editing|with (?:inputs|reporting|files)|photo|image|source|"
    r"compiled|this story)\b[^()\[\]]{1,200})[)\]]\.?\s*$",
    _I,
)
"""`(Reporting by ...)` at the end of a paragraph of text."""

LINK_HEADINGS = re.compile(
    r"(?:related|more on this|more stories|most (?:read|popular|viewed|shared)|trending|you (?:may|might)|top stories|"
    r"recommended|further reading|what to read next|see also|also (?:in|on)|around the web|editor[’']?s?[’']? picks|"
    r"latest (?:news|stories|headlines)|read more)\b.{0,40}",
    _I,
)
"""A line that opens a list of links: the short lines after it are links too."""


_NUMBERING = re.compile(r"^\d{1,2}[.)] ")


def label_line(line: str) -> Boilerplate | None:
    """What kind of furniture this stripped line is, or None for text."""
    if len(line) > 420:
        return None
    plain = _NUMBERING.sub("", " ".join(line.split()).lstrip("•·▪*– "))
    for kind, pattern in LINE_PATTERNS:
        if pattern.fullmatch(plain):
            return kind
    return None
