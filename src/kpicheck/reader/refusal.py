"""Why a file is not read."""


class Refusal(Exception):  # noqa: N818  a refusal is an answer about a file, not an error of the program
    """A file that is not read: a code from rules/texts and the facts that go with it."""

    def __init__(self, code: str, **facts: str | int) -> None:
        """Take the code and its facts; the wording lives in rules/texts."""
        super().__init__(code)
        self.code = code
        self.facts: dict[str, str | int] = facts


class Unreadable(Exception):  # noqa: N818 - an answer about a part; who knows its name makes a refusal of it
    """What a part says cannot stand in any workbook."""

    def __init__(self, problem: str) -> None:
        """Take what is wrong with it."""
        super().__init__(problem)
        self.problem = problem


def broken(part: str, problem: str) -> Refusal:
    """Refuse a package in which something the reader needs is missing or damaged."""
    return Refusal("broken", part=_short(part), problem=problem)


def unsafe_xml(part: str, problem: str) -> Refusal:
    """Refuse a part whose XML is built to hurt its reader."""
    return Refusal("unsafe-xml", part=_short(part), problem=problem)


def unsafe_zip(problem: str) -> Refusal:
    """Refuse a zip that says different things to different readers."""
    return Refusal("unsafe-zip", problem=problem)


def bomb(problem: str) -> Refusal:
    """Refuse a zip that unpacks to more than a plan can ever hold."""
    return Refusal("zip-bomb", problem=problem)


def _short(part: str, longest: int = 60) -> str:
    return part if len(part) <= longest else "…" + part[1 - longest :]
