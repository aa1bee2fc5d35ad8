"""`pubtools explain`: what a code means and what to do about it, or what can be set in pubtools.toml."""

from __future__ import annotations

import click


@click.command()
@click.argument("code", metavar="[CODE|settings]", required=False)
@click.option("--schema", is_flag=True, help="With settings: as a JSON Schema, for editors.")
def explain(code: str | None, schema: bool) -> None:
    """Say what the problem CODE means, where it comes from and what to do; without one, list all codes.

    `pubtools explain settings` lists what may stand in pubtools.toml.
    """
    if code == "settings":
        _settings(schema=schema)
    elif schema:
        raise click.UsageError("--schema goes with settings")
    elif code is None:
        from pubtools.problems import CODES

        for known, (severity, title) in CODES.items():
            click.echo(f"{known}  {severity:<7}  {title}")
    else:
        _code(code)


def _settings(*, schema: bool) -> None:
    from pubtools import manual

    text = manual.as_text(manual.schema()) if schema else manual.settings()
    click.echo(text.encode(), nl=False)


def _code(code: str) -> None:
    from difflib import get_close_matches

    from pubtools.errors import InputError
    from pubtools.explanations import EXPLANATIONS
    from pubtools.problems import CODES

    known = code.upper()
    if known not in CODES:
        near = get_close_matches(known, CODES, n=1)
        hint = f"did you mean {near[0]}?" if near else "pubtools explain lists them"
        raise InputError(f"there is no code {code!r}", hint=hint)
    severity, title = CODES[known]
    click.echo(f"{known} ({severity}): {title}\n\n{click.wrap_text(EXPLANATIONS[known], 80, preserve_paragraphs=True)}")
