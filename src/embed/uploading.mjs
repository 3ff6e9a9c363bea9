// Uploads in a frame. They go by `XMLHttpRequest` as everywhere, because that alone tells how far a body has gone out; here each
// bears who is there, as the other requests do.

import { inName, pathOf } from "./sending.mjs";

const readJson = (text) => {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
};

/**
 * The class that stands for `XMLHttpRequest` in a frame, with the part of it that the program uses. It is a request that may have to
 * be made twice: what is told of the first, but for how far it is, is told only once it is known that it was the last. What goes
 * anywhere but to the API goes as it was asked for, in nobody's name.
 */
export const uploads = (frame, Http = XMLHttpRequest) =>
  class extends EventTarget {
    upload = new EventTarget();
    withCredentials = false;
    #method;
    #address;
    #headers = [];
    /** The request that is under way, or was the last. */
    #http;
    #isEnded = false;

    open(method, address) {
      this.#method = method;
      this.#address = new URL(address, location.href).href;
    }

    setRequestHeader(name, value) {
      this.#headers.push([name, value]);
    }

    get status() {
      return this.#http?.status ?? 0;
    }

    get responseText() {
      return this.#http?.responseText ?? "";
    }

    getResponseHeader(name) {
      return this.#http?.getResponseHeader(name) ?? null;
    }

    async send(body) {
      const path = pathOf(this.#address, frame.places);
      const told = ({ status, responseText }) => ({ method: this.#method, path, status, read: () => readJson(responseText) });
      try {
        await (path === undefined ? this.#attempt(body) : inName(frame, (bearer) => this.#attempt(body, bearer), told));
      } catch {
        // Nobody is there in whose name it could go: as one that never came to an answer.
        this.#http = undefined;
      }
      this.dispatchEvent(new ProgressEvent("loadend"));
    }

    /** Gives it up, whether it waits for a bearer or is on its way. */
    abort() {
      this.#isEnded = true;
      this.#http?.abort();
    }

    #attempt(body, bearer) {
      return new Promise((over, failed) => {
        if (this.#isEnded) return failed(new DOMException("given up", "AbortError"));
        const http = (this.#http = new Http());
        http.open(this.#method, this.#address);
        http.withCredentials = bearer === undefined && this.withCredentials;
        for (const [name, value] of this.#headers) http.setRequestHeader(name, value);
        if (bearer !== undefined) http.setRequestHeader("Authorization", `Bearer ${bearer}`);
        http.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
          this.upload.dispatchEvent(new ProgressEvent("progress", { loaded, total, lengthComputable }));
        });
        http.addEventListener("loadend", () => over(http));
        http.send(body);
      });
    }
  };
