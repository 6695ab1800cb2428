/** An error that Secrets Manager answers with. */
export class ServiceError extends Error {
  override readonly name: string;

  constructor(
    code:
      | "ResourceNotFoundException"
      | "ResourceExistsException"
      | "InvalidParameterException"
      | "InvalidRequestException"
      | "AccessDeniedException"
      | "UnknownOperationException"
      | "UnrecognizedClientException",
    message: string,
  ) {
    super(message);
    this.name = code;
  }
}
