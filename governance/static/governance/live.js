// Keeps marked parts of a page fresh: <div data-live="URL" data-every="1000">. Swaps only what changed, so that
// nothing flickers; stops when the answer carries no data-live any more, and reloads the page once where it says so.
(() => {
  const watch = (part) => {
    let wait = Number(part.dataset.every) || 1000;
    const again = () => window.setTimeout(refresh, wait);
    const refresh = async () => {
      if (document.hidden || part.querySelector("form:focus-within, details[open]")) return again();
      try {
        const response = await fetch(part.dataset.live, { headers: { "X-Requested-With": "fetch" }, redirect: "error" });
        if (!response.ok) throw new Error(response.status);
        const html = await response.text();
        wait = Number(part.dataset.every) || 1000;
        if (response.headers.get("X-Live") === "over") return window.location.reload();
        if (html !== part.dataset.last) {
          part.innerHTML = html;
          part.dataset.last = html;
        }
      } catch {
        wait = Math.min(wait * 2, 15000);
      }
      again();
    };
    again();
  };
  document.querySelectorAll("[data-live]").forEach(watch);

  // Parts that take a while to make are fetched after the page is there.
  document.querySelectorAll("[data-fragment]").forEach(async (part) => {
    try {
      const response = await fetch(part.dataset.fragment, { redirect: "error" });
      if (!response.ok) throw new Error(response.status);
      part.innerHTML = await response.text();
    } catch {
      part.textContent = "The preview could not be read; reload the page to try again.";
    }
  });

  // Asks before a form with consequences is sent.
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
    else if (event.target.dataset.once !== undefined) {
      // After the form is sent: a disabled button's own value would stay behind.
      const buttons = event.target.querySelectorAll("button");
      window.setTimeout(() => buttons.forEach((button) => { button.disabled = true; }));
      window.addEventListener("pageshow", () => buttons.forEach((button) => { button.disabled = false; }));
    }
  });

  // A drop zone fills the file input inside it and sends its form; without scripts the input does the same.
  document.querySelectorAll("[data-drop]").forEach((zone) => {
    const input = zone.querySelector("input[type=file]");
    // The theme would copy the file's name into the next text field it finds; this mark keeps it away.
    input.hasChangeListener = true;
    const list = zone.querySelector("[data-files]");
    const refused = zone.querySelector("[data-refused]");
    const most = Number(zone.dataset.most);
    const bytes = Number(zone.dataset.limitMb) * 1024 * 1024;
    const show = () => {
      const files = Array.from(input.files);
      const large = files.find((file) => file.size > bytes);
      refused.textContent = files.length > most ? `${files.length} files were chosen; up to ${most} are taken at once.`
        : large ? `“${large.name}” is larger than ${zone.dataset.limitMb} MB.` : "";
      input.setCustomValidity(refused.textContent);
      list.replaceChildren(...files.slice(0, most).map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name} (${Math.max(1, Math.round(file.size / 1000)).toLocaleString()} KB)`;
        return item;
      }));
    };
    const mark = (event, on) => { event.preventDefault(); zone.classList.toggle("is-over", on); };
    ["dragenter", "dragover"].forEach((name) => zone.addEventListener(name, (event) => mark(event, true)));
    ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, (event) => mark(event, false)));
    zone.addEventListener("drop", (event) => {
      const together = new DataTransfer();
      [...input.files, ...event.dataTransfer.files].forEach((file) => together.items.add(file));
      input.files = together.files;
      show();
    });
    input.addEventListener("change", show);
  });
})();
