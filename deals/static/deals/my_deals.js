// My deals by keys: j and k move, o opens, d marks as done, s snoozes, z takes back. Everything works without.
(() => {
  const list = document.getElementById("dl-mine");
  if (!list) return;
  const items = () => [...list.querySelectorAll("[data-item]")];
  const current = () => items().find((one) => one.contains(document.activeElement)) || null;

  const move = (step) => {
    const all = items();
    const at = all.indexOf(current());
    all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))]?.focus();
  };
  const press = (selector) => (current() || items()[0])?.querySelector(selector)?.click();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const acts = {
      j: () => move(1),
      k: () => move(-1),
      o: () => press("[data-open]"),
      d: () => press("[data-done]"),
      s: () => {
        const details = (current() || items()[0])?.querySelector("details");
        if (details) { details.open = true; details.querySelector("input[name=reason]").focus(); }
      },
      z: () => list.querySelector("[data-key=z]")?.click(),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });
})();
