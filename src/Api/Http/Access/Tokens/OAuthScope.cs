namespace Marketing.Http;

/// <summary>
/// What a token is limited to: <c>api</c> is all of <c>/v1</c>, <c>client_api</c> all of <c>/client/v1</c>, and every other name the paths that begin with it, <c>client_</c> for
/// those of the client side.
/// </summary>
internal static class OAuthScope
{
    /// <summary>All of <c>/v1</c>.</summary>
    public const string Api = "api";

    /// <summary>All names there are, also of what is not there yet: clients ask for them as the reference has them.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        Api, "assets", "async-actions", "campaigns", "categories", "client_api", "client_consents", "client_customers", "client_events", "client_promotions", "client_publish",
        "client_qualifications", "client_redeem", "client_redemptions", "client_validate", "client_validations", "client_vouchers", "consents", "customers", "events", "exports",
        "locations", "loyalties", "metadata-schemas", "orders", "product-collections", "products", "promotions", "publications", "qualifications", "redemptions", "referrals",
        "rewards", "segments", "skus", "task-results", "templates", "trash-bin", "validation-rules-assignments", "validation-rules", "validations", "vouchers",
    ];

    /// <summary>The names in a list that separates them by spaces, each once; null when one of them is unknown.</summary>
    public static IReadOnlyList<string>? TryRead(string scope)
    {
        var names = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        return names.Count > 0 && names.All(Names.Contains) ? names : null;
    }

    /// <summary>Whether a token may be used at an endpoint.</summary>
    /// <param name="scope">What the token is limited to.</param>
    /// <param name="pattern">The path of the endpoint: <c>/v1/customers/{customerId}</c>.</param>
    public static bool Covers(string scope, string pattern) => pattern.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["v1", var resource, ..] => Has(scope, Api) || Has(scope, resource),
        ["client", "v1", var resource, ..] => Has(scope, "client_api") || Has(scope, $"client_{resource}"),
        _ => false,
    };

    private static bool Has(string scope, string name) => scope.Split(' ').Contains(name, StringComparer.Ordinal);
}

/// <summary>The endpoint takes keys only: a token must not make tokens. Endpoint metadata.</summary>
/// <param name="OrSessions">Whether a browser's session is as good as the key it began with, and ends with: the manager makes and revokes keys.</param>
internal sealed record KeysOnly(bool OrSessions = false);
