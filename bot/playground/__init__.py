"""A Slack workspace to try things in: it speaks Slack's own protocol from the other side, over real HTTP and WebSocket.

It knows nothing of the bot that talks to it, and refuses what Slack refuses. `Playground` is the way in; `Clock` is the
time that the workspace, and a bot that is given it, live by. `Host` is Slack's own address, for several workspaces.
"""

from bot.playground.clock import Clock
from bot.playground.errors import NotPossible, SlackError
from bot.playground.host import Host
from bot.playground.outcome import Outcome
from bot.playground.people import Person
from bot.playground.server import Playground

__all__ = ["Clock", "Host", "NotPossible", "Outcome", "Person", "Playground", "SlackError"]
