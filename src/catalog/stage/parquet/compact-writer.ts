/** Types of fields and list elements (Apache Thrift, "Compact protocol", "Struct encoding"). */
const TYPE = { i16: 4, i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;

/** What lists may hold here. */
export type ElementType = Exclude<keyof typeof TYPE, 'i16' | 'i64' | 'list'>;

/**
 * Writes the structures of Parquet's metadata in Thrift's compact protocol, as far as they need it: no
 * booleans, no doubles, field ids in ascending order.
 */
export class CompactWriter {
  #bytes = Buffer.allocUnsafe(1024);
  #length = 0;
  /** The field that was written last in the struct that is open; ids are written as steps from it. */
  #field = 0;

  /** What was written so far. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A struct by itself, or as an element of a list. */
  struct(content: () => void): void {
    const outer = this.#field;
    this.#field = 0;
    content();
    this.#byte(0);
    this.#field = outer;
  }

  structField(id: number, content: () => void = () => undefined): void {
    this.#header(id, TYPE.struct);
    this.struct(content);
  }

  i16(id: number, value: number): void {
    this.#header(id, TYPE.i16);
    this.#integer(value);
  }

  i32(id: number, value: number): void {
    this.#header(id, TYPE.i32);
    this.#integer(value);
  }

  /** @param value a safe integer */
  i64(id: number, value: number): void {
    this.#header(id, TYPE.i64);
    this.#integer(value);
  }

  binary(id: number, value: string | Uint8Array): void {
    this.#header(id, TYPE.binary);
    this.text(value);
  }

  /** A list, whose elements `write` writes one after the other with {@link integer}, {@link text} or {@link struct}. */
  list<Element>(
    id: number,
    type: ElementType,
    elements: readonly Element[],
    write: (element: Element) => void,
  ): void {
    this.#header(id, TYPE.list);
    if (elements.length < 15) this.#byte((elements.length << 4) | TYPE[type]);
    else {
      this.#byte(0xf0 | TYPE[type]);
      this.#varint(elements.length);
    }
    for (const element of elements) write(element);
  }

  /** A number as an element of a list. */
  integer(value: number): void {
    this.#integer(value);
  }

  /** A text as an element of a list. */
  text(value: string | Uint8Array): void {
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    this.#varint(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #header(id: number, type: number): void {
    const step = id - this.#field;
    this.#field = id;
    if (step > 0 && step < 16) this.#byte((step << 4) | type);
    else {
      this.#byte(type);
      this.#integer(id);
    }
  }

  /** Zigzag: the sign goes into the lowest bit. */
  #integer(value: number): void {
    this.#varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** Seven bits a byte, lowest first. Beyond 32 bits too, so no shifts. */
  #varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.#byte(rest);
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#length + more));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
