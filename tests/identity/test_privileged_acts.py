"""What only few may do, listed: each of these acts stands in the ledger once, with whoever did it."""

import pytest
from clinics import Clinic

from promises import promise

pytestmark = pytest.mark.slow
STANDING = {"role": "receptionist", "clinical": False, "every_project": False, "projects": []}
ANN = "ann@birch.example"


@promise("D19", sabotage="outcomes_are_not_written")
@promise("D19", sabotage="entries_do_not_name_the_token")
async def test_each_privileged_act_is_recorded_once(clinic: Clinic) -> None:
    owner = await clinic.owner()
    me = (await owner.get("session")).json()["person_id"]
    await clinic.invited(owner, ANN, "practitioner")
    people = (await owner.get("people")).json()["people"]
    (ann,) = (each["id"] for each in people if each["email"] == ANN)
    invited = {"email": "bob@birch.example", **STANDING}
    acts = (
        ("people/invitations", invited, "person:invite"),
        (f"people/{ann}/change", STANDING, "person:change"),
        (f"people/{ann}/lock", None, "person:lock"),
        (f"people/{ann}/unlock", None, "person:unlock"),
        (f"people/{ann}/reset", None, "person:reset"),
        (f"people/{ann}/end-sessions", None, "person:sign-out"),
        ("factors/recovery", None, "factor:add"),
        ("session/end", None, "session:end"),
    )
    before = len(clinic.leaves())
    for path, body, _ in acts:
        answer = await owner.post(path, body)
        assert answer.is_success, (path, answer.text)
    new = [leaf for leaf in clinic.leaves()[before:] if "action" in leaf.body]
    told = {action: [leaf for leaf in new if leaf.body["action"] == action] for _, _, action in acts}
    for action, leaves in told.items():
        assert [leaf.kind for leaf in leaves] == ["intent", "outcome"], action
        intent, outcome = leaves
        assert intent.body["actor"] == outcome.body["actor"] == {"kind": "person", "id": me}, action
        assert (outcome.body["cause"], outcome.body["status"] < 300) == (str(intent.id), True), action
    assert len(new) == 2 * len(acts), "and nothing else is"
