import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PICTURES } from '../support/places';
import { LOOKS, SIZES } from './looks';

/** One page with all pictures: a row for each screen and look, a column for each width. */
export default function index(): void {
  const rows = LOOKS.flatMap(({ name: look }) => {
    const [first] = SIZES;
    const names = first ? readdirSync(join(PICTURES, look, String(first.width))).sort() : [];
    return names.map((file) => {
      const cells = SIZES.map(({ width }) => {
        const path = `${look}/${width}/${file}`;
        return `<a href="${path}"><img loading="lazy" src="${path}" alt="${file}, ${look}, ${width} px"></a>`;
      });
      return `<h2>${file.replace('.png', '')}, ${look}</h2>\n<p>${cells.join('\n')}</p>`;
    });
  });
  const style = 'body{font:16px sans-serif;margin:24px;background:#cfccc3}img{height:420px;margin-right:12px}p{white-space:nowrap;overflow:auto}';
  const page = `<!doctype html>\n<meta charset="utf-8">\n<title>Trousseau: every screen</title>\n<style>${style}</style>\n${rows.join('\n')}\n`;
  writeFileSync(join(PICTURES, 'index.html'), page);
}
