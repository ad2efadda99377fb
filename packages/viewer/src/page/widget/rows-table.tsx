import { ScrollRegion } from '../shell/scroll-region.tsx';

const MOST_ROWS = 500;
const LONGEST_CELL = 2000;

type Props = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text));

/** The rows of a query, at most 500; what is longer than 2,000 characters is cut, and said to be. */
export function RowsTable({ columns, rows }: Props) {
  return (
    <ScrollRegion label="Rows">
      <table class="table">
        <thead>
          <tr>
            {columns.map((column, place) => (
              <th key={place} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, index) => (
            <tr key={index}>
              {row.map((cell, place) => (
                <td key={place} class={isNumber(cell) ? 'number' : 'mono'}>
                  {cell.length > LONGEST_CELL ? `${cell.slice(0, LONGEST_CELL)}… (${cell.length} characters)` : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && <p class="note">{rows.length - MOST_ROWS} more rows are not shown.</p>}
    </ScrollRegion>
  );
}
