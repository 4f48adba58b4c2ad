"""A maubot plugin that echoes, as maubot's documentation shows one. Run in maubot's standalone mode."""

from maubot import MessageEvent, Plugin
from maubot.handlers import event
from mautrix.types import EventType


class Echo(Plugin):
    @event.on(EventType.ROOM_MESSAGE)
    async def echo(self, message: MessageEvent) -> None:
        if message.sender != self.client.mxid:
            await message.reply(message.content.body)
