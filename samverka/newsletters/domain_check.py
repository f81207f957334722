"""Whether the From domain vouches for the mails that are sent in its name: SPF, DKIM and DMARC.

RFC 7208 (SPF), RFC 6376 (DKIM), RFC 7489 (DMARC). What is missing is told as the very record to add. The resolver is
any object with `txt(name)`; the tests give one of their own.
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import dns.exception
import dns.resolver
from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 4.0
MOST_LOOKUPS = 10
_INCLUDE = re.compile(r"^[+]?include:(.+)$", re.IGNORECASE)
_REDIRECT = re.compile(r"^redirect=(.+)$", re.IGNORECASE)
_ADDRESS = re.compile(r"^[+]?ip[46]:(.+)$", re.IGNORECASE)


class Resolver(Protocol):
    """Looks up texts in the name system."""

    def txt(self, name: str) -> list[str]:
        """Return the TXT records of a name, none where there are none. Raises Unanswered."""


class Unanswered(Exception):
    """The name system did not answer; it may do so later."""


class Dns:
    """The name system itself, by dnspython."""

    def txt(self, name: str) -> list[str]:
        """Return the TXT records of a name. Raises Unanswered."""
        try:
            answer = dns.resolver.resolve(name, "TXT", lifetime=SECONDS)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except dns.exception.DNSException as error:
            raise Unanswered(name) from error
        return [b"".join(row.strings).decode("utf-8", "replace") for row in answer]


@dataclass(frozen=True)
class Found:
    """One of the three: whether it holds, what was found in words, and the record to add where it does not.

    state: right, wrong or unknown (the name system did not answer).
    """

    what: str
    state: str
    said: str
    record_name: str = ""
    record: str = ""


@dataclass(frozen=True)
class Setup:
    """How this installation sends. `servers`: the addresses that mails leave from, or what the relay asks to include.
    Where the product does not sign (`selector` empty), the relay does, and only it knows its key.
    """

    selector: str = ""
    public_key: str = ""
    include: str = ""
    servers: tuple[str, ...] = ()


def setup() -> Setup:
    """Return how this installation sends, from its settings."""
    return Setup(
        selector=getattr(settings, "DKIM_SELECTOR", "") if getattr(settings, "DKIM_DOMAIN", "") else "",
        public_key=getattr(settings, "DKIM_PUBLIC_KEY", ""),
        include=settings.MAIL_SPF_INCLUDE,
        servers=tuple(one for one in settings.MAIL_SERVERS.split() if one),
    )


def check_domain(address: str, *, resolver: Resolver | None = None, how: Setup | None = None) -> list[Found]:
    """Return what is found of SPF, DKIM and DMARC for the domain of `address`."""
    domain = _ascii(address.rpartition("@")[2])
    asked, way = resolver or Dns(), how or setup()
    if not domain or "." not in domain:
        return [Found("From", "wrong", _("Skriv en hel adress som utskicket kommer från: namn@exempel.se."))]
    return [_safe("SPF", _spf, asked, domain, way), _safe("DKIM", _dkim, asked, domain, way),
            _safe("DMARC", _dmarc, asked, domain, way)]  # fmt: skip


def holds(found: Sequence[Found]) -> bool:
    """Whether nothing is wrong; what could not be asked is no fault of the domain."""
    return all(one.state != "wrong" for one in found)


def _ascii(domain: str) -> str:
    try:
        return domain.strip().lower().encode("idna").decode()
    except UnicodeError:
        return ""


def _safe(what: str, check: "_Check", resolver: Resolver, domain: str, how: Setup) -> Found:
    try:
        return check(resolver, domain, how)
    except Unanswered:
        return Found(what, "unknown", _("Namnservrarna för {domain} svarade inte. Försök igen om en stund.").format(
            domain=domain))  # fmt: skip


class _Check(Protocol):
    def __call__(self, resolver: Resolver, domain: str, how: Setup, /) -> Found: ...


# SPF


def _spf(resolver: Resolver, domain: str, how: Setup) -> Found:
    records = _spf_records(resolver, domain)
    wanted = _spf_record(how)
    if not records:
        said = _("{domain} har ingen SPF-post. Då vet inte mottagaren vilka servrar som får skicka för er.")
        return Found("SPF", "wrong", said.format(domain=domain), domain, wanted)
    if len(records) > 1:
        said = _("{domain} har {n} SPF-poster. Det får finnas högst en, annars räknas ingen. Slå ihop dem.")
        return Found("SPF", "wrong", said.format(domain=domain, n=len(records)), domain, " ".join(records[0].split()))
    seen = _Spf(resolver, how)
    named = seen.names_us(records[0])
    if seen.lookups > MOST_LOOKUPS:
        said = _(
            "SPF-posten för {domain} leder till fler än tio uppslag. Då räknas den inte. Ta bort det som är gammalt."
        )
        return Found("SPF", "wrong", said.format(domain=domain), domain, records[0])
    if not named and (how.include or how.servers):
        said = _("SPF-posten för {domain} nämner inte servern som utskicken går genom. Lägg till den i posten.")
        return Found("SPF", "wrong", said.format(domain=domain), domain, _with_us(records[0], how))
    if re.search(r"(^|\s)[+]?all(\s|$)", records[0], re.IGNORECASE):
        said = _("SPF-posten för {domain} slutar med +all och släpper in vem som helst. Skriv -all i stället.")
        mended = re.sub(r"(^|\s)[+]?all(\s|$)", r"\1-all\2", records[0], flags=re.IGNORECASE)
        return Found("SPF", "wrong", said.format(domain=domain), domain, mended)
    return Found("SPF", "right", _("SPF: servern får skicka för {domain}.").format(domain=domain))


def _spf_records(resolver: Resolver, domain: str) -> list[str]:
    return [one for one in resolver.txt(domain) if one.lower().split(" ")[0] == "v=spf1"]


class _Spf:
    """Follows the includes of a record, and counts how many names it makes a receiver look up."""

    def __init__(self, resolver: Resolver, how: Setup) -> None:
        self._resolver, self._how = resolver, how
        self.lookups = 0

    def names_us(self, record: str) -> bool:
        """Whether the record, or one that it includes, names where our mails leave from."""
        terms = record.split()[1:]
        self.lookups += sum(
            term.lstrip("+-~?").split(":")[0].split("/")[0].lower() in {"a", "mx", "ptr"} for term in terms
        )
        if any(self._is_ours(term) for term in terms):
            return True
        return any(self._within(term) for term in terms)

    def _is_ours(self, term: str) -> bool:
        if (found := _INCLUDE.match(term)) and found[1].lower().rstrip(".") == self._how.include.lower():
            return bool(self._how.include)
        found = _ADDRESS.match(term)
        return bool(found) and any(_lies_in(server, found[1]) for server in self._how.servers) if found else False

    def _within(self, term: str) -> bool:
        found = _INCLUDE.match(term) or _REDIRECT.match(term)
        if not found:
            return False
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            return False
        return any(self.names_us(record) for record in _spf_records(self._resolver, found[1]))


def _lies_in(server: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(server) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def _ours(how: Setup) -> str:
    if how.include:
        return f"include:{how.include}"
    return " ".join(f"ip{6 if ':' in server else 4}:{server}" for server in how.servers)


def _spf_record(how: Setup) -> str:
    return f"v=spf1 {_ours(how) or 'mx'} -all"


def _with_us(record: str, how: Setup) -> str:
    first, *rest = record.split()
    return " ".join([first, _ours(how), *rest])


# DKIM


def _dkim(resolver: Resolver, domain: str, how: Setup) -> Found:
    if not how.selector:
        said = _(
            "Mejlservern signerar utskicken, inte tjänsten. Fråga den som sköter servern om den signerar för {domain}."
        )
        return Found("DKIM", "unknown", said.format(domain=domain))
    name = f"{how.selector}._domainkey.{domain}"
    records = [one for one in resolver.txt(name) if "p=" in one]
    wanted = f"v=DKIM1; k=rsa; p={how.public_key or '…'}"
    if not records:
        said = _("Nyckeln som utskicken signeras med finns inte i namnservern. Lägg till posten.")
        return Found("DKIM", "wrong", said, name, wanted)
    key = _tags(records[0]).get("p", "").replace(" ", "")
    if not key:
        return Found(
            "DKIM", "wrong", _("Nyckeln är återkallad: p= är tomt. Lägg in den nyckel som gäller."), name, wanted
        )
    if how.public_key and key != how.public_key:
        return Found("DKIM", "wrong", _("Nyckeln i namnservern är inte den som utskicken signeras med."), name, wanted)
    return Found("DKIM", "right", _("DKIM: utskicken är signerade för {domain}.").format(domain=domain))


# DMARC


def _dmarc(resolver: Resolver, domain: str, how: Setup) -> Found:
    names = [f"_dmarc.{domain}", f"_dmarc.{_organisational(domain)}"]
    records = next((found for name in dict.fromkeys(names) if (found := _dmarc_records(resolver, name))), [])
    wanted = f"v=DMARC1; p=quarantine; rua=mailto:dmarc@{domain}"
    if not records:
        said = _(
            "{domain} har ingen DMARC-post. Då kan vem som helst skicka i ert namn, och stora mejltjänster säger nej."
        )
        return Found("DMARC", "wrong", said.format(domain=domain), names[0], wanted)
    if len(records) > 1:
        return Found(
            "DMARC", "wrong", _("Det finns fler än en DMARC-post. Då räknas ingen. Behåll en."), names[0], wanted
        )
    policy = _tags(records[0]).get("p", "")
    if policy not in {"none", "quarantine", "reject"}:
        said = _("DMARC-posten saknar en gällande regel (p=). Skriv none, quarantine eller reject.")
        return Found("DMARC", "wrong", said, names[0], wanted)
    if policy == "none":
        said = _(
            "DMARC finns, men släpper igenom också det som är förfalskat (p=none). Skärp till quarantine när ni kan."
        )
        return Found("DMARC", "right", said)
    return Found("DMARC", "right", _("DMARC: {domain} skyddar sitt namn.").format(domain=domain))


def _dmarc_records(resolver: Resolver, name: str) -> list[str]:
    return [one for one in resolver.txt(name) if one.replace(" ", "").lower().startswith("v=dmarc1")]


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _sign, value in pairs if name.strip()}


def _organisational(domain: str) -> str:
    """Return the last two labels: right for .se and the other domains that Swedish authorities have."""
    return ".".join(domain.split(".")[-2:])
