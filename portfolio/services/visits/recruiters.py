"""From where recruiters come: sites where jobs are filled, and hosts that the owner names."""

import re
from collections.abc import Iterable

_SITES = """
    ashbyhq.com bamboohr.com breezy.hr glassdoor.com greenhouse.io icims.com indeed.com jobvite.com
    lever.co linkedin.com lnkd.in monster.com myworkday.com myworkdayjobs.com personio.com
    personio.de recruitee.com smartrecruiters.com stepstone.de successfactors.com taleo.net
    teamtailor.com wellfound.com workable.com workday.com xing.com ziprecruiter.com
""".split()  # noqa: SIM905 - as a list, nobody would read it


def host_pattern(named: Iterable[str]) -> str:
    """A regular expression, as PostgreSQL reads it, of these hosts and all below them."""
    hosts = sorted({*_SITES, *(host.lower().strip(".") for host in named)} - {""})
    return rf"(^|\.)({'|'.join(map(re.escape, hosts))})$"
