"""What a status code or a server's words say: that the address does not exist (hard), or anything else (soft).

Codes are those of RFC 3463. 5.1.x is about the address; 5.1.7 and 5.1.8 are about the sender's. A code that tells less
than the words beside it (5.0.0, 5.7.1 …) leaves it to the words, and words about a full mailbox, a loop or unwanted
content go before words about an unknown user: a server that says both knows the user.
"""

import re

from ..enums import BounceKind

_HARD_CODE = re.compile(r"5\.1\.(?:0|1|2|3|4|6|9|10)$|5\.4\.4$")
_SOFT_CODE = re.compile(r"4\.\d+\.\d+$|5\.(?:1\.[78]|2\.[02-4]|3\.[1-5]|4\.[0-35-9]|5\.\d+|6\.\d+)$")
_CODE = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")

_SOFT_WORDS = re.compile(
    r"quota|mail(?:box|folder) ?(?:is |size )?(?:full|exceed)|(?:mailbox|disk|inbox|account)[^.\n]{0,20}\bfull\b"
    r"|exceed(?:s|ed|ing)?\b[^.\n]{0,30}(?:size|limit|storage)|storage|full mailbox|too (?:large|big)|message size"
    r"|too many hops|loop(?:ing)?\b|unsolicited|spam|junk|blacklist|blocklist|block(?:ed|ing)\b|virus"
    r"|content (?:rejected|filter)|\brelay(?:ing)?\b[^.\n]{0,20}(?:denied|not)|unable to relay|permission denied"
    r"|not accepting mail|policy|dmarc|\bspf\b|timed? ?out|temporar|try again|will (?:be )?(?:re)?tr(?:y|ied)"
    r"|connection (?:refused|reset)|could not connect|establish an smtp|no route|(?:delayed|postponed|deferred)"
    r"|insufficient (?:system|disk)|space not enough|maximum delivery attempts|too much mail",
    re.IGNORECASE,
)
_HARD_WORDS = re.compile(
    r"(?:user|recipient|address(?:ee)?|mailbox|account|alias|e?-?mail|person|host|domain|destinataire|name)\b"
    r"[^.\n]{0,40}(?:unknown|not (?:exist|found|known|listed|valid|recogni[sz]ed|a valid|local|registered)"
    r"|does(?:n't| not) exist|invalid|is not |no longer)"
    r"|(?:unknown|invalid|bad|illegal|non-?existent)\b[^.\n]{0,24}"
    r"(?:user|recipient|address|mailbox|account|host|domain|userid|e-?mail)"
    r"|no (?:such|mailbox|mail ?box|account|user|local user|valid)\b|not (?:a valid|listed in|a known) "
    r"|doesn't have an? [^\n]{0,60}account|disabled or discontinued"
    r"|(?:account|mailbox|address)[^.\n]{0,30}(?:closed|terminated|discontinued|deleted|removed|cancelled)"
    r"|mailbox unavailable|host not found|unrouteable|unroutable|name service error|nameserver"
    r"|could not be resolved|not our customer|address is wrong|not exactly match"
    r"|not have a final email delivery point|no matches to nameserver|does not like recipient"
    r"|inconnu|non recens|unbekannt|finns inte|ok(?:ä|a)nd (?:mottagare|anv)|existiert nicht|desconocid|sconosciut",
    re.IGNORECASE,
)


def kind_of(*, status: str, words: str) -> BounceKind:
    """Return whether a failure is hard or soft, from a status code ("" for none) and what the server said."""
    if _HARD_CODE.match(status):
        return BounceKind.HARD
    code = status if status and not status.endswith(".0.0") else _code_in(words)
    if code and _SOFT_CODE.match(code):
        return BounceKind.SOFT
    if _SOFT_WORDS.search(words):
        return BounceKind.SOFT
    if code and _HARD_CODE.match(code):
        return BounceKind.HARD
    return BounceKind.HARD if _HARD_WORDS.search(words) else BounceKind.SOFT


def _code_in(words: str) -> str:
    found = _CODE.search(words)
    return found.group(1) if found else ""
