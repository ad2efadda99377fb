/** An AWS error as it goes over the wire: shape name, code of the old query protocol, HTTP status, message. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** Shape, e.g. `QueueDoesNotExist`, with its namespace where it has one. */
  readonly shape: string;
  /** Code that `x-amzn-query-error` carries, e.g. `AWS.SimpleQueueService.NonExistentQueue`. */
  readonly queryCode: string;
  readonly status: number;
  /** More members of the shape, e.g. `dashboardValidationMessages`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    shape: string,
    queryCode: string,
    message: string,
    status = 400,
    members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.shape = shape;
    this.queryCode = queryCode;
    this.status = status;
    this.members = members;
  }
}

/** An error of the layer that AWS's services share (Coral). */
export const coralError = (shape: string, message: string, status = 400): ServiceError =>
  new ServiceError(`com.amazon.coral.service#${shape}`, shape, message, status);
