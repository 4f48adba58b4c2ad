"""How a time is repeated to people: weekday, full date, hour and zone, so that they see what was understood."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.content import Arg, Text, text
from bot.core.when.recurrence import Every, Rule


def moment(starts: datetime, ends: datetime | None, zone: ZoneInfo) -> Text:
    """Two instants as the clocks in the zone show them."""
    start = starts.astimezone(zone)
    args: dict[str, Arg] = {
        "weekday": text("weekday", number=start.weekday()),
        "date": start.date(),
        "start": f"{start:%H:%M}",
        "zone": text("zone-warsaw") if zone.key == "Europe/Warsaw" else text("zone-named", name=zone.key),
    }
    if ends is None:
        return text("time-moment", **args)
    end = ends.astimezone(zone)
    if end.date() == start.date():
        return text("time-span", **args, end=f"{end:%H:%M}")
    return text("time-days", **args, last=end.date(), end=f"{end:%H:%M}")


def how_often(rule: Rule, first: datetime) -> Text:
    """A rule whose series begins at a (local) time."""
    said = _every(rule, first)
    if rule.count is not None:
        return text("series-count", rule=said, count=rule.count)
    return said if rule.until is None else text("series-until", rule=said, date=rule.until)


def _every(rule: Rule, first: datetime) -> Text:
    if rule.every is Every.DAY:
        return text("series-daily", interval=rule.interval)
    if rule.every is Every.WEEK:
        return text("series-weekly", interval=rule.interval, weekday=text("weekday", number=first.weekday()))
    if rule.weekday is None:
        return text("series-monthly", interval=rule.interval, day=first.day)
    return text("series-monthly-nth", nth=text("weekday-nth", number=rule.weekday, nth=rule.nth or 1))
