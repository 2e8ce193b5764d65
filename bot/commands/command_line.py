"""All commands by their names, and how they are read from the arguments."""

from __future__ import annotations

import typer

from bot.commands import outbox, settings, texts
from bot.commands.audit import audit
from bot.commands.backup import back_up, restore_backup
from bot.commands.doctor import doctor
from bot.commands.erase import erase
from bot.commands.export import export
from bot.commands.importing import import_list
from bot.commands.migrate import migrate_database
from bot.commands.playground.command import playground
from bot.commands.run import run

app = typer.Typer(
    name="flagclient",
    help="Deal fairly with clients who take more than they give.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run)
app.command("playground")(playground)
app.command("migrate")(migrate_database)
app.command("doctor")(doctor)
app.command("backup")(back_up)
app.command("restore")(restore_backup)
app.command("import")(import_list)
app.command("erase")(erase)
app.command("export")(export)
app.command("audit")(audit)
app.add_typer(settings.app, name="settings")
app.add_typer(texts.app, name="texts")
app.add_typer(outbox.app, name="outbox")
