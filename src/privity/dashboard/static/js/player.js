// The playhead on the time line, seeking by pointer, and the space bar. Without this the browser's own player suffices.
const player = document.querySelector("[data-player]");
const audio = player.querySelector("audio");
const line = player.querySelector(".timeline");
const head = player.querySelector("[data-playhead]");
const now = player.querySelector("[data-now]");
const whole = Number(player.dataset.ms) / 1000;

const draw = () => {
  head.setAttribute("x", String(Math.min(998, (audio.currentTime / whole) * 1000)));
  const seconds = Math.floor(audio.currentTime);
  now.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
for (const event of ["timeupdate", "seeked", "loadedmetadata"]) audio.addEventListener(event, draw);

line.addEventListener("pointerdown", (event) => {
  const box = line.getBoundingClientRect();
  audio.currentTime = ((event.clientX - box.left) / box.width) * whole;
});
document.addEventListener("keydown", (event) => {
  const busy = event.target.matches?.("input, textarea, select, button, a, audio") || document.querySelector("dialog[open]");
  if (event.key !== " " || busy || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (audio.paused) audio.play();
  else audio.pause();
});
