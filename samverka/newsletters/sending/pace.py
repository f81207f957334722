"""How fast mails may leave this worker: in all, and to each receiving domain."""

import time
from collections.abc import Callable, Iterable


class Pace:
    """Allowances that fill with time. A domain that has used its own is `resting`; what is taken is never refused, so
    that a claim of some rows may go a little over, and rests the longer. 0 is no limit.
    """

    def __init__(self, *, overall: float, per_domain: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._overall, self._per_domain, self._clock = overall, per_domain, clock
        self._free_at = 0.0
        self._domain_free_at: dict[str, float] = {}

    def room(self) -> float:
        """Return how many mails may be claimed now; at least one each second."""
        if not self._overall:
            return float("inf")
        return max(0.0, (self._clock() - self._free_at) * self._overall + max(1.0, self._overall / 10))

    def take(self, domains: Iterable[str]) -> None:
        """Count a mail to each of `domains`."""
        now = self._clock()
        for domain in domains:
            if self._overall:
                self._free_at = max(self._free_at, now - 0.1) + 1 / self._overall
            if self._per_domain:
                free = max(self._domain_free_at.get(domain, 0.0), now - 1)
                self._domain_free_at[domain] = free + 1 / self._per_domain

    def resting(self) -> list[str]:
        """Return the domains that have used their allowance."""
        now = self._clock()
        self._domain_free_at = {name: at for name, at in self._domain_free_at.items() if at > now - 1}
        return [name for name, at in self._domain_free_at.items() if at > now]

    def wait(self) -> float:
        """Return the seconds until something may leave again."""
        now = self._clock()
        until = [at for at in self._domain_free_at.values() if at > now]
        return min(1.0, max(0.01, min(until, default=now + 0.05) - now))
