/** A value of a person: whatever prints, logs or serialises it shows the mask; to read it one calls `reveal`. */
export class Personal<T> {
  readonly #value: T
  readonly #mask: string

  constructor(value: T, mask = '***') {
    this.#value = value
    this.#mask = mask
  }

  reveal(): T {
    return this.#value
  }

  toString(): string {
    return this.#mask
  }

  toJSON(): string {
    return this.#mask
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.#mask
  }
}
