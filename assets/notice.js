// Asks the server for a sentence when a click takes long or an upload fails, and shows it.
// It runs beside Streamlit's own script, so that it works while that one waits.
(() => {
  if (window.anbiaoNotice) return;
  const slow = 3000, pause = 4000;
  let since = 0, asked = 0, failed = 0;

  const show = (sentence) => {
    let bar = document.getElementById("anbiao-notice");
    if (!sentence) {
      bar?.remove();
      return;
    }
    if (!bar) {
      bar = document.createElement("div");
      bar.id = "anbiao-notice";
      bar.setAttribute("role", "status");
      bar.style.cssText =
        "position:fixed;top:0;left:0;right:0;z-index:999999;padding:.75rem 1.25rem;" +
        "background:#fff4ce;color:#1b2733;text-align:center;box-shadow:0 1px 4px #0003";
      document.body.append(bar);
    }
    if (bar.textContent !== sentence) bar.textContent = sentence;
  };

  const look = async () => {
    const now = Date.now();
    const app = document.querySelector("[data-testid=stApp]");
    const running = (app?.dataset.testScriptState ?? "notRunning") !== "notRunning";
    since = running ? since || now : 0;
    const errors = document.querySelectorAll("[data-testid=stFileChipIconError]").length;
    const refused = errors > failed;
    failed = errors;
    const waits = since && now - since >= slow;
    if (refused || (waits && now - asked >= pause)) {
      asked = now;
      try {
        const answer = await fetch("_anbiao/notice", {
          cache: "no-store",
          signal: AbortSignal.timeout(pause), // a line that swallows everything closes no socket
        });
        show(answer.ok ? (await answer.text()).trim() : "");
      } catch {
        show("");
        window.anbiaoConnection?.unheard();
      }
    } else if (!waits && !errors) {
      show("");
    }
  };
  window.anbiaoNotice = setInterval(look, 500);
})();
