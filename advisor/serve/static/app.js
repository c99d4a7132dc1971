"use strict";
// Pages work without this; with it, reasons open in place, what is known follows each tick, and files can be dropped.
(() => {
  const fetched = async (address) => {
    const reply = await fetch(address, { credentials: "same-origin" });
    return reply.ok ? new DOMParser().parseFromString(await reply.text(), "text/html") : null;
  };

  // Reasons in a dialog instead of on a page of their own.
  const dialog = document.getElementById("why-dialog");
  if (dialog) {
    document.addEventListener("click", async (event) => {
      const link = event.target.closest("a.why");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const page = await fetched(link.href), why = page && page.getElementById("why");
      if (!why) { location.href = link.href; return; }
      const close = document.createElement("button"), line = document.createElement("p");
      close.textContent = "Close";
      close.type = "button";
      close.addEventListener("click", () => dialog.close());
      line.className = "buttons";
      line.append(close);
      why.querySelector("h1").id = "why-title";
      dialog.setAttribute("aria-labelledby", "why-title");
      dialog.replaceChildren(document.adoptNode(why), line);
      dialog.showModal();
      close.focus();
      dialog.scrollTop = 0;
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }

  // What would be known, and what would change, if what is ticked were saved.
  for (const form of document.querySelectorAll("form[data-live]")) {
    const place = document.querySelector(form.dataset.place || "aside.known");
    let waiting = 0, turn = 0;
    const show = async () => {
      const mine = ++turn, address = form.dataset.live + (form.dataset.live.includes("?") ? "&" : "?");
      const fields = [...new FormData(form)].filter(([name]) => name.startsWith("option"));
      const page = await fetched(address + new URLSearchParams(fields));
      const source = page && ((form.dataset.place && page.querySelector(form.dataset.place)) || page.body);
      if (source && mine === turn) place.replaceChildren(...document.adoptNode(source).childNodes);
      mark(form);
    };
    form.addEventListener("change", () => { clearTimeout(waiting); waiting = setTimeout(show, 150); });
    mark(form);
  }
  function mark(form) {
    const chosen = new Set([...form.querySelectorAll("input[name=option]:checked")].map((one) => one.value));
    for (const line of document.querySelectorAll(".leads [data-option]")) line.classList.toggle("on", chosen.has(line.dataset.option));
  }

  // “None of these” and the others exclude each other.
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches || !box.matches(".options input[type=checkbox]") || !box.checked) return;
    for (const other of box.closest(".options").querySelectorAll("input[type=checkbox]"))
      if (other !== box && (box.value === "none" || other.value === "none")) other.checked = false;
  });

  // A name in the matrix leads to its field.
  const facts = document.getElementById("facts");
  function toField() {
    const field = facts && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (field && facts.contains(field)) { facts.open = true; field.focus(); field.scrollIntoView({ block: "center" }); }
  }
  addEventListener("hashchange", toField);
  toField();
  for (const link of document.querySelectorAll("a.edit")) link.addEventListener("click", () => setTimeout(toField));

  for (const button of document.querySelectorAll("button.print")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // A file can be dropped where one can be chosen.
  for (const zone of document.querySelectorAll(".drop")) {
    const input = zone.querySelector("input[type=file]");
    for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      if (zone.dataset.sends) input.form.requestSubmit();
    });
  }

  // One click sends a form once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.dataset.stays) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
})();
