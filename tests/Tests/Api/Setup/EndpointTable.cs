namespace Marketing.Api;

/// <summary>Every endpoint behind a key, with a body that it takes.</summary>
internal static class EndpointTable
{
    private static readonly Dictionary<string, string?> Bodies = new(StringComparer.Ordinal)
    {
        ["POST /v1/customers"] = Samples.Customer,
        ["GET /v1/customers"] = null,
        ["GET /v1/customers/{customerId}"] = null,
        ["PUT /v1/customers/{customerId}"] = Samples.Customer,
        ["DELETE /v1/customers/{customerId}"] = null,
        ["POST /v1/customers/{customerId}/permanent-deletion"] = null,
        ["GET /v1/customers/{customerId}/activity"] = null,
        ["GET /v1/customers/{customerId}/activities"] = null,
        ["GET /v1/customers/{customerId}/segments"] = null,
        ["GET /v1/customers/{customerId}/redeemables"] = null,
        ["POST /v1/customers/importCSV"] = null,
        ["POST /v1/customers/bulk/async"] = $"[{Samples.Customer}]",
        ["POST /v1/customers/metadata/async"] = """{"source_ids":["s-1"],"metadata":{"a":1}}""",
        ["POST /v1/segments"] = Samples.Segment,
        ["GET /v1/segments"] = null,
        ["GET /v1/segments/{segmentId}"] = null,
        ["PUT /v1/segments/{segmentId}"] = Samples.SegmentChange,
        ["DELETE /v1/segments/{segmentId}"] = null,
        ["POST /v1/events"] = Samples.Event,
        ["POST /v1/events/bulk"] = $"[{Samples.Event}]",
        ["POST /v1/orders"] = Samples.Order,
        ["GET /v1/orders"] = null,
        ["GET /v1/orders/{orderId}"] = null,
        ["PUT /v1/orders/{orderId}"] = Samples.Order,
        ["POST /v1/orders/import"] = $"[{Samples.Order}]",
        ["POST /v1/products"] = Samples.Product,
        ["GET /v1/products"] = null,
        ["GET /v1/products/{productId}"] = null,
        ["PUT /v1/products/{productId}"] = Samples.Product,
        ["DELETE /v1/products/{productId}"] = null,
        ["POST /v1/products/bulk/async"] = $"[{Samples.Product}]",
        ["POST /v1/products/metadata/async"] = """{"source_ids":["p-1"],"metadata":{"a":1}}""",
        ["POST /v1/products/importCSV"] = null,
        ["GET /v1/products/{productId}/skus"] = null,
        ["POST /v1/products/{productId}/skus"] = Samples.Sku,
        ["PUT /v1/products/{productId}/skus/{skuId}"] = Samples.Sku,
        ["DELETE /v1/products/{productId}/skus/{skuId}"] = null,
        ["GET /v1/skus/{skuId}"] = null,
        ["POST /v1/skus/importCSV"] = null,
        ["POST /v1/categories"] = Samples.Category,
        ["GET /v1/categories"] = null,
        ["GET /v1/categories/{categoryId}"] = null,
        ["PUT /v1/categories/{categoryId}"] = Samples.Category,
        ["DELETE /v1/categories/{categoryId}"] = null,
        ["POST /v1/orders/export"] = """{"parameters":{"fields":["id"],"order":"-created_at","filters":{"status":{"conditions":{"$is":["PAID"]}}}}}""",
        ["POST /v1/exports"] = Samples.Export,
        ["GET /v1/exports"] = null,
        ["GET /v1/exports/{exportId}"] = null,
        ["DELETE /v1/exports/{exportId}"] = null,
        ["POST /v1/oauth/token"] = null,
        ["POST /v1/oauth/introspect"] = null,
        ["POST /v1/oauth/token/revoke"] = null,
        ["GET /v1/async-actions"] = null,
        ["GET /v1/async-actions/{asyncActionId}"] = null,
        ["GET /v1/distributions/catalog"] = null,
        ["POST /v1/distributions"] = Samples.Distribution,
        ["GET /v1/distributions"] = null,
        ["GET /v1/distributions/{distributionId}"] = null,
        ["PUT /v1/distributions/{distributionId}"] = Samples.Distribution,
        ["DELETE /v1/distributions/{distributionId}"] = null,
        ["POST /v1/distributions/{distributionId}/activate"] = null,
        ["POST /v1/distributions/{distributionId}/pause"] = null,
        ["POST /v1/distributions/{distributionId}/resume"] = null,
        ["POST /v1/distributions/{distributionId}/stop"] = null,
        ["POST /v1/distributions/{distributionId}/duplicate"] = null,
        ["POST /v1/distributions/{distributionId}/validate"] = null,
        ["POST /v1/distributions/{distributionId}/preview"] = """{"customer":"c-1"}""",
        ["POST /v1/distributions/{distributionId}/test"] = """{"customer":{"id":"c-1"},"channel":"email","addresses":["me@example.com"]}""",
        ["GET /v1/distributions/{distributionId}/audience"] = null,
        ["GET /v1/distributions/{distributionId}/messages"] = null,
        ["POST /v1/distributions/{distributionId}/messages/retry"] = """{"message_ids":["msg_1"]}""",
        ["GET /v1/distributions/{distributionId}/analytics"] = null,
        ["GET /v1/distributions/{distributionId}/activity"] = null,
        ["GET /v1/distributions/{distributionId}/activity/stream"] = null,
        ["GET /v1/suppressions"] = null,
        ["POST /v1/suppressions"] = Samples.Suppression,
        ["DELETE /v1/suppressions/{channel}/{address}"] = null,
        ["POST /client/v1/events"] = Samples.Event,
        ["POST /client/v1/customers"] = Samples.Customer,
        ["POST /management/v1/projects"] = Samples.Project,
        ["GET /management/v1/projects"] = null,
        ["GET /management/v1/projects/{projectId}"] = null,
        ["PUT /management/v1/projects/{projectId}"] = Samples.Project,
    };

    public static IEnumerable<string> All => Bodies.Keys;

    public static IEnumerable<string> WithBody => All.Where(endpoint => Bodies[endpoint] is not null);

    public static IEnumerable<string> WithId => All.Where(endpoint => endpoint.Contains('{', StringComparison.Ordinal));

    public static IEnumerable<string> Reading => All.Where(endpoint => endpoint.StartsWith("GET", StringComparison.Ordinal));

    /// <summary>Method, path with every parameter replaced, and body.</summary>
    public static (string Method, string Path, string? Body) Request(string endpoint, string id = "unknown")
    {
        var parts = endpoint.Split(' ');
        return (parts[0], System.Text.RegularExpressions.Regex.Replace(parts[1], "{[a-zA-Z]+}", id), Bodies[endpoint]);
    }
}
