// Passkeys: signing in with one, showing one as the second factor, enrolling one. The server's options go to the
// browser as they are; what the browser makes goes back as it is.
const WAYS = {
  "sign-in": { begin: "sign-in/passkey/begin", finish: "sign-in/passkey", make: false },
  "step-up": { begin: "session/step-up/passkey/begin", finish: "session/step-up/passkey", make: false },
  enrol: { begin: "factors/passkey/begin", finish: "factors/passkey", make: true },
};

async function send(path, body) {
  const answer = await fetch(`/app/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body ?? {}),
  });
  const facts = await answer.json();
  if (!answer.ok) throw new Error(`${facts.detail ?? "It did not work"}. ${facts.advice ?? ""}`);
  return facts;
}

function tell(sentence) {
  const box = document.querySelector("[data-passkey-fault]");
  box.hidden = !sentence;
  box.textContent = sentence;
}

async function use(button) {
  const way = WAYS[button.dataset.passkey];
  tell("");
  button.disabled = true;
  try {
    const options = await send(way.begin);
    const publicKey = options.publicKey ?? options;
    const credential = way.make
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
    await send(way.finish, way.make ? { credential: credential.toJSON(), name: "passkey" } : { credential: credential.toJSON() });
    location.assign(button.dataset.next ?? "/app/enrol");
  } catch (error) {
    tell(error instanceof DOMException ? "No passkey was used. Try again, or take another way." : error.message);
    button.disabled = false;
  }
}

if (globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false;
}
for (const button of document.querySelectorAll("[data-passkey]")) button.addEventListener("click", () => use(button));
