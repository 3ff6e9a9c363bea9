// What a page does that shows the portal: it says who is there, in which language and look, and hears where the customer is.

const portal = document.querySelector("customer-portal");
const said = document.querySelector("#said");

const post = (path, body) =>
  fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

// The portal asks whenever it needs to know. The site's own backend knows who is signed in, by its own cookie.
portal.identity = async ({ nonce }) => {
  const answer = await post("/sign", { nonce });
  return answer.ok ? (await answer.json()).assertion : null;
};

// In the place of the site's own signing in and out.
for (const choice of document.querySelectorAll("[name=customer]")) {
  choice.addEventListener("change", async () => {
    await post("/switch", { customer: choice.value || null });
    portal.identityChanged();
  });
}

for (const name of ["locale", "theme"]) {
  document.querySelector(`#${name}`).addEventListener("change", ({ target }) => {
    if (target.value) portal.setAttribute(name, target.value);
    else portal.removeAttribute(name);
  });
}

for (const name of ["navigated", "submitted", "warning"]) {
  portal.addEventListener(name, ({ detail }) => {
    said.textContent = `${name}: ${Object.values(detail).join(", ")}`;
  });
}

// What was said of the one before holds no longer.
portal.addEventListener("ready", () => said.textContent = "");

// A page that was left and comes back begins as it looks: with whom the button says.
const chosen = document.querySelector("[name=customer]:checked");
await post("/switch", { customer: chosen.value || null });
portal.identityChanged();
