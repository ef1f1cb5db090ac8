// Nycklar (WebAuthn). Ett formulär frågar sidan vad nyckeln ska visa, frågar nyckeln och skickar svaret.
//   <form data-passkey="get|create" data-question="/…" hidden> … <input type="hidden" name="credential"> <p data-said>
// Formuläret är dolt tills skriptet vet att webbläsaren kan; [data-without-passkey] visas annars.

const BYTES = ["challenge", "id"];

function toBytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function toText(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function withBytes(question) {
  const read = { ...question };
  for (const name of BYTES) {
    if (typeof read[name] === "string") read[name] = toBytes(read[name]);
  }
  if (read.user) read.user = withBytes(read.user);
  for (const name of ["allowCredentials", "excludeCredentials"]) {
    if (read[name]) read[name] = read[name].map(withBytes);
  }
  return read;
}

// Partens id är ett namn, inte byte: bara det som hör till en nyckel eller en person räknas om.
function asked(publicKey) {
  const { rp, ...rest } = publicKey;
  return rp ? { ...withBytes(rest), rp } : withBytes(rest);
}

function answered(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function ask(form) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const reply = await fetch(form.dataset.question, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    credentials: "same-origin",
    redirect: "error",
  });
  if (!reply.ok) throw new Error(`answer ${reply.status}`);
  const { publicKey } = await reply.json();
  return navigator.credentials[form.dataset.passkey]({ publicKey: asked(publicKey) });
}

function enhance(form) {
  form.hidden = false;
  const said = form.querySelector("[data-said]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    said.textContent = "";
    try {
      const credential = await ask(form);
      form.querySelector("[name=credential]").value = JSON.stringify(answered(credential));
      form.submit();
    } catch {
      // Avbruten, för sent, fel nyckel eller utan nät: webbläsaren säger inte vilket, och rådet är detsamma.
      said.textContent = form.dataset.failed;
    }
  });
}

if (window.PublicKeyCredential && navigator.credentials) {
  document.querySelectorAll("form[data-passkey]").forEach(enhance);
  document.querySelectorAll("[data-without-passkey]").forEach((words) => {
    words.hidden = true;
  });
}
