// Checks proofs in this browser: the entry, its way to the root, the signature; and that the log only grew since the
// last visit. What the browser has seen of a log, its key and its newest root, stays in the browser.
import { NotVerified, equal, fromBase64, fromHex, leafHash, openCheckpoint, readProof, toHex, verifyConsistency, verifyInclusion } from "./merkle.js";

const short = (hex) => `${hex.slice(0, 4)}…${hex.slice(-4)}`;
const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  ok: "M8 2l5 1.8v4c0 3-2 5-5 6.2-3-1.2-5-3.2-5-6.2v-4zM5.8 8l1.6 1.6 2.9-3.3",
  warn: "M8 2l5 1.8v4c0 3-2 5-5 6.2-3-1.2-5-3.2-5-6.2v-4z",
  deny: "M8 2.5l6 10.8H2zM8 6.5v3.2M8 11.5v.1",
  "": "M12.8 6.5A5 5 0 1 0 13 9M13 3v3.5H9.5",
  tick: "M3.5 8.5l3 3 6-7",
};

function drawn(shape) {
  const picture = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  line.setAttribute("d", SHAPES[shape]);
  picture.append(line);
  return picture;
}
function element(name, ...parts) {
  const made = document.createElement(name);
  made.append(...parts);
  return made;
}
function say(box, tone, title, sentence) {
  box.hidden = false;
  box.className = `proof ${tone}`;
  box.replaceChildren(drawn(tone), element("b", title), element("p", sentence));
}
function step(list, tone, title, words, code) {
  const dot = element("span", drawn(tone === "ok" ? "tick" : tone));
  dot.className = "dot";
  const line = element("li", dot, element("b", title), ` ${words}`);
  line.className = tone;
  if (code) line.append(element("code", code));
  list?.append(line);
}

/* What was seen before. The key is pinned when it is first seen; later it has to be the same. */
const remembered = (origin) => JSON.parse(localStorage.getItem(`privity.log.${origin}`) ?? "null");
function pinned(vkey) {
  const origin = vkey.split("+")[0];
  const before = remembered(origin);
  if (before && before.vkey !== vkey) throw new NotVerified("The log shows another key than on your last visit. Compare it with the one that you were given.");
  return before;
}
function remember(vkey, checkpoint) {
  const before = remembered(checkpoint.origin);
  if (before && before.size > checkpoint.size) return;
  localStorage.setItem(`privity.log.${checkpoint.origin}`, JSON.stringify({ vkey, size: checkpoint.size, root: toHex(checkpoint.root), at: new Date().toISOString() }));
}

async function evidence(address) {
  const answer = await fetch(address, { headers: { accept: "application/json" }, cache: "no-store" });
  const facts = await answer.json();
  if (!answer.ok) throw new NotVerified(facts.detail ? `The server does not give the proof: ${facts.detail}.` : "The server does not give the proof.");
  if (facts.proof) return { ...readProof(facts.proof), vkey: facts.vkey };
  const one = facts.chosen;
  return { index: one.row.index, leaf: fromBase64(one.leaf), path: one.siblings.map((each) => fromHex(each.hash)), checkpoint: one.checkpoint, vkey: one.vkey };
}

async function prove(panel) {
  const verdict = panel.querySelector("[data-verdict]");
  const steps = panel.querySelector("[data-steps]");
  const path = panel.querySelector("[data-path]");
  steps?.replaceChildren();
  say(verdict, "", "Checking", "Asking for the proof.");
  try {
    const { index, leaf, path: siblings, checkpoint: note, vkey } = await evidence(panel.dataset.prove);
    const began = performance.now();
    pinned(vkey);
    const hash = await leafHash(leaf);
    step(steps, "ok", `Entry ${index.toLocaleString("en")}`, "tells of this", `leaf ${short(toHex(hash))}`);
    const checkpoint = await openCheckpoint(note, vkey);
    await verifyInclusion(hash, index, checkpoint.size, siblings, checkpoint.root);
    step(steps, "ok", `${siblings.length} hashes`, "lead from it to the root", `root ${short(toHex(checkpoint.root))}`);
    step(steps, "ok", `Checkpoint ${checkpoint.size.toLocaleString("en")}`, "signed by this ledger", vkey.split("+").slice(0, 2).join("+"));
    step(steps, "warn", "Not witnessed:", "nobody else has signed this root");
    remember(vkey, checkpoint);
    path?.classList.add("verified");
    const spent = Math.max(1, Math.round(performance.now() - began));
    say(verdict, "ok", "In the ledger, verified in your browser", `${siblings.length} hashes to the root and 1 signature, ${spent} ms. Signed, not witnessed. The script came from this server: the command below checks without it.`);
  } catch (error) {
    path?.classList.add("broken");
    if (!(error instanceof NotVerified)) {
      say(verdict, "warn", "Could not be checked here", error.name === "NotSupportedError" ? "This browser does not know Ed25519. Use the command." : "Use the command, or try again.");
      return;
    }
    say(verdict, "deny", "Does not verify", `${error.message} Export the ledger, then call your auditor.`);
  }
}

async function grown(button) {
  const box = document.querySelector("[data-growth]");
  say(box, "", "Checking", "Asking for the newest checkpoint.");
  try {
    const first = await (await fetch(`${button.dataset.grown}?old=1`, { cache: "no-store" })).json();
    if (!first.checkpoint) throw new NotVerified(`The server does not give the proof: ${first.detail ?? "no reason"}.`);
    const before = pinned(first.vkey);
    const newest = await openCheckpoint(first.checkpoint, first.vkey);
    if (!before) {
      remember(first.vkey, newest);
      say(box, "warn", "First visit of this browser", `Root ${short(toHex(newest.root))} at ${newest.size.toLocaleString("en")} entries is remembered here. From the next visit on, this button proves that nothing before was changed. Signed, not witnessed.`);
      return;
    }
    const facts = await (await fetch(`${button.dataset.grown}?old=${before.size}`, { cache: "no-store" })).json();
    if (!facts.checkpoint) throw new NotVerified(`The ledger has fewer entries than this browser has seen: ${before.size.toLocaleString("en")} before.`);
    const now = await openCheckpoint(facts.checkpoint, facts.vkey);
    const oldRoot = fromHex(before.root);
    if (now.size === before.size) {
      if (!equal(oldRoot, now.root)) throw new NotVerified("The same size has another root than on your last visit.");
    } else {
      await verifyConsistency(before.size, oldRoot, now.size, now.root, facts.proof.map(fromBase64));
    }
    remember(facts.vkey, now);
    const more = now.size - before.size;
    say(box, "ok", "Only grown since your last visit", `${more.toLocaleString("en")} new entries on top of ${before.size.toLocaleString("en")} that are unchanged, seen ${new Date(before.at).toLocaleString()}. Signed, not witnessed.`);
  } catch (error) {
    if (error instanceof NotVerified) say(box, "deny", "Does not verify", `${error.message} Export the ledger, then call your auditor.`);
    else say(box, "warn", "Could not be checked here", "Use `privity ledger verify` on an export.");
  }
}

document.addEventListener("click", (event) => {
  const verify = event.target.closest("[data-verify]");
  const growth = event.target.closest("[data-grown]");
  if (verify) prove(verify.closest("[data-prove]"));
  if (growth) grown(growth);
});
