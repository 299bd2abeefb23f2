namespace Marketing.Http;

/// <summary>One of the three doors of the API: which headers carry its credentials, and which kind of key opens it. Endpoint metadata.</summary>
/// <param name="Kind">The kind of key.</param>
/// <param name="IdHeader">Header with the application id.</param>
/// <param name="TokenHeader">Header with the token.</param>
internal sealed record Surface(string Kind, string IdHeader, string TokenHeader)
{
    /// <summary><c>/v1</c>: the shop's own servers.</summary>
    public static readonly Surface Server = new(AccessKeys.Server, "X-App-Id", "X-App-Token");

    /// <summary><c>/client/v1</c>: browsers and apps of customers.</summary>
    public static readonly Surface Client = new(AccessKeys.Client, "X-Client-Application-Id", "X-Client-Token");

    /// <summary><c>/management/v1</c>: the operator.</summary>
    public static readonly Surface Management = new(AccessKeys.Management, "X-Management-Id", "X-Management-Token");
}
