// The arithmetic of proofs: RFC 6962 hashes, RFC 9162 verification, C2SP signed notes. Nothing here talks to anybody.
// Indexes reach 2^53, so halves are divisions: the operators on bits end at 2^31.
const encoder = new TextEncoder();
const half = (number) => Math.floor(number / 2);
const odd = (number) => number % 2 === 1;

export class NotVerified extends Error {}

export const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
export const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const equal = (left, right) => left.length === right.length && left.every((byte, at) => byte === right[at]);

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));

export const leafHash = (leaf) => sha256([0], leaf); // RFC 6962, section 2.1
export const nodeHash = (left, right) => sha256([1], left, right);

/* RFC 9162, section 2.1.3.2. */
export async function verifyInclusion(leaf, index, size, path, root) {
  if (!(index >= 0 && index < size)) throw new NotVerified("The entry is not in a log of this size.");
  let [fn, sn, reached] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (sn === 0) throw new NotVerified("The path is longer than the log is deep.");
    if (odd(fn) || fn === sn) {
      reached = await nodeHash(sibling, reached);
      while (!odd(fn) && fn) [fn, sn] = [half(fn), half(sn)];
    } else {
      reached = await nodeHash(reached, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn || !equal(reached, root)) throw new NotVerified("The path does not lead to the signed root.");
}

/* RFC 9162, section 2.1.4.2. */
export async function verifyConsistency(old, oldRoot, now, nowRoot, proof) {
  const problem = new NotVerified("The log that was seen before is not the beginning of this one.");
  if (!(old > 0 && old <= now)) throw problem;
  const perfect = Number.isInteger(Math.log2(old)) || old === now;
  const path = perfect ? [oldRoot, ...proof] : [...proof];
  if (!path.length) throw problem;
  let [fn, sn] = [old - 1, now - 1];
  while (odd(fn) || (old === now && fn)) [fn, sn] = [half(fn), half(sn)];
  let [before, after] = [path[0], path[0]];
  for (const sibling of path.slice(1)) {
    if (sn === 0) throw problem;
    if (odd(fn) || fn === sn) {
      before = await nodeHash(sibling, before);
      after = await nodeHash(sibling, after);
      while (!odd(fn) && fn) [fn, sn] = [half(fn), half(sn)];
    } else {
      after = await nodeHash(after, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn || !equal(before, oldRoot) || !equal(after, nowRoot)) throw problem;
}

/* c2sp.org/signed-note and c2sp.org/tlog-checkpoint: returns what one known key has signed. */
export async function openCheckpoint(note, vkey) {
  const cut = vkey.match(/^([^+]+)\+([0-9a-f]{8})\+(.+)$/);
  const material = cut && fromBase64(cut[3]);
  if (!cut || material.length !== 33 || material[0] !== 1) throw new NotVerified("The key of the log is not an Ed25519 key.");
  const [, name, id] = cut;
  const computed = (await sha256(encoder.encode(`${name}\n`), material)).slice(0, 4);
  if (toHex(computed) !== id) throw new NotVerified("The key of the log does not fit its own name.");
  const end = note.lastIndexOf("\n\n");
  if (end < 0) throw new NotVerified("The checkpoint is not a signed note.");
  const text = note.slice(0, end + 1);
  const line = note.slice(end + 2).split("\n").find((each) => {
    const words = each.split(" ");
    return words.length === 3 && words[0] === "—" && words[1] === name && equal(fromBase64(words[2]).slice(0, 4), computed);
  });
  if (!line) throw new NotVerified("The key of the log has not signed this checkpoint.");
  const key = await crypto.subtle.importKey("raw", material.slice(1), { name: "Ed25519" }, false, ["verify"]);
  const signature = fromBase64(line.split(" ")[2]).slice(4);
  if (!(await crypto.subtle.verify({ name: "Ed25519" }, key, signature, encoder.encode(text)))) {
    throw new NotVerified("The signature does not fit the checkpoint.");
  }
  const [origin, size, root] = text.split("\n");
  if (origin !== name || !/^(0|[1-9][0-9]{0,15})$/.test(size)) throw new NotVerified("The checkpoint is of another log.");
  return { origin, size: Number(size), root: fromBase64(root) };
}

/* c2sp.org/tlog-proof: the parts of a proof's file. */
export function readProof(text) {
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, end).split("\n");
  if (end < 0 || lines.shift() !== "c2sp.org/tlog-proof@v1") throw new NotVerified("The file is not a proof.");
  const leaf = lines[0]?.startsWith("extra ") ? fromBase64(lines.shift().slice(6)) : new Uint8Array();
  const index = lines.shift()?.match(/^index ([0-9]{1,16})$/)?.[1];
  if (index === undefined) throw new NotVerified("The file is not a proof.");
  return { index: Number(index), leaf, path: lines.map(fromBase64), checkpoint: text.slice(end + 2) };
}
