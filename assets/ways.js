// Ways through the app: keys, and links of the menu that open another window where this one is.
// KEYS: the button that each key presses, by where it stands. CARRIED: names of the address
// parameters that say what is open. WORDS: of the list of keys.
(() => {
  if (window.anbiaoWays) return;
  window.anbiaoWays = true;
  const LINK = "[data-testid=stTopNavLink], [data-testid=stSidebarNavLink]";
  const LISTED = "[data-testid=stMarkdownContainer] a, [data-testid=stCaptionContainer] a";
  const TYPES = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=combobox]," +
    " [role=listbox], [role=slider], [role=spinbutton]";

  // The same keys of the same site that stand in this window's address, and nowhere else.
  const carry = (event) => {
    const link = event.target.closest?.(LINK);
    if (!link) return;
    const here = new URLSearchParams(location.search), to = new URL(link.href);
    for (const name of CARRIED) {
      if (here.get(name)) to.searchParams.set(name, here.get(name));
      else to.searchParams.delete(name);
    }
    if (link.href !== to.href) link.href = to.href;
    // Streamlit would follow it in this window, whatever key is held.
    if (event.type === "click" && (event.ctrlKey || event.metaKey || event.shiftKey))
      event.stopPropagation();
  };
  for (const kind of ["mousedown", "contextmenu", "focusin", "dragstart", "click"])
    addEventListener(kind, carry, true);

  // A list's name opens its item here, as a click of Streamlit's own links would; with a key of the
  // browser's held it opens another window, which is a link's own way.
  const follow = (link) => {
    history.pushState(null, "", link.href);
    dispatchEvent(new PopStateEvent("popstate"));
  };
  const number = (words) => words.replace(/^[▼▽\s]+/, "").split(/[\s\u3000]/)[0];
  const middle = (box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const spoke = (chart, event) => {
    const round = [...chart.querySelectorAll(".angularaxistick text")];
    const ticks = round.length ? round : [...chart.querySelectorAll(".ytick text")];
    const plot = chart.querySelector(".polarlayer .plotbg, .polarlayer .radial-grid");
    const [x, y] = plot ? middle(plot.getBoundingClientRect()) : [0, 0];
    const far = (tick) => {
      const [left, top] = middle(tick.getBoundingClientRect());
      if (!round.length) return Math.abs(top - event.clientY);
      const turn = Math.atan2(top - y, left - x) - Math.atan2(event.clientY - y, event.clientX - x);
      return Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)));
    };
    const nearest = ticks.sort((one, other) => far(one) - far(other))[0];
    return nearest && number(nearest.textContent);
  };
  addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest?.(LISTED);
    if (link?.search.includes("item=") && link.origin === location.origin) {
      event.preventDefault();
      follow(link);
    }
    // A view for the projector that was chosen by the mouse leaves the arrow keys to what it shows.
    if (event.detail && event.target.closest?.(".st-key-presenting [role=radio]"))
      setTimeout(() => document.activeElement?.blur());
    const chart = event.target.closest?.(".js-plotly-plot");
    if (!chart) return;
    const wanted = spoke(chart, event);
    const names = document.querySelectorAll(
      "[data-testid=stMain] a[href*='item='], [class*=st-key-present-] button");
    [...names].find((name) => number(name.textContent) === wanted)?.click();
  }, true);

  // An address beside its buttons: copied without asking for a permission, or given to the system.
  if (isSecureContext && navigator.share) document.documentElement.dataset.shares = "";
  addEventListener("click", (event) => {
    const button = event.target.closest?.("[class*=st-key-copy-] button, [class*=st-key-native-] button");
    const address = button?.closest("[class*=st-key-send-]")?.querySelector("code")?.textContent.trim();
    if (!address) return;
    event.stopPropagation();
    if (button.closest("[class*=st-key-native-]")) {
      navigator.share({title: document.title, url: address}).catch(() => {}); // closed again
      return;
    }
    const field = document.body.appendChild(document.createElement("textarea"));
    field.value = address;
    field.style.cssText = "position:fixed;opacity:0";
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
    const words = button.querySelector("p");
    const before = words.textContent;
    words.textContent = WORDS.copied;
    setTimeout(() => { words.textContent = before; }, 2000);
  }, true);

  const help = () => {
    if (document.getElementById("anbiao-keys")) return;
    const found = document.createElement("dialog");
    found.id = "anbiao-keys";
    found.setAttribute("aria-label", WORDS.title);
    found.style.cssText = "border:1px solid #c3ccd5;border-radius:8px;padding:1.25rem;color:#1b2733";
    const list = document.createElement("table");
    for (const [key, does] of WORDS.keys) {
      const row = list.insertRow();
      const named = row.insertCell().appendChild(document.createElement("kbd"));
      named.style.cssText = "padding-right:1rem";
      named.textContent = key;
      row.insertCell().textContent = does;
    }
    const title = document.createElement("strong"), close = document.createElement("button");
    title.textContent = WORDS.title;
    close.textContent = WORDS.close;
    close.style.cssText = "margin-top:1rem;padding:.5rem 1rem;min-height:44px";
    close.onclick = () => found.close();
    found.onclose = () => found.remove();
    found.append(title, list, close);
    document.body.append(found);
    found.showModal();
  };

  addEventListener("keydown", (event) => {
    const elsewhere = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (elsewhere || event.repeat || event.target.closest?.(TYPES)) return;
    if (document.querySelector("[role=dialog], dialog[open]")) return;
    if (event.key === "F1" || event.key === "h") {
      event.preventDefault();
      help();
      return;
    }
    const button = KEYS[event.key] && document.querySelector(KEYS[event.key]);
    if (!button || button.disabled) return;
    event.preventDefault();
    button.click();
  });
})();
