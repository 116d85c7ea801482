"""Acts and actors in words. What has no words of its own is shown by its name, never left out."""

from typing import Any, Final

import msgspec

# Each act as it is told when it was done, and as it is told when it was only asked for.
_ACTS: Final = {
    "access:review": ("reviewed who has what", "review who has what"),
    "break-glass:approve": ("approved an emergency", "approve an emergency"),
    "break-glass:end": ("ended an emergency", "end an emergency"),
    "break-glass:list": ("looked at emergencies", "look at emergencies"),
    "break-glass:mine": ("looked at own emergencies", "see own emergencies"),
    "break-glass:open": ("broke the glass", "break the glass"),
    "break-glass:review": ("reviewed an emergency", "review an emergency"),
    "call": ("called", "call"),
    "call:announce": ("announced the recording of call", "announce the recording of call"),
    "call:consent": ("wrote down an answer on call", "write down an answer on call"),
    "call:list": ("looked through calls", "look through calls"),
    "call:parties": ("noted who is on call", "note who is on call"),
    "call:play": ("played audio into call", "play audio into call"),
    "call:report": ("took a carrier's report of call", "take a carrier's report of call"),
    "caller:read": ("asked who it is", "know who it is"),
    "carrier:connect": ("connected a carrier", "connect a carrier"),
    "carrier:disconnect": ("disconnected a carrier", "disconnect a carrier"),
    "carrier:list": ("looked at carriers", "see carriers"),
    "conversation:create": ("brought in a conversation", "bring in a conversation"),
    "conversation:delete": ("deleted conversation", "delete conversation"),
    "conversation:find": ("found conversation", "find conversation"),
    "conversation:history": ("looked at the history of conversation", "see the history of conversation"),
    "conversation:list": ("listed conversations", "list conversations"),
    "conversation:process": ("redacted and sealed conversation", "redact conversation"),
    "conversation:prove": ("took a proof of conversation", "take a proof of conversation"),
    "conversation:purge": ("destroyed the keys of deletion", "destroy the keys of deletion"),
    "conversation:read": ("opened conversation", "open conversation"),
    "conversation:redact": ("marked what was missed in conversation", "mark what was missed in conversation"),
    "decision:read": ("asked why of decision", "know why of decision"),
    "deletion:certify": ("certified deletion", "certify deletion"),
    "deletion:list": ("looked through deletions", "look through deletions"),
    "deletion:read": ("read the certificate of deletion", "read the certificate of deletion"),
    "factor:add": ("added a second factor", "add a second factor"),
    "factor:list": ("looked at own second factors", "see own second factors"),
    "factor:remove": ("removed second factor", "remove second factor"),
    "fax:cancel": ("canceled fax", "cancel fax"),
    "fax:create": ("sent a fax", "send a fax"),
    "fax:deliver": ("handed on fax", "hand on fax"),
    "fax:report": ("took a carrier's report of fax", "take a carrier's report of fax"),
    "fax:list": ("looked through faxes", "look through faxes"),
    "grant:approve": ("approved grant", "approve grant"),
    "grant:ask": ("asked for access", "be given access"),
    "grant:create": ("granted access", "grant access"),
    "grant:decline": ("declined grant", "decline grant"),
    "grant:list": ("looked at grants", "look at grants"),
    "grant:revoke": ("ended grant", "end grant"),
    "ledger:checkpoint": ("read the newest checkpoint", "read the newest checkpoint"),
    "ledger:export": ("exported the ledger", "export the ledger"),
    "ledger:list": ("looked through the ledger", "look through the ledger"),
    "ledger:prove": ("took a proof from the ledger", "take a proof from the ledger"),
    "media:delete": ("erased attachment", "erase attachment"),
    "media:fetch": ("fetched the media of message", "fetch the media of message"),
    "media:hand-over": ("handed a carrier attachment", "hand a carrier attachment"),
    "media:open": ("took attachment", "take attachment"),
    "message:history": ("looked at the history of message", "see the history of message"),
    "message:list": ("looked through messages", "look through messages"),
    "message:original": ("opened the original of message", "open the original of message"),
    "message:redact": ("emptied message", "empty message"),
    "message:report": ("took a carrier's report of message", "take a carrier's report of message"),
    "number:carry": ("put a number on a carrier", "put a number on a carrier"),
    "number:list": ("looked at the workspace's numbers", "see the workspace's numbers"),
    "overview:read": ("looked at the overview", "look at the overview"),
    "payment:create": ("kept a payment", "keep a payment"),
    "payment:delete": ("erased payment", "erase payment"),
    "payment:list": ("looked through payments", "look through payments"),
    "payment:read": ("opened payment", "open payment"),
    "person:change": ("changed the role of a person", "change the role of a person"),
    "person:create": ("added a person", "add a person"),
    "person:invite": ("invited somebody", "invite somebody"),
    "person:link": ("made a sign-in link for a person", "make a sign-in link for a person"),
    "person:list": ("looked at people", "look at people"),
    "person:lock": ("locked out", "lock out"),
    "person:reset": ("reset the second factors of a person", "reset the second factors of a person"),
    "person:sign-out": ("signed out", "sign out"),
    "person:unlock": ("let in again", "let in again"),
    "project:create": ("made a project", "make a project"),
    "recording:control": ("paused, resumed or stopped recording", "pause, resume or stop recording"),
    "recording:enable": ("permitted or forbade recording", "permit or forbid recording"),
    "recording:list": ("looked through recordings", "look through recordings"),
    "recording:open": ("heard recording", "hear recording"),
    "recording:settle": ("wrote down recording", "write down recording"),
    "recording:sign": ("made an address to hear recording", "make an address to hear recording"),
    "redaction:list": ("looked through bulk redactions", "look through bulk redactions"),
    "redaction:read": ("followed bulk redaction", "follow bulk redaction"),
    "redaction:run": ("carried out bulk redaction", "carry out bulk redaction"),
    "redaction:start": ("ordered a bulk redaction", "order a bulk redaction"),
    "roles:read": ("looked at what roles may do", "see what roles may do"),
    "security:read": ("looked at security events", "look at security events"),
    "service:create": ("made a service", "make a service"),
    "service:disable": ("ended a service", "end a service"),
    "service:grant": ("changed what a service may do", "change what a service may do"),
    "service:list": ("looked at services", "look at services"),
    "session:end": ("ended a session", "end a session"),
    "session:list": ("looked at own sessions", "see own sessions"),
    "session:read": ("asked who is signed in", "know who is signed in"),
    "session:renew": ("went on with a session", "go on with a session"),
    "session:start": ("signed in", "sign in"),
    "session:step-up": ("showed a second factor", "show a second factor"),
    "settings:read": ("looked at the settings", "look at the settings"),
    "source:sweep": ("swept left-over sources", "sweep left-over sources"),
    "tenant:create": ("made a tenant", "make a tenant"),
    "tenant:read": ("listed tenants", "list tenants"),
    "token:create": ("made a token", "make a token"),
    "token:list": ("listed tokens", "list tokens"),
    "token:revoke": ("revoked a token", "revoke a token"),
    "webhook:list": ("looked at webhooks", "see webhooks"),
    "webhook:read": ("looked at webhook", "see webhook"),
    "webhook:redeliver": ("told once more webhook", "tell once more webhook"),
    "webhook:rotate": ("rotated the secret of webhook", "rotate the secret of webhook"),
    "webhook:test": ("tried out webhook", "try out webhook"),
    "workspace:read": ("looked at the workspace's settings", "look at the workspace's settings"),
}
# Acts without a sentence of their own are told by their verb and their thing.
_VERBS: Final = {
    "add": "added",
    "approve": "approved",
    "ask": "asked for",
    "blank": "blanked",
    "buy": "bought",
    "change": "changed",
    "create": "made",
    "decline": "declined",
    "delete": "deleted",
    "end": "ended",
    "list": "listed",
    "open": "opened",
    "pause": "paused",
    "read": "opened",
    "receive": "received",
    "record": "recorded",
    "redact": "redacted",
    "release": "released",
    "remove": "removed",
    "resume": "resumed",
    "revoke": "revoked",
    "run": "ran",
    "send": "sent",
    "start": "started",
    "stop": "stopped",
    "update": "changed",
    "write": "wrote",
}
_ACTORS: Final = {
    "service": ("bot", "service"),
    "operator": ("terminal", "operator"),
    "worker": ("worker", "worker"),
    "person": ("person", "person"),
    "nobody": ("stranger", "somebody unknown"),
}
_WHOLE: Final = frozenset({"Tenant", "Platform", "Project"})


class Actor(msgspec.Struct, frozen=True):
    """Who acted: the kind, the opaque id, and how it is shown. Machines are told from people by their shape."""

    kind: str
    id: str
    icon: str
    shown: str

    @property
    def machine(self) -> bool:
        """Whether it is drawn as a square."""
        return self.kind not in {"person", "nobody"}


def actor_of(body: dict[str, Any], names: dict[str, str] | None = None) -> Actor:
    """Return the actor of an entry's body; `names` are those of people and tokens by id, as far as they are known."""
    actor = body.get("actor", {})
    kind, identifier = str(actor.get("kind", "")), str(actor.get("id", ""))
    icon, word = _ACTORS.get(kind, ("ledger", "the ledger itself"))
    shown = (names or {}).get(identifier) or (word if kind in {"nobody", "worker", ""} else identifier)
    return Actor(kind, identifier, icon, shown)


def actor_named(principal: str, names: dict[str, str]) -> Actor:
    """Return the actor that a principal such as `person:…` stands for."""
    kind, _, identifier = principal.partition(":")
    return actor_of({"actor": {"kind": kind, "id": identifier}}, names)


def told(action: str, *, done: bool) -> str:
    """Return an act in words: `opened conversation` when it was done, `asked to open conversation` when it was not."""
    known = _ACTS.get(action)
    if known is None:
        thing, _, verb = action.replace("-", " ").partition(":")
        past = _VERBS.get(verb)
        if past is None:
            return f"did {thing} {verb}".strip() if done else f"asked to do {thing} {verb}".strip()
        return f"{past} {thing}" if done else f"asked to {'open' if verb == 'read' else verb} {thing}"
    return known[0] if done else f"asked to {known[1]}"


def thing_of(body: dict[str, Any]) -> str:
    """Return the id of what an act was done to, or nothing when that is the tenant as a whole."""
    resource = body.get("resource", {})
    return "" if resource.get("kind") in _WHOLE else str(resource.get("id", ""))


def short(text: str) -> str:
    """Return an id or a digest as its first and last four characters."""
    return text if len(text) <= 12 else f"{text[:4]}…{text[-4:]}"


def initials(address: str) -> str:
    """Return two letters of an address: `mara.lindqvist@…` is ML, `mara@…` is MA."""
    name = address.partition("@")[0]
    parts = [part for part in name.replace("_", ".").replace("-", ".").split(".") if part]
    letters = "".join(part[0] for part in parts[:2]) if len(parts) > 1 else name[:2]
    return letters.upper()


def capitalized(sentence: str) -> str:
    """Return a sentence with a capital letter in front, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]
