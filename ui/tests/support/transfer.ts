const field = (tag: number, value: Uint8Array) => Buffer.concat([Buffer.from([(tag << 3) | 2, value.length]), value]);
const number = (tag: number, value: number) => Buffer.from([tag << 3, value]);

/** An algorithm with which no code can be computed. */
export const MD5 = 4;

/** A transfer code of Google Authenticator: the accounts of one of the codes of a series (`index` from 0), of the transfer with this id. */
export function transfer(accounts: readonly string[], index = 0, size = 1, algorithm = 1, id = 77): string {
  const parts = accounts.map((name) =>
    field(
      1,
      Buffer.concat([
        field(1, Buffer.from(`secret of ${name}`)),
        field(2, Buffer.from(name)),
        field(3, Buffer.from(name.split(':')[0] ?? '')),
        number(4, algorithm),
      ]),
    ),
  );
  const message = Buffer.concat([...parts, number(3, size), number(4, index), number(5, id)]);
  return `otpauth-migration://offline?data=${encodeURIComponent(message.toString('base64'))}`;
}
