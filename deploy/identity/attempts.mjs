// How often somebody may try a password: five wrong ones in a minute for a name, fifty for all names together.

const WINDOW_MILLISECONDS = 60_000;
const MOST_FOR_A_NAME = 5;
const MOST = 50;

export class Attempts {
  #failures = [];

  areTooMany(login) {
    const since = Date.now() - WINDOW_MILLISECONDS;
    this.#failures = this.#failures.filter((failure) => failure.at > since);
    const own = this.#failures.filter((failure) => failure.login === login);
    return own.length >= MOST_FOR_A_NAME || this.#failures.length >= MOST;
  }

  failed(login) {
    this.#failures.push({ login, at: Date.now() });
  }
}
