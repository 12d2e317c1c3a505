// A real OpenID provider with a few people in it: node server.mjs PORT REDIRECT_URI
import Provider, { interactionPolicy } from "oidc-provider";

const [port, redirectUri] = process.argv.slice(2);

const PEOPLE = {
  owner: { name: "王老板", email: "owner@example.com", email_verified: true },
  colleague: { name: "李会计", email: "Colleague@Example.com", email_verified: true },
  stranger: { name: "路人", email: "stranger@example.com", email_verified: true },
  // Says to be the colleague, and has never shown it.
  impostor: { name: "冒名者", email: "colleague@example.com", email_verified: false },
};

const policy = interactionPolicy.base();
policy.add(new interactionPolicy.Prompt({ name: "select_account", requestable: true }), 0);

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: "anbiao",
      client_secret: "a secret of the tests",
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [redirectUri],
    },
  ],
  cookies: { keys: ["a key of the tests"] },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false, // Streamlit reads the ID token only
  findAccount: (_, id) =>
    PEOPLE[id] && { accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) },
  features: { devInteractions: { enabled: false } },
  interactions: { policy, url: (_, interaction) => `/choose/${interaction.uid}` },
  async loadExistingGrant(ctx) {
    const { client, session } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/choose/")) return next();
  const person = ctx.query.as;
  if (person in PEOPLE) {
    const result = { login: { accountId: person }, select_account: {} };
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
  } else {
    const links = Object.keys(PEOPLE).map((id) => `<li><a href="?as=${id}">${id}</a></li>`);
    ctx.type = "html";
    ctx.body = `<!doctype html><title>Sign in</title><ul>${links.join("")}</ul>`;
  }
});

provider.listen(Number(port), "localhost");
