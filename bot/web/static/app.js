// Works without it; better with it: stages while an answer is made, sources
// opened from their marks, copying and printing.
"use strict";
(function () {
  const result = document.getElementById("result");
  const stage = document.getElementById("stage");
  const form = document.getElementById("ask");
  if (!result || !stage || !form || !window.fetch || !window.TextDecoder) return;
  let running = null;

  async function ask(body) {
    if (running) running.abort();
    const mine = running = new AbortController();
    const button = form.querySelector("button.main");
    button.disabled = true;
    stage.textContent = "sending the question";
    try {
      const res = await fetch("/ask", { method: "POST", body, signal: mine.signal,
        headers: { "Accept": "application/x-ndjson", "Content-Type": "application/x-www-form-urlencoded" } });
      if (!(res.headers.get("Content-Type") || "").startsWith("application/x-ndjson")) throw new Error(await said(res));
      const reader = res.body.getReader();
      const decoder = new TextDecoder();
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        rest += decoder.decode(value || new Uint8Array(), { stream: !done });
        const lines = rest.split("\n");
        rest = lines.pop();
        for (const line of lines) if (line) take(JSON.parse(line));
        if (done) break;
      }
    } catch (err) {
      if (err.name !== "AbortError") fail(err.message || "The server cannot be reached. Is it running?");
    } finally {
      if (running === mine) { running = null; button.disabled = false; stage.textContent = ""; }
    }
  }

  // said is what a server that answered otherwise says: a problem, or a page.
  async function said(res) {
    try { return (await res.json()).detail; } catch (_) { return "The server answered with status " + res.status + "."; }
  }

  function take(line) {
    if (line.stage) stage.textContent = line.stage + " …";
    if (line.problem) fail(line.problem);
    if (line.html) {
      result.innerHTML = line.html; // made by our own templates on the server, which escape
      ready(result);
      const title = document.getElementById("answer-title");
      if (title) { title.focus({ preventScroll: true }); title.scrollIntoView({ block: "start" }); }
    }
  }

  function fail(text) {
    result.textContent = "";
    const p = document.createElement("p");
    p.className = "problem";
    p.setAttribute("role", "alert");
    p.textContent = text;
    result.append(p);
  }

  function fields(f, submitter) {
    const data = new URLSearchParams(new FormData(f));
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    return data;
  }

  document.addEventListener("submit", function (e) {
    if (e.target !== form && !e.target.matches("[data-again]")) return;
    e.preventDefault();
    const data = fields(e.target, e.submitter);
    for (const name of ["question", "state", "plan"]) {
      const box = form.elements[name];
      if (box && data.has(name)) box.value = data.get(name);
    }
    ask(data);
  });

  document.addEventListener("click", function (e) {
    const mark = e.target.closest("a.mark");
    if (mark) {
      const row = document.getElementById(mark.hash.slice(1));
      if (row) {
        e.preventDefault();
        document.querySelectorAll(".lit").forEach((x) => x.classList.remove("lit"));
        row.classList.add("lit");
        row.focus({ preventScroll: true });
        row.scrollIntoView({ block: "nearest" });
      }
    }
  });
})();

// On every page: copying and printing.
function ready(root) { root.querySelectorAll("[data-copy], [data-print]").forEach((b) => { b.hidden = false; }); }
(function () {
  document.addEventListener("click", function (e) {
    if (e.target.closest("[data-print]")) window.print();
    const copy = e.target.closest("[data-copy]");
    if (!copy) return;
    const text = document.getElementById("as-text").textContent;
    const said = copy.textContent;
    navigator.clipboard.writeText(text).then(
      function () { copy.textContent = "Copied"; setTimeout(function () { copy.textContent = said; }, 4000); },
      function () { copy.textContent = "Copying is not allowed here"; });
  });
  ready(document);
})();

// The form of a note or a draft: a text file is dropped on it or chosen, and read here.
(function () {
  const form = document.querySelector("[data-note]");
  if (!form) return;
  const box = form.querySelector("#text");
  const file = form.querySelector("[data-file]");
  const stage = document.getElementById("note-stage");
  const title = document.getElementById("note-title");
  const most = 65536;
  form.querySelector("[data-drop]").hidden = file.hidden = false;
  if (title) title.focus({ preventScroll: true });

  async function take(f) {
    if (!f) return;
    if (f.size > most) { stage.textContent = form.dataset.large || "That file is too large for the note of one session"; return; }
    const text = await f.text();
    if (text.includes("\u0000") || text.includes("\ufffd")) { stage.textContent = form.dataset.odd || "That file is not plain text. Open it and paste the note"; return; }
    box.value = text;
    stage.textContent = "";
    box.focus();
  }
  file.addEventListener("change", function () { take(file.files[0]); file.value = ""; });
  ["dragenter", "dragover"].forEach((name) => box.addEventListener(name, function (e) {
    if (e.dataTransfer.types.includes("Files")) { e.preventDefault(); box.classList.add("over"); }
  }));
  ["dragleave", "drop"].forEach((name) => box.addEventListener(name, function () { box.classList.remove("over"); }));
  box.addEventListener("drop", function (e) {
    if (e.dataTransfer.files.length) { e.preventDefault(); take(e.dataTransfer.files[0]); }
  });
  form.addEventListener("submit", function () { stage.textContent = form.dataset.working || "putting it in clinical language, and checking every fact …"; });
  window.addEventListener("pageshow", function () { stage.textContent = ""; });
})();
