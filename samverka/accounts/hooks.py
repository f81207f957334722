"""Named hooks for the apps above: what they say and do when a person ends their account.

An app registers in its `ready()`: an obstacle raises Refused with a message that says what to do first; a follower
ends what the person held there. Both run inside the transaction of `actions.end_account`.
"""

from collections.abc import Callable

from .models import User

Hook = Callable[[User], None]

_obstacles: list[Hook] = []
_followers: list[Hook] = []


def obstacle_to_ending(check: Hook) -> Hook:
    """Register a function that raises Refused while the account cannot end."""
    _obstacles.append(check)
    return check


def follows_ending(follow: Hook) -> Hook:
    """Register a function that ends what the person held."""
    _followers.append(follow)
    return follow


def check_can_end(user: User) -> None:
    """Ask every obstacle. Raises Refused."""
    for check in _obstacles:
        check(user)


def follow_ending(user: User) -> None:
    """Let every app end what the person held."""
    for follow in _followers:
        follow(user)
