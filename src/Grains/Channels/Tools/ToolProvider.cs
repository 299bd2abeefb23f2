using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketing.Channels.Tools;

/// <summary>What a tool must know of a customer to find the profile.</summary>
internal enum ToolIdentity
{
    /// <summary>Whatever there is.</summary>
    Any,
    Email,
    SourceId,
}

/// <summary>
/// A tool that keeps profiles of customers and is told of their codes. What tools have in common is here: settings, the way messages become items, and what answers mean. A tool adds its
/// calls. Writing to a profile is setting values, so a call made again changes nothing.
/// </summary>
internal abstract class ToolProvider : IHttpProvider
{
    private const int LongestName = 100;

    public abstract ProviderDescriptor Descriptor { get; }

    /// <summary>How many profiles one call takes.</summary>
    public virtual int MostAtOnce => 1;

    /// <summary>How many calls it bears at once.</summary>
    public virtual int AtOnce => 32;

    public virtual ToolIdentity Identity => ToolIdentity.Any;

    public virtual IEnumerable<FieldProblem> Check(ConnectionValues values)
    {
        if (values.Map("fields") is var fields && !fields.ContainsKey(ProfileFields.Code) && !fields.ContainsKey(ProfileFields.PromotionId))
        {
            yield return new FieldProblem("settings.fields", $"must say where {ProfileFields.Code} goes, or {ProfileFields.PromotionId}");
        }
    }

    public abstract Task<ConnectionCheck> TestAsync(ProviderCall call);

    public async Task<IReadOnlyList<DeliveryOutcome>> DeliverAsync(ProviderCall call, IReadOnlyList<ProviderItem> items) =>
        MostAtOnce == 1 ? [await DeliverAsync(call, (ProfileItem)items[0])] : await DeliverManyAsync(call, [.. items.Cast<ProfileItem>()]);

    /// <summary>Writes one profile, for a tool that takes one at a time.</summary>
    protected virtual Task<DeliveryOutcome> DeliverAsync(ProviderCall call, ProfileItem item) => throw new NotSupportedException();

    /// <summary>Writes several profiles, for a tool that takes many.</summary>
    protected virtual Task<IReadOnlyList<DeliveryOutcome>> DeliverManyAsync(ProviderCall call, IReadOnlyList<ProfileItem> items) => throw new NotSupportedException();

    /// <summary>The fields every tool has, around its own.</summary>
    /// <param name="own">Its own.</param>
    /// <param name="baseUrl">Where its API usually is; null where that must be said.</param>
    /// <param name="key">What its key is called.</param>
    /// <param name="attributes">What attributes are called there.</param>
    protected static IReadOnlyList<FieldDescriptor> FieldsAround(IEnumerable<FieldDescriptor> own, string? baseUrl, string key, string attributes) =>
    [
        .. own,
        new("fields", EntryKind.Map, attributes)
        {
            Required = true, Max = LongestName, Options = ProfileFields.Names, Help = $"Where each value goes: {string.Join(", ", ProfileFields.Names)}. What is not named is not sent.",
        },
        new("base_url", EntryKind.Url, "Address of the API") { Required = baseUrl is null, Max = 2_048, Default = baseUrl },
        new("api_key", EntryKind.Secret, key) { Required = true, Max = 1_000 },
    ];

    protected static string Url(ConnectionValues values, string baseUrl, string path) => (values.Text("base_url") ?? baseUrl).TrimEnd('/') + path;

    protected static HttpRequestMessage Json(HttpMethod method, string url, object? body, string mediaType = "application/json")
    {
        var request = new HttpRequestMessage(method, url);
        if (body is not null)
        {
            // With its length, which some want to know beforehand.
            request.Content = new ByteArrayContent(body is JsonNode node ? JsonSerializer.SerializeToUtf8Bytes(node) : JsonSerializer.SerializeToUtf8Bytes(body));
            request.Content.Headers.ContentType = new(mediaType);
        }

        request.Headers.Accept.Add(new(mediaType));
        return request;
    }

    /// <summary>The attributes as an object.</summary>
    protected static JsonObject Attributes(ProfileItem item)
    {
        var attributes = new JsonObject();
        foreach (var (name, value) in item.Attributes)
        {
            attributes[name] = value;
        }

        return attributes;
    }

    /// <summary>The same outcome for all.</summary>
    protected static IReadOnlyList<DeliveryOutcome> All(IReadOnlyList<ProfileItem> items, DeliveryOutcome outcome) => [.. Enumerable.Repeat(outcome, items.Count)];

    protected static ConnectionCheck Checked(ProviderAnswer answer, string? said, string works = "The tool knows the credentials.") => answer.IsSuccess
        ? new ConnectionCheck(true, works)
        : new ConnectionCheck(false, answer.Failure(said) switch
        {
            DeliveryOutcome.TemporaryFailure failure => failure.Reason,
            DeliveryOutcome.PermanentFailure failure => failure.Reason,
            _ => $"HTTP {answer.Status}",
        });
}
