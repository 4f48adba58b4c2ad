"""A python-telegram-bot Application that echoes, concurrent updates on, else as shipped. Arguments: server, token."""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.effective_message:
        await update.effective_message.reply_text(update.effective_message.text or "")


server, token = sys.argv[1:]
application = Application.builder().token(token).base_url(f"{server}/bot").concurrent_updates(True).build()
application.add_handler(MessageHandler(filters.ALL, echo))
application.run_polling()
