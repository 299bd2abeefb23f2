using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketing.Channels.Tools;

/// <summary>Batch, attributes of profiles: https://doc.batch.com/developer/api/cep/profiles/update. Addresses of pictures are sent as what they are, which may be longer than a text.</summary>
internal sealed class BatchProvider : ToolProvider
{
    private const string Default = "https://api.batch.com";
    private const string Version = "2.11";

    public override ProviderDescriptor Descriptor { get; } = new("batch", "batch", "Batch")
    {
        Documentation = "https://doc.batch.com/developer/api/cep/profiles/update",
        Fields = FieldsAround(
            [
                new("project_key", EntryKind.Line, "Project key") { Required = true, Max = 100, Help = "As in project_…" },
                new("version", EntryKind.Line, "Version of the API") { Max = 10, Default = Version },
            ],
            Default, "REST API key", "Attributes, without u. before them"),
    };

    public override int MostAtOnce => 200;

    public override ToolIdentity Identity => ToolIdentity.SourceId;

    public override IEnumerable<FieldProblem> Check(ConnectionValues values) => base.Check(values).Concat(values.Map("fields")
        .Where(static field => field.Value.Length > 30 || !field.Value.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'))
        .Select(static field => new FieldProblem($"settings.fields.{field.Key}", "must be at most 30 lower-case letters, digits and underscores")));

    protected override async Task<IReadOnlyList<DeliveryOutcome>> DeliverManyAsync(ProviderCall call, IReadOnlyList<ProfileItem> items)
    {
        var answer = await call.SendAsync(Update(call.Values, new JsonArray([.. items.Select(static item => new JsonObject
        {
            ["identifiers"] = new JsonObject { ["custom_id"] = item.SourceId },
            ["attributes"] = Typed(item),
        })])));
        if (!answer.IsSuccess)
        {
            return All(items, answer.Failure($"{answer.Text("error_code")} {answer.Text("error_message")}".Trim()));
        }

        var outcomes = All(items, new DeliveryOutcome.Sent($"HTTP {answer.Status}")).ToArray();
        foreach (var error in answer.Items("errors"))
        {
            if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty("bulk_index", out var at) && at.TryGetInt32(out var index) && index >= 0 && index < outcomes.Length)
            {
                outcomes[index] = new DeliveryOutcome.PermanentFailure($"Batch did not take {PlainText.Start(ProfileFields.At(error, "attribute") ?? "it", 60)}: {PlainText.Start(ProfileFields.At(error, "reason") ?? "", 200)}");
            }
        }

        return outcomes;
    }

    // There is no call that changes nothing: an empty list is refused, and how tells whether the key is known.
    public override async Task<ConnectionCheck> TestAsync(ProviderCall call)
    {
        var answer = await call.SendAsync(Update(call.Values, []));
        return answer.Status == 400 ? new ConnectionCheck(true, "The tool knows the credentials, as far as can be told.") : Checked(answer, $"{answer.Text("error_code")} {answer.Text("error_message")}".Trim());
    }

    private static JsonObject Typed(ProfileItem item)
    {
        var attributes = new JsonObject();
        foreach (var (name, value) in item.Attributes)
        {
            attributes[Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? $"url({name})" : name] = value;
        }

        return attributes;
    }

    private static HttpRequestMessage Update(ConnectionValues values, JsonArray profiles)
    {
        var request = Json(HttpMethod.Post, Url(values, Default, $"/{Uri.EscapeDataString(values.Text("version") ?? Version)}/profiles/update"), profiles);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", values.Line("api_key"));
        request.Headers.TryAddWithoutValidation("x-batch-project", values.Line("project_key"));
        return request;
    }
}
