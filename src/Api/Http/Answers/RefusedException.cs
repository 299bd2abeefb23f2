namespace Marketing.Http;

/// <summary>
/// Leaves a reader of untrusted input with the refusal to answer. Only for readers, which are many levels deep when they find
/// out; what a grain refuses comes back as a value.
/// </summary>
internal sealed class RefusedException(ApiError error) : Exception(error.Details ?? error.Message)
{
    public ApiError Error { get; } = error;
}
