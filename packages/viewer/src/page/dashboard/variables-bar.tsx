import type { VariableView } from '../../protocol/dashboard-view.ts';
import { TextField } from '../shell/text-field.tsx';
import { setQuery } from '../state/route.ts';

/** The fields above a dashboard; what is chosen stands in the page's address. */
export function VariablesBar({ variables }: { readonly variables: readonly VariableView[] }) {
  const shown = variables.filter(({ visible }) => visible !== false);
  if (shown.length === 0) return null;
  return (
    <div class="variables">
      {shown.map((variable) => (
        <Field key={variable.id} variable={variable} />
      ))}
    </div>
  );
}

function Field({ variable }: { readonly variable: VariableView }) {
  const { id, inputType, options, value } = variable;
  const label = variable.label ?? variable.property ?? id;
  const choose = (chosen: string): void => setQuery({ [`var.${id}`]: chosen });
  switch (inputType) {
    case 'input':
      return (
        <div class="variable">
          <label for={`variable-${id}`}>{label}</label>
          <TextField id={`variable-${id}`} value={value ?? ''} onChoose={choose} />
        </div>
      );
    case 'select':
      return <Select label={label} variable={variable} choose={choose} />;
    case 'radio':
      return (
        <fieldset class="variable">
          <legend>{label}</legend>
          <div class="segments">
            {options.map((option) => (
              <button
                key={option.value}
                type="button"
                aria-pressed={option.value === value}
                onClick={() => choose(option.value)}
              >
                {option.label}
              </button>
            ))}
          </div>
        </fieldset>
      );
  }
}

type SelectProps = {
  readonly label: string;
  readonly variable: VariableView;
  readonly choose: (value: string) => void;
};

function Select({ label, variable: { options, value }, choose }: SelectProps) {
  return (
    <label class="variable">
      {label}
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {options.length === 0 && <option value="">No values found</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
