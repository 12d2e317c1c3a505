// Keeps what somebody is writing from being thrown away by a key, a button or a closed window.
// Streamlit sends a text when its field is left. This leaves the field before whatever would take it
// away; and asks before the window closes on words that may not have reached the server. The back
// button is held up for a moment, where the browser lets a page do so: sent together with the other
// page's address, words would come to a page without their field.
if (!window.anbiaoKeeps) {
  window.anbiaoKeeps = true;
  const FIELDS = 'textarea, input[type=text]:not([role=combobox])';
  const SENT = 500;
  let writing = null, unsent = false;
  const connected = () =>
    document.querySelector('[data-testid=stApp]')?.dataset.testConnectionState === 'CONNECTED';
  const leave = () => { if (writing) writing.blur(); };
  addEventListener('input', event => {
    if (event.target.matches?.(FIELDS)) writing = event.target;
  }, true);
  addEventListener('focusout', event => {
    if (event.target !== writing) return;
    writing = null;
    unsent = !connected();
  }, true);
  addEventListener('keydown', event => {
    if (event.key === 'Escape' && !event.isComposing) leave();
  }, true);
  addEventListener('popstate', leave, true);
  window.navigation?.addEventListener('navigate', event => {
    if (event.navigationType !== 'traverse' || !writing) return;
    leave();
    if (!event.cancelable) return;
    event.preventDefault();
    setTimeout(() => navigation.traverseTo(event.destination.key), SENT);
  });
  document.addEventListener('visibilitychange', () => { if (document.hidden) leave(); });
  addEventListener('beforeunload', event => {
    const asks = writing || (unsent && !connected());
    leave();
    if (asks) { event.preventDefault(); event.returnValue = ''; }
  });
}
