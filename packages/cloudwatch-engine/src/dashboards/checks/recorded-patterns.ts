// As PutDashboard's own answers give them, letter by letter.
const PERCENT = String.raw`(100(.0{0,10})?|\d{1,2})(\.\d{0,10})?%`;
const AMOUNT = String.raw`((\d+(\.\d{0,10})?)|(\d+(\.\d{0,10})?[Ee][+-]?\d+))`;

/** The statistics that a metric or a widget may ask for. */
export const STATISTIC = new RegExp(
  [
    '^((SampleCount|Average|Sum|Minimum|Maximum|IQM)',
    String.raw`(p|tc|tm|ts|wm)(100(.0{0,10})?|\d{1,2})(\.\d{0,10})?`,
    String.raw`[ou](\d+(\.\d{0,10})?)(_E|_L|_H)?`,
    String.raw`((TM|TC|TS|WM)\((${PERCENT}):(${PERCENT})?\)`,
    String.raw`(TM|TC|TS|WM)\((${PERCENT})?:(${PERCENT})\))`,
    String.raw`(((TM|TC|TS|WM)|(PR))\(${AMOUNT}:${AMOUNT}?\))`,
    String.raw`(((TM|TC|TS|WM)|(PR))\(${AMOUNT}?:${AMOUNT}\)))$`,
  ].join('|'),
);

const DAY = String.raw`(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31`;
const LEAP_YEAR = String.raw`(?:[1-9]\d(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)`;
const TIME = String.raw`T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-][01]\d:[0-5]\d)`;

/** An instant in ISO 8601, or the beginning of a time before now. */
export const START = new RegExp(String.raw`(^(?:[1-9]\d{3}-(?:${DAY})|${LEAP_YEAR}-02-29)${TIME}$)|(^\-?P(T|\d))`);

const PARTITION = 'aws(-cn|-us-gov|-iso(-[bef])?|-eusc)?';

export const FUNCTION_ARN = new RegExp(
  String.raw`^arn:${PARTITION}:lambda:[a-z]{2,}(-[a-z]+)*-[0-9]{1,2}:[0-9]{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?$`,
);

export const ALARM_ARN = new RegExp(
  `^arn:${PARTITION}:cloudwatch:([a-z]{2}|[a-z]{4})(-[a-z]+)*-[0-9]{1,2}:[0-9]{12}:alarm:.{1,255}$`,
);
