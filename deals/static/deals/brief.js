// The brief by keys: a and x answer the suggestion in focus (or the first), u, g and w mark the sentence in focus, j and
// k move. Forms are sent in the background; without this script they work as plain pages.
(() => {
  let isBusy = false;
  const panel = () => document.querySelector("[data-brief]");
  const items = () => [...panel().querySelectorAll("[data-item]")];
  const current = () => document.activeElement?.closest?.("[data-item]");

  const send = async (form, button) => {
    if (isBusy) return;
    isBusy = true;
    const body = new FormData(form);
    if (button?.name) body.set(button.name, button.value);
    const held = form.closest("[data-item]");
    const place = items().indexOf(held);
    try {
      const response = await fetch(form.action, {
        method: "POST", body, headers: { "X-Requested-With": "fetch" }, redirect: "error",
      });
      if (!response.ok) throw new Error(response.status);
      panel().outerHTML = await response.text();
      const again = items().find((one) => one.dataset.item === held?.dataset.item) ?? items()[place];
      again?.focus({ preventScroll: true });
    } catch {
      const told = panel().querySelector(".br-told");
      told.textContent = "This could not be saved. Check the connection or reload the page, then try again.";
      told.classList.add("w-error");
    } finally {
      isBusy = false;
    }
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-brief] [data-swap]")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });

  const move = (by) => {
    const all = items();
    const at = all.indexOf(current());
    all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (!panel() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target.matches("input, textarea, select, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
    const at = current() ?? ("ax".includes(key) ? panel().querySelector("[data-suggestion]") : null);
    const control = at?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!control) return;
    event.preventDefault();
    control.click();
    control.closest("details")?.querySelector("input[name=correction]")?.focus();
  });
})();
