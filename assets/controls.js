// Streamlit's own controls speak English, and it has no setting for it; labels for screen readers
// carry the signs of Markdown. EXACT, PATTERNS: what to say instead, from wording/.
(() => {
  if (window.anbiaoControls) return;
  document.documentElement.lang = "zh-CN";
  const LABELS = ["aria-label", "title", "placeholder"];
  // Only in here is a text Streamlit's own, and not somebody's words that happen to be the same.
  const OWN = "[data-testid=stSkipToContent],[data-testid=stFileUploader],[data-testid=stDateInput]," +
    "[data-testid=stDateInputCalendar],[id^=react-aria-description],[data-testid=stElementToolbar],[data-testid=stDateInputField]";
  const MARKDOWN = "[data-testid=stCheckbox],[data-testid=stButtonGroup],[data-testid=stTooltipHoverTarget]," +
    "[data-testid=stRadio],[data-testid=stExpander],[data-testid=stButton]";
  const patterns = PATTERNS.map(([from, to]) => [new RegExp(from), to]);

  const CHOSEN = /^Selected Date: (\w+ \d+, \d{4})$/;

  const said = (text) => {
    const whole = text.trim();
    if (CHOSEN.test(whole)) return new Date(CHOSEN.exec(whole)[1]).toLocaleDateString("zh-CN");
    if (Object.hasOwn(EXACT, whole)) return EXACT[whole];
    const found = patterns.find(([from]) => from.test(whole));
    return found ? whole.replace(...found) : text;
  };
  const bare = (label) => {
    let before;
    do {
      before = label;
      label = label.replace(/:[a-z-]+\[((?:\\.|[^[\]\\])*)\]/g, "$1");
    } while (label !== before);
    return label.replace(/:material\/\w+:/g, "").replaceAll("**", "").replace(/\\([^\w\s])/g, "$1").trim();
  };
  const relabel = (element) => {
    for (const name of LABELS) {
      const label = element.getAttribute(name);
      if (!label) continue;
      let now = said(label);
      if (name === "aria-label" && /[*:\\]/.test(now) && element.closest(MARKDOWN)) now = bare(now);
      if (now !== label) element.setAttribute(name, now);
    }
  };
  const retell = (node) => {
    if (!/[A-Za-z]{2}/.test(node.data) || !node.parentElement?.closest(OWN)) return;
    const now = said(node.data);
    if (now !== node.data) node.data = now;
  };
  // A grouped menu is a list whose entries do not stand in it: told as a group, its links remain.
  const regroup = (menu) => {
    menu.setAttribute("role", "group");
    menu.querySelectorAll("li").forEach((entry) => entry.setAttribute("role", "presentation"));
  };
  const look = (root) => {
    if (root.nodeType === Node.TEXT_NODE) {
      retell(root);
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    relabel(root);
    root.querySelectorAll("[aria-label],[title],[placeholder]").forEach(relabel);
    const menu = root.closest("[data-testid=stSidebarNavItems]");
    if (menu) regroup(menu);
    root.querySelectorAll("[data-testid=stSidebarNavItems]").forEach(regroup);
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) retell(texts.currentNode);
  };
  look(document.body);
  window.anbiaoControls = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(look);
      else look(change.target);
    }
  });
  window.anbiaoControls.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: LABELS,
  });
})();
