// Says that the line to the server has dropped, and that it is back; and keeps words that were
// being written when it did, for whoever wrote them. Streamlit's own dialog is for developers.
// WORDS: the sentences, from wording/. window.anbiaoSession, which the page itself says each time it
// is drawn, changes when another process has taken over.
(() => {
  if (window.anbiaoConnection) return;
  const FIELDS = "textarea, input[type=text]:not([role=combobox])";
  const DRAFT = "anbiao-writing";
  const settled = 1500, gone = 4000;
  let saved = null, lost = false, unheard = false, idle = 0, back = 0;

  const bar = (id, style) => {
    let found = document.getElementById(id);
    if (!found) {
      found = document.createElement("div");
      found.id = id;
      found.setAttribute("role", "status");
      found.dataset.reactAriaTopLayer = "true"; // an open dialog would hide it from screen readers
      found.style.cssText =
        "position:fixed;left:0;right:0;z-index:1000000;padding:.75rem 1.25rem;color:#1b2733;" +
        "text-align:center;box-shadow:0 1px 4px #0003;" + style;
      document.body.append(found);
    }
    return found;
  };
  const say = (sentence, style) => {
    const found = bar("anbiao-connection", "top:0;");
    found.style.background = style;
    if (found.textContent !== sentence) found.textContent = sentence;
  };
  const draft = () => JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
  const drop = () => {
    sessionStorage.removeItem(DRAFT);
    document.getElementById("anbiao-written")?.remove();
  };

  addEventListener("input", (event) => {
    if (!event.target.matches?.(FIELDS)) return;
    const kept = {text: event.target.value, session: window.anbiaoSession};
    sessionStorage.setItem(DRAFT, JSON.stringify(kept));
    idle = 0;
  }, true);

  const offer = (text) => {
    if (document.getElementById("anbiao-written")) return;
    const found = bar("anbiao-written", "bottom:0;background:#fff4ce;");
    const words = document.createElement("div");
    words.textContent = WORDS.written;
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.setAttribute("aria-label", WORDS.written);
    field.style.cssText = "display:block;width:100%;max-width:40rem;margin:.5rem auto;height:5rem";
    const button = (label, act) => {
      const made = document.createElement("button");
      made.textContent = label;
      made.style.cssText = "margin:0 .5rem;padding:.5rem 1rem;min-height:44px";
      made.onclick = () => act(made);
      return made;
    };
    found.append(words, field, button(WORDS.copy, (made) => {
      field.select();
      document.execCommand("copy"); // asks no permission, and works without https
      made.textContent = WORDS.copied;
    }), button(WORDS.close, drop));
  };

  const look = () => {
    const app = document.querySelector("[data-testid=stApp]");
    const connected = app?.dataset.testConnectionState === "CONNECTED";
    const quiet = app?.dataset.testScriptState === "notRunning";
    const now = Date.now();
    if (quiet) unheard = false;
    if (!app || app.dataset.testConnectionState === "INITIAL") return;
    const fails = !connected || !navigator.onLine || unheard;
    if (fails) {
      lost = true;
      say(saved ? WORDS.lost.replace("{time}", saved) : WORDS.lost_early, "#fff4ce");
      document.querySelectorAll("[role=dialog] [data-testid=stErrorCodeBlock]").forEach((block) => {
        let layer = block.closest("[role=dialog]");
        while (layer.parentElement !== document.body) layer = layer.parentElement;
        layer.style.display = "none";
      });
      return;
    }
    if (lost) {
      lost = false;
      back = now;
      say(WORDS.back, "#e6f4ea");
    } else if (back && now - back > gone) {
      back = 0;
      document.getElementById("anbiao-connection")?.remove();
    }
    if (!quiet) return;
    saved = new Date().toLocaleTimeString("zh-CN", {hour: "2-digit", minute: "2-digit", hour12: false});
    const kept = draft();
    if (!kept) return;
    if (kept.session !== window.anbiaoSession) {
      offer(kept.text);
    } else if (document.activeElement?.matches(FIELDS)) {
      idle = 0;
    } else {
      idle = idle || now;
      if (now - idle > settled) drop(); // the field was left, and what it sent has been answered
    }
  };
  window.anbiaoConnection = {unheard: () => { unheard = true; }};
  addEventListener("offline", look);
  addEventListener("online", look);
  setInterval(look, 500);
})();
