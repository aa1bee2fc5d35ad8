"""Which web addresses are asked: https, and http on this very computer."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def fault(url: str) -> str | None:
    """Why `url` is not asked, in plain words; None when it may be."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "it is not an address"
    if not host:
        return "it is not an address"
    if parts.username is not None or parts.password is not None:
        return "it has a password in it"
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(url)):
        return "it is not https"
    return None


def fault_of_redirect(url: str, origin: str) -> str | None:
    """Why `url`, named by the service at `origin`, is not asked; only this computer may send us to this computer."""
    if (reason := fault(url)) is not None:
        return reason
    here = is_loopback(url) and urlsplit(url).hostname != urlsplit(origin).hostname
    return "it is on this computer" if here else None


def is_loopback(url: str) -> bool:
    """Whether the address is on this computer, by its text: no name is looked up."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def bare(url: str) -> str | None:
    """The address without query and password, to be shown; None for what is no address."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}" if parts.hostname else None
