namespace Marketing.Api;

/// <summary>
/// Where this API differs from the reference, and why. <see cref="ContractTests"/> compares: whatever differs and is not here fails, and so does what is here and does not
/// differ any more.
/// </summary>
internal static class Differences
{
    private const string OwnProjects = "Projects are this engine's own resource: it has fewer settings, and refuses what it does not know, so that no setting quietly has no effect.";

    private const string NotExported = "There are no such objects to export yet: whoever adds them adds an IExportSource.";
    private const string NoUsers = "The one who asked, when that was somebody who was logged in. Behind a key nobody is.";

    /// <summary>By what the test says; a * at the end stands for whatever follows.</summary>
    public static readonly IReadOnlyDictionary<string, string> Known = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["query: GET /v1/customers/{customerId}/activities product_id"] = "Deprecated there, and no entry of an activity names a product.",
        ["query: GET /v1/customers/{customerId}/redeemables filters"] = "Nobody has redeemables yet: there is nothing to filter.",
        ["body: POST /v1/segments .filter is refused as {}"] = "A filter without a condition is everybody, or nobody: whoever sends one is asked.",
        ["body: POST /v1/segments .type is refused as \"static\""] = "The example has no customers, which a static segment must have.",
        ["body: POST /v1/orders .customer*"] = "The order is there, and is another customer's: an order stays with its customer.",
        ["body: PUT /v1/orders/{orderId} .customer*"] = "An order stays with its customer.",
        ["body: POST /v1/exports .exported_object is refused as \"voucher\""] = NotExported,
        ["body: POST /v1/exports .exported_object is refused as \"redemption\""] = NotExported,
        ["body: POST /v1/exports .exported_object is refused as \"publication\""] = NotExported,
        ["body: POST /v1/exports .exported_object is refused as \"points_expiration\""] = NotExported,
        ["body: POST /v1/exports .exported_object is refused as \"voucher_transactions\""] = NotExported,
        ["body: POST /v1/exports .parameters.order*"] = "The orders of all kinds of objects are in one list there; each kind has its own.",
        ["answer: POST /v1/exports .user_id is null"] = NoUsers,
        ["answer: POST /v1/orders/export .user_id is null"] = NoUsers,
        ["body: POST /management/v1/projects .*"] = OwnProjects,
        ["body: PUT /management/v1/projects/{projectId} .*"] = OwnProjects,
        ["answer: GET /management/v1/projects .*"] = OwnProjects,
        ["answer: GET /management/v1/projects/{projectId} .*"] = OwnProjects,
        ["answer: POST /management/v1/projects .*"] = OwnProjects,
        ["answer: PUT /management/v1/projects/{projectId} .*"] = OwnProjects,
        ["answer in the document: GET /management/v1/projects .*"] = OwnProjects,
        ["answer in the document: GET /management/v1/projects/{projectId} .*"] = OwnProjects,
        ["answer in the document: POST /management/v1/projects .*"] = OwnProjects,
        ["answer in the document: PUT /management/v1/projects/{projectId} .*"] = OwnProjects,
    };

    public static bool Covers(string difference, string problem) =>
        difference.EndsWith('*') ? problem.StartsWith(difference[..^1], StringComparison.Ordinal) : problem == difference;
}
