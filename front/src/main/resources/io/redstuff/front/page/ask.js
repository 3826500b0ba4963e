// What is asked of the server: the JSON behind this page, and the routes of publisher and aggregator.

async function checked(response) {
  if (response.ok) {
    return response;
  }
  let message = `${response.status} ${response.statusText}`;
  try {
    const body = await response.json();
    message = body.message ?? body.error?.message ?? message;
  } catch {
    // An answer that is no JSON says no more than its status.
  }
  throw new Error(message);
}

export async function get(path) {
  return (await checked(await fetch(path))).json();
}

export async function post(path, body = {}) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await checked(response)).json();
}

// Reads a blob, or its first bytes.
export async function read(path, most) {
  const headers = most ? { Range: `bytes=0-${most - 1}` } : {};
  return new Uint8Array(await (await checked(await fetch(path, { headers }))).arrayBuffer());
}

// Sends a body; how far it is, from 0 to 1, is told meanwhile, and 1 is when the server has all.
export function put(path, body, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", path);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.upload.onload = () => progress(1);
    request.onerror = () => reject(new Error("the server does not answer"));
    request.onload = () => {
      if (request.status === 200 && request.response) {
        resolve(request.response);
      } else {
        reject(new Error(request.response?.error?.message ?? `${request.status} ${request.statusText}`));
      }
    };
    request.send(body);
  });
}
