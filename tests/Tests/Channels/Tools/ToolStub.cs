using System.Text;
using System.Text.Json;
using Marketing.Testing;

namespace Marketing.Channels.Tools;

/// <summary>A vendor as its documentation describes it: refuses whatever it does not describe.</summary>
internal static class ToolStub
{
    /// <summary>Path, key header and shape of a write, or what is wrong with it.</summary>
    public static SinkAnswer Answer(string tool, SinkRequest request)
    {
        var problem = Problem(tool, request);
        return problem is null ? Json(SuccessOf(tool), BodyOf(tool, request)) : Json(400, JsonSerializer.Serialize(new { message = problem, detail = problem, title = problem, error_message = problem, errors = new[] { new { message = problem, detail = problem, title = problem } } }));
    }

    public static SinkAnswer Json(int status, string body) => SinkAnswer.Of(status, ("Content-Type", "application/json")) with { Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>What was entered for a connection.</summary>
    public static (object Settings, object Credentials) Entered(string tool, string url)
    {
        object fields = tool == "activecampaign" ? new { code = "12", value = "13" } : new { code = "voucher_code", value = "voucher_value", qr_url = "voucher_qr" };
        return (tool switch
        {
            "mailchimp" => new { base_url = url, list_id = "list1", fields },
            "batch" => new { base_url = url, project_key = "project_1", fields },
            _ => (object)new { base_url = url, fields },
        }, new { api_key = "key" });
    }

    /// <summary>The values that a request writes for a code.</summary>
    public static bool Writes(string tool, SinkRequest request) => tool switch
    {
        "shopify" => request.Text.Contains("metafieldsSet", StringComparison.Ordinal),
        "intercom" => request.Method == "PUT" || (request.Method == "POST" && request.Path == "/contacts"),
        _ => request.Method is not "GET",
    };

    /// <summary>How many profiles a write has.</summary>
    public static int ProfilesOf(string tool, SinkRequest request) => tool switch
    {
        "braze" => JsonElement.Parse(request.Text).GetProperty("attributes").GetArrayLength(),
        "batch" => JsonElement.Parse(request.Text).GetArrayLength(),
        _ => 1,
    };

    private static string? Problem(string tool, SinkRequest request)
    {
        var body = request.Text.Length > 0 ? JsonElement.Parse(request.Text) : default;
        string Header(string name) => request.Headers.GetValueOrDefault(name, "");
        try
        {
            return tool switch
            {
                "braze" => When(request is { Method: "POST", Path: "/users/track" } && Header("authorization") == "Bearer key") ?? Each(body.GetProperty("attributes"), profile =>
                    profile.EnumerateObject().Count(field => field.Name is "external_id" or "email" or "phone" or "braze_id" or "user_alias") == 1 && profile.GetRawText().Contains("voucher_code", StringComparison.Ordinal)),
                "mailchimp" => When(request is { Method: "PATCH", Path: "/3.0/lists/list1/members/3e3417d7ef77d5932a6734b916515ed5?skip_merge_validation=true" })
                    ?? When(Header("authorization").StartsWith("Basic ", StringComparison.Ordinal)) ?? When(body.GetProperty("merge_fields").GetProperty("voucher_code").GetString() == "CODE-1" && !body.TryGetProperty("status", out _)),
                "klaviyo" => When(request is { Method: "POST", Path: "/api/profile-import" } && Header("authorization") == "Klaviyo-API-Key key" && Header("revision") == "2026-10-15" && Header("content-type") == "application/vnd.api+json")
                    ?? When(body.GetProperty("data") is var data && data.GetProperty("type").GetString() == "profile" && data.GetProperty("attributes").GetProperty("external_id").GetString() == "src_1"
                        && data.GetProperty("attributes").GetProperty("phone_number").GetString() == "+48501234567" && data.GetProperty("attributes").GetProperty("properties").GetProperty("voucher_code").GetString() == "CODE-1"),
                "intercom" => When(Header("authorization") == "Bearer key" && Header("intercom-version").Length > 0) ?? (request.Method switch
                {
                    "GET" => When(request.Path == "/contacts/find_by_external_id/src_1"),
                    _ => When(request is { Method: "PUT", Path: "/contacts/ic-1" } && body.GetProperty("custom_attributes").GetProperty("voucher_code").GetString() == "CODE-1"),
                }),
                "activecampaign" => When(request is { Method: "POST", Path: "/api/3/contact/sync" } && Header("api-token") == "key") ?? When(body.GetProperty("contact") is var contact
                    && contact.GetProperty("email").GetString()!.Contains('@') && contact.GetProperty("fieldValues")[0].GetProperty("field").GetString() == "12" && contact.GetProperty("fieldValues")[0].GetProperty("value").GetString() == "CODE-1"),
                "batch" => When(request is { Method: "POST", Path: "/2.11/profiles/update" } && Header("authorization") == "Bearer key" && Header("x-batch-project") == "project_1") ?? Each(body, profile =>
                    profile.GetProperty("identifiers").GetProperty("custom_id").GetString()!.StartsWith("src_", StringComparison.Ordinal) && profile.GetProperty("attributes").TryGetProperty("voucher_code", out _)
                    && profile.GetProperty("attributes").TryGetProperty("url(voucher_qr)", out _)),
                _ => When(request is { Method: "POST", Path: "/admin/api/2026-10/graphql.json" } && Header("x-shopify-access-token") == "key") ?? When(body.GetProperty("query").GetString()!.StartsWith("query", StringComparison.Ordinal)
                    ? body.GetProperty("variables").GetProperty("by").GetProperty("emailAddress").GetString()!.Contains('@')
                    : body.GetProperty("variables").GetProperty("fields")[0] is var field && field.GetProperty("ownerId").GetString() == "gid://shopify/Customer/1" && field.GetProperty("value").ValueKind == JsonValueKind.String
                        && field.GetProperty("type").GetString() == "single_line_text_field" && field.GetProperty("namespace").GetString() == "vouchers" && field.GetProperty("key").GetString() == "voucher_code"),
            };
        }
        catch (Exception missing) when (missing is KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return missing.Message;
        }
    }

    private static string? When(bool isRight) => isRight ? null : "not as documented";

    private static string? Each(JsonElement list, Func<JsonElement, bool> isRight) => When(list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(isRight));

    private static int SuccessOf(string tool) => tool switch { "braze" => 201, "batch" => 202, _ => 200 };

    private static string BodyOf(string tool, SinkRequest request) => tool switch
    {
        "braze" => """{"message":"success","attributes_processed":1}""",
        "batch" => """{"code":"SUCCESS"}""",
        "klaviyo" => """{"data":{"type":"profile","id":"01K"}}""",
        "shopify" when request.Text.Contains("customerByIdentifier", StringComparison.Ordinal) => """{"data":{"customerByIdentifier":{"id":"gid://shopify/Customer/1"}}}""",
        "shopify" => """{"data":{"metafieldsSet":{"metafields":[{"id":"m"}],"userErrors":[]}}}""",
        "activecampaign" => """{"contact":{"id":"7"}}""",
        _ => """{"id":"ic-1"}""",
    };
}
