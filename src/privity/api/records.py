"""`/v1/decisions`, `/v1/ledger`, `/v1/whoami`: what proves and explains."""

from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own, named
from privity.api.answers import CheckpointOut, WhoAmI
from privity.errors import BadInput
from privity.gate import Access, Action, Explanation, explain, resources
from privity.running import Installation


@get("/v1/decisions/{id:str}", opt=act(Action.DECISION_READ, named(resources.decision)))
async def explain_decision(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Explanation:
    """Explain one decision: its facts, the policies that decided, and what would have changed it."""
    return await explain(access, installation.ledger, installation.engine, installation.policy_sets)


@get("/v1/whoami", opt=act(Action.CALLER_READ, callers_own(resources.own_tenant)))
async def whoami(access: NamedDependency[Access]) -> WhoAmI:
    """Say who the bearer of this token is."""
    caller = access.caller
    return WhoAmI(caller.principal, access.tenant, caller.project, caller.id, sorted(caller.scopes))


@get("/v1/ledger/checkpoint", opt=act(Action.LEDGER_CHECKPOINT, callers_own(resources.own_tenant)))
async def ledger_checkpoint(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> CheckpointOut:
    """Return the newest signed checkpoint of the tenant's log."""
    head = await installation.ledger.checkpoint(access.caller.log)
    return CheckpointOut(head.note, head.size, head.root.hex(), head.vkey, witnessed=False)


@get(
    "/v1/ledger/entries/{index:str}/proof",
    media_type=MediaType.TEXT,
    opt=act(Action.LEDGER_PROVE, callers_own(resources.own_tenant)),
)
async def entry_proof(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[str]:
    """Return the inclusion proof of one entry as a C2SP `.tlog-proof` file, the entry itself inside."""
    text = str(request.path_params["index"])
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise BadInput("the index in the path is not a number", advice="Entries count from 0.")
    proof = await installation.ledger.proof(access.caller.log, int(text))
    return Response(
        proof, media_type=MediaType.TEXT, headers={"Content-Disposition": f'attachment; filename="{text}.tlog-proof"'}
    )
