/** One field of a message: its tag, and its lines without the tag. `line` counts from 1. */
export type Field = {
  readonly tag: string;
  readonly lines: string[];
  readonly line: number;
};

/**
 * One SWIFT message. `enveloped` where a `{4:` opened it; `closed` where a line of `-` ended it.
 * `type` is what an application header says, such as 940. `strays` are fields that follow the end.
 */
export type Message = {
  readonly fields: Field[];
  readonly line: number;
  readonly enveloped: boolean;
  readonly type: string | undefined;
  readonly strays: Field[];
  closed: boolean;
};

const TAG = /^:(\d{2}[A-Z]?|NS):(.*)$/;
const END = /^-(?:\}.*|XXX|[^\w\s]{0,2})$/;
const APPLICATION_HEADER = /\{2:[IO](\d{3})/;

/**
 * Splits a file into messages. Banks send them in SWIFT's envelope, behind lines of their own, or
 * bare, ended by `-` or by nothing; a `:20:` always begins the next.
 */
export function splitMessages(text: string): readonly Message[] {
  const splitter = new Splitter();
  text.split(/\r\n|\n|\r/).forEach((content, index) => {
    splitter.take(content, index + 1);
  });
  return splitter.messages;
}

class Splitter {
  readonly messages: Message[] = [];
  private current: Message | undefined;
  private field: Field | undefined;
  private enveloped = false;
  private type: string | undefined;

  take(content: string, line: number): void {
    if (content.startsWith('{') || content.includes('{4:')) {
      this.header(content, line);
    } else if (END.test(content.trimEnd())) {
      this.end(content);
    } else {
      this.text(content, line);
    }
  }

  private text(content: string, line: number): void {
    const [, tag, rest] = TAG.exec(content) ?? [];
    if (tag === undefined) {
      this.field?.lines.push(content);
      return;
    }
    this.field = { tag, lines: [rest ?? ''], line };
    const ended = this.current === undefined && !this.enveloped ? this.messages.at(-1) : undefined;
    if (ended !== undefined && tag !== '20') ended.strays.push(this.field);
    else this.open(tag, line).fields.push(this.field);
  }

  /** Headers come on lines of their own or in front of the first field. */
  private header(content: string, line: number): void {
    this.leave();
    this.type = APPLICATION_HEADER.exec(content)?.[1] ?? this.type;
    const start = content.lastIndexOf('{4:');
    if (start < 0) return;
    this.enveloped = true;
    const rest = content.slice(start + '{4:'.length);
    if (rest.trim() !== '') this.take(rest, line);
  }

  /** The message that a field belongs to: a `:20:`, and a field outside of all, begin one. */
  private open(tag: string, line: number): Message {
    if (this.current !== undefined && tag !== '20') return this.current;
    const { enveloped, type } = this;
    this.current = { fields: [], line, enveloped, type, strays: [], closed: false };
    this.messages.push(this.current);
    this.enveloped = false;
    this.type = undefined;
    return this.current;
  }

  private end(content: string): void {
    if (this.current !== undefined) this.current.closed = true;
    this.leave();
    this.type = APPLICATION_HEADER.exec(content)?.[1];
    this.enveloped = content.includes('{4:');
  }

  private leave(): void {
    this.current = undefined;
    this.field = undefined;
  }
}
