// Review by keys: each key presses the control that names it in data-key. Answers are sent in the background and the
// next question takes the place of the answered one; without this script the same forms work as plain pages.
(() => {
  const desk = document.getElementById("rv-desk");
  const status = document.getElementById("rv-say");
  if (!desk) return;
  let isBusy = false;

  const say = (text, tone) => {
    status.textContent = text;
    status.className = `rv-say is-shown is-${tone}`;
    window.clearTimeout(say.timer);
    say.timer = window.setTimeout(() => status.classList.remove("is-shown"), tone === "good" ? 4000 : 9000);
  };

  // The number beside Review in the sidebar is part of the frame, which is not sent again.
  const count = (number) => document.querySelectorAll(`a[href="${new URL(desk.dataset.home, location).pathname}"] *`)
    .forEach((one) => { if (!one.children.length && /^[\d,]+$/.test(one.textContent.trim())) one.textContent = number; });

  const settle = () => {
    desk.style.setProperty("--rv-top", `${desk.getBoundingClientRect().top + window.scrollY}px`);
    const now = desk.querySelector(".rv-desk");
    if (now?.dataset.toast) say(now.dataset.toast, now.dataset.tone);
    if (now) window.history.replaceState(null, "", now.dataset.address);
    if (now?.dataset.open) count(now.dataset.open);
    desk.focus({ preventScroll: true });
  };

  const send = async (form) => {
    if (isBusy) return;
    isBusy = true;
    desk.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "fetch" },
        redirect: "error",
      });
      if (!response.ok) throw new Error(response.status);
      desk.innerHTML = await response.text();
      window.scrollTo(0, 0);
      settle();
    } catch {
      say("The answer could not be sent. Check the connection or reload the page, then answer again.", "warn");
    } finally {
      isBusy = false;
      desk.removeAttribute("aria-busy");
    }
  };

  const close = (except) => desk.querySelectorAll("details.rv-menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
  const reject = () => desk.querySelector(".rv-reject[open]");

  const choose = (panel, key) => {
    const reason = panel.querySelector(`[data-reason="${key}"]`);
    if (reason) reason.checked = true;
    return Boolean(reason);
  };

  // In the open panel digits are reasons and Enter sends; elsewhere digits are candidates.
  const press = (key) => {
    const panel = reject();
    if (panel && /^[1-9]$/.test(key)) return choose(panel, key);
    if (panel && key === "Enter") return panel.querySelector("form").requestSubmit() ?? true;
    if (key === "Escape") return close() ?? true;
    const control = [...desk.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
    if (!control) return false;
    control.click();
    return true;
  };

  const isTyping = (target) => target.matches("input:not([type=radio]), textarea, select, [contenteditable]");
  const isPressed = (target, key) => (key === " " || key === "Enter") && target.matches("a, button, summary");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (isTyping(event.target) && key !== "Escape") return;
    if (isPressed(event.target, key)) return;
    if (press(key)) event.preventDefault();
  });

  desk.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-swap]")) return;
    event.preventDefault();
    send(event.target);
  });

  desk.addEventListener("toggle", (event) => {
    if (!event.target.open) return;
    if (event.target.matches("details.rv-menu")) close(event.target);
    if (event.target.matches(".rv-sources")) event.target.scrollIntoView({ block: "nearest" });
  }, true);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("details.rv-menu")) close();
  });
  settle();
})();
