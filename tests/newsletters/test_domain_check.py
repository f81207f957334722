"""SPF, DKIM and DMARC of the From domain: what is missing is told as the very record to add."""

from collections.abc import Mapping, Sequence

import pytest

from samverka.newsletters.domain_check import Found, Setup, Unanswered, check_domain, holds

DOMAIN = "myndigheten.example"
HOW = Setup(selector="s1", public_key="MIIB", include="spf.relay.example")
RIGHT = {
    DOMAIN: ["v=spf1 include:spf.relay.example -all", "google-site-verification=x"],
    f"s1._domainkey.{DOMAIN}": ["v=DKIM1; k=rsa; p=MIIB"],
    f"_dmarc.{DOMAIN}": ["v=DMARC1; p=reject; rua=mailto:d@myndigheten.example"],
}  # fmt: skip


class Names:
    """A name system of the test's own."""

    def __init__(self, told: Mapping[str, Sequence[str]], *, silent: bool = False) -> None:
        self.told, self.silent = told, silent

    def txt(self, name: str) -> list[str]:
        if self.silent:
            raise Unanswered(name)
        return list(self.told.get(name, []))


def found(changed: Mapping[str, Sequence[str]], what: str, how: Setup = HOW, address: str = f"a@{DOMAIN}") -> Found:
    result = check_domain(address, resolver=Names({**RIGHT, **changed}), how=how)
    return next(one for one in result if one.what == what)


def test_domain_that_vouches() -> None:
    result = check_domain(f"utskick@{DOMAIN}", resolver=Names(RIGHT), how=HOW)
    assert [one.state for one in result] == ["right"] * 3
    assert holds(result)


@pytest.mark.parametrize(
    ("records", "name", "record"),
    [
        ([], DOMAIN, "v=spf1 include:spf.relay.example -all"),
        (["v=spf1 mx ~all"], DOMAIN, "v=spf1 include:spf.relay.example mx ~all"),
        (["v=spf1 include:spf.relay.example +all"], DOMAIN, "v=spf1 include:spf.relay.example -all"),
        (["v=spf1 mx -all", "v=spf1 a -all"], DOMAIN, "v=spf1 mx -all"),
    ],
    ids=["none", "not us", "everybody", "two"],
)
def test_spf_says_which_record(records: list[str], name: str, record: str) -> None:
    told = found({DOMAIN: records}, "SPF")
    assert (told.state, told.record_name, told.record) == ("wrong", name, record)


def test_spf_follows_includes_and_redirects() -> None:
    more = {"a.example": ["v=spf1 redirect=b.example"], "b.example": ["v=spf1 include:spf.relay.example -all"]}
    assert found({DOMAIN: ["v=spf1 include:a.example -all"], **more}, "SPF").state == "right"


def test_spf_knows_addresses_and_networks() -> None:
    how = Setup(servers=("192.0.2.7",))
    assert found({DOMAIN: ["v=spf1 ip4:192.0.2.0/24 -all"]}, "SPF", how).state == "right"
    told = found({DOMAIN: ["v=spf1 ip4:198.51.100.0/24 -all"]}, "SPF", how)
    assert told.record == "v=spf1 ip4:192.0.2.7 ip4:198.51.100.0/24 -all"


def test_spf_that_leads_in_a_circle_ends() -> None:
    told = found({DOMAIN: ["v=spf1 include:a.example -all"], "a.example": ["v=spf1 include:a.example"]}, "SPF")
    assert told.state == "wrong"


@pytest.mark.parametrize(
    "records", [[], ["v=DKIM1; p="], ["v=DKIM1; k=rsa; p=ANNAN"]], ids=["none", "revoked", "another"]
)
def test_dkim_says_which_record(records: list[str]) -> None:
    told = found({f"s1._domainkey.{DOMAIN}": records}, "DKIM")
    assert (told.state, told.record) == ("wrong", "v=DKIM1; k=rsa; p=MIIB")
    assert told.record_name == f"s1._domainkey.{DOMAIN}"


def test_dkim_of_the_relay_is_not_known_here() -> None:
    assert found({}, "DKIM", Setup()).state == "unknown"


@pytest.mark.parametrize(
    "records", [[], ["v=DMARC1; p=reject", "v=DMARC1; p=none"], ["v=DMARC1; rua=mailto:x@y.example"]]
)
def test_dmarc_says_which_record(records: list[str]) -> None:
    told = found({f"_dmarc.{DOMAIN}": records}, "DMARC")
    assert (told.state, told.record_name) == ("wrong", f"_dmarc.{DOMAIN}")
    assert told.record == f"v=DMARC1; p=quarantine; rua=mailto:dmarc@{DOMAIN}"


def test_dmarc_of_the_organisation_holds_for_what_is_below() -> None:
    below = {"brev.myndigheten.example": RIGHT[DOMAIN], "s1._domainkey.brev.myndigheten.example": ["p=MIIB"]}
    assert found(below, "DMARC", address="a@brev.myndigheten.example").state == "right"


def test_names_with_swedish_letters_are_asked_in_ascii() -> None:
    told = {"örebro.example".encode("idna").decode(): ["v=spf1 include:spf.relay.example -all"]}
    assert found(told, "SPF", address="a@örebro.example").state == "right"


def test_silent_name_system_is_no_fault() -> None:
    result = check_domain(f"a@{DOMAIN}", resolver=Names({}, silent=True), how=HOW)
    assert {one.state for one in result} == {"unknown"}
    assert holds(result)


def test_address_without_domain_is_told() -> None:
    assert not holds(check_domain("utskick", resolver=Names({}), how=HOW))
