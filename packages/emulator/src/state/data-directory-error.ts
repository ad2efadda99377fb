/** A data directory that cannot be used; the message says why and what to do. */
export class DataDirectoryError extends Error {
  override readonly name = 'DataDirectoryError';
}

/** What to say of an error of the file system; other errors come back as they are. */
export const faultOf = (directory: string, error: unknown): unknown => {
  if (!(error instanceof Error) || !('code' in error)) return error;
  return new DataDirectoryError(textOf(directory, String(error.code), error.message), { cause: error });
};

const textOf = (directory: string, code: string, reason: string): string => {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `${directory} has no space left (${reason}): what was acknowledged before is kept, free some space`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${directory} cannot be read and written (${reason}): change its permissions, or name another directory`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `${directory} is no directory (${reason}): name one, it need not exist`;
    default:
      return `${directory} cannot be used (${reason}): name another directory`;
  }
};
