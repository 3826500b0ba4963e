// Elements are made here, of text nodes alone: what names things on this page may be anybody's.

export const $ = (id) => document.getElementById(id);

// Makes an element. Properties are set as such, "aria-..." and "data-..." as attributes, "on..." as listeners.
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (name.includes("-") || name === "role" || name === "scope") {
      element.setAttribute(name, value);
    } else {
      element[name] = value;
    }
  }
  element.append(...children);
  return element;
}

export function text(id, value) {
  const element = $(id);
  if (element.textContent !== String(value)) {
    element.textContent = value;
  }
}

// Says something to those who do not see the page.
export function announce(words) {
  $("announce").textContent = words;
}

let failureTimer;

export function fail(error) {
  const box = $("failure");
  const message = error instanceof Error ? error.message : String(error);
  box.replaceChildren(
    make("p", {}, message),
    make("button", { type: "button", onclick: () => box.replaceChildren() }, "Close"),
  );
  clearTimeout(failureTimer);
  failureTimer = setTimeout(() => box.replaceChildren(), 30_000);
}

// Runs what a button does, which is busy meanwhile.
export async function busy(button, work) {
  if (button.getAttribute("aria-busy") === "true") {
    return;
  }
  button.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (error) {
    fail(error);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

const whole = new Intl.NumberFormat("en");

export const count = (n) => whole.format(n);

export const plural = (n, one, many = one + "s") => `${count(n)} ${n === 1 ? one : many}`;

export function bytes(n) {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let unit = 0;
  let value = n;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? count(value) : value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })} ${n === 1 ? "byte" : units[unit]}`;
}

// An amount comes as digits: it may be longer than a number can be.
export function wal(frost) {
  const amount = BigInt(frost);
  const unit = 1_000_000_000n;
  if (amount < 100_000n) {
    return `${whole.format(amount)} FROST`;
  }
  const rest = (amount % unit).toString().padStart(9, "0");
  const digits = amount < unit ? rest.replace(/0+$/, "") : rest.slice(0, 2).replace(/0+$/, "");
  return `${whole.format(amount / unit)}${digits ? "." + digits : ""} WAL`;
}

// The same in few letters, where the whole is to be seen elsewhere.
export function briefWal(frost) {
  const amount = Number(frost) / 1e9;
  return amount < 1000 ? wal(frost) : `${amount.toLocaleString("en", { notation: "compact", maximumFractionDigits: 2 })} WAL`;
}

export const short = (id) => (id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id);
