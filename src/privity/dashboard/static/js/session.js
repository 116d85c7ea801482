// The short cookie of a session runs out after five minutes. The next one is asked for by one tab at a time, because a
// refresh token is good once. Nothing here counts as activity: an idle session still ends.
const LAST = "privity.renewed";
const EVERY = 3.5 * 60 * 1000;

const refresh = async () => (await fetch("/app/api/session/refresh", { method: "POST" })).ok;
const noted = (done) => {
  if (done) localStorage.setItem(LAST, String(Date.now()));
  return done;
};

/* After the cookie has run out: another tab may have been faster. */
const resume = () => navigator.locks.request("privity-refresh", async () => {
  if ((await fetch("/app/api/session", { cache: "no-store" })).ok) return true;
  return noted(await refresh());
});

/* Before it runs out, while the page is open. */
const keep = () => navigator.locks.request("privity-refresh", { ifAvailable: true }, async (lock) => {
  if (lock && Date.now() - Number(localStorage.getItem(LAST)) >= EVERY) noted(await refresh());
});

const waiting = document.querySelector("[data-resume]");
if (waiting) {
  const next = waiting.dataset.resume;
  location.replace((await resume()) ? next : `/app/sign-in?next=${next}`);
} else {
  setInterval(keep, EVERY);
}
