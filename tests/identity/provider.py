"""A sign-in provider on loopback, OpenID and GitHub in one, which can be told to lie."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "privity at the clinic", "s3cret:with/odd%chars"


class Provider:
    """What it says of whoever signs in there; `lies` replace claims, and `key` may be a stranger's."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.published = self.key
        self.email = ""
        self.verified = True
        self.now = time.time
        self.lies: dict[str, Any] = {}
        self.asked: list[str] = []
        self._grants: dict[str, dict[str, str]] = {}

    def authorize(self, url: str) -> tuple[str, str]:
        """Sign in at the address that a browser was sent to; return the code and state that it comes back with."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = hashlib.sha256(url.encode()).hexdigest()
        self._grants[code] = asked
        return code, asked["state"]

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Answer the token endpoint: a code is good once, for its redirect, verifier and client."""
        asked = self._grants.pop(form.get("code", ""), None)
        basic = base64.b64encode(b"privity%20at%20the%20clinic:s3cret%3Awith%2Fodd%25chars").decode()
        known = authorization == f"Basic {basic}" or form.get("client_secret") == SECRET
        if asked is None or not known or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode()
        if challenge.rstrip("=") != asked["code_challenge"]:
            return None
        now = int(self.now())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 60}
        claims |= {"nonce": asked.get("nonce", ""), "email": self.email, "email_verified": self.verified}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims | self.lies, self.key, algorithms=["RS256"])
        return {"access_token": "of github", "token_type": "Bearer", "id_token": token}

    def answer(self, path: str, form: dict[str, str], authorization: str) -> Any:
        match path:
            case "/.well-known/openid-configuration":
                return {
                    "issuer": self.url,
                    "authorization_endpoint": f"{self.url}/authorize",
                    "token_endpoint": f"{self.url}/token",
                    "jwks_uri": f"{self.url}/keys",
                }
            case "/keys":
                return {"keys": [self.published.as_dict(private=False)]}
            case "/token" | "/login/oauth/access_token":
                return self.token(form, authorization)
            case "/api/v3/user/emails" if authorization == "Bearer of github":
                other = {"email": "other@clinic.example", "primary": False, "verified": True}
                return [other, {"email": self.email, "primary": True, "verified": self.verified}]
            case _:
                return None


@contextmanager
def provider() -> Iterator[Provider]:
    """Run a provider for as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            running.asked.append(self.path)
            answer = running.answer(self.path, form, self.headers.get("Authorization", ""))
            self.send_response(200 if answer is not None else 400)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_GET = do_POST = _do  # noqa: N815 - the names that http.server calls

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
