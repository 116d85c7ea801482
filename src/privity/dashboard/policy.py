"""What browsers are told about pages, as data: the content security policy and its companions."""

from typing import Final

_DIRECTIVES: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    # No text becomes markup or script: the browser refuses `innerHTML` and its like altogether.
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}

CONTENT_SECURITY_POLICY: Final = "; ".join(f"{name} {value}" for name, value in _DIRECTIVES.items())

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",  # with `no-referrer` browsers do not say which page a form came from
    "X-Content-Type-Options": "nosniff",
}
"""Sent with every answer under `/app`."""

NOT_KEPT: Final = {"Cache-Control": "no-store"}
"""Sent with everything that depends on who asks."""

KEPT: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
"""Sent with files whose address names their content."""
