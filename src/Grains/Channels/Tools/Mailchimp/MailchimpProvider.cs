using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Marketing.Channels.Tools;

/// <summary>Mailchimp, merge fields of list members: https://mailchimp.com/developer/marketing/api/list-members/.</summary>
internal sealed class MailchimpProvider : ToolProvider
{
    public override ProviderDescriptor Descriptor { get; } = new("mailchimp", "mailchimp", "Mailchimp")
    {
        Documentation = "https://mailchimp.com/developer/marketing/api/list-members/",
        Fields = FieldsAround(
            [
                new("list_id", EntryKind.Line, "Audience") { Required = true, Max = 64, Help = "Its id." },
                new("create_contacts", EntryKind.Flag, "Add contacts") { Default = "no", Help = "Whether customers are added who are not in the audience, as transactional contacts. Otherwise their messages fail." },
            ],
            "https://{dc}.api.mailchimp.com, by the end of the key", "API key", "Merge tags"),
    };

    public override ToolIdentity Identity => ToolIdentity.Email;

    // It allows ten at once, over everything that has the key.
    public override int AtOnce => 8;

    public override IEnumerable<FieldProblem> Check(ConnectionValues values)
    {
        foreach (var problem in base.Check(values))
        {
            yield return problem;
        }

        if (values.Text("base_url") is null && (DataCenter(values) is not { Length: > 0 and <= 10 } dc || !dc.All(char.IsAsciiLetterOrDigit)))
        {
            yield return new FieldProblem("credentials.api_key", "must end with a dash and the data center, as in …-us21");
        }
    }

    protected override async Task<DeliveryOutcome> DeliverAsync(ProviderCall call, ProfileItem item)
    {
        var creates = call.Values.Flag("create_contacts");
        var body = new JsonObject { ["merge_fields"] = Attributes(item) };
        if (creates)
        {
            (body["email_address"], body["status_if_new"]) = (item.Email, "transactional");
        }

        var answer = await call.SendAsync(Request(
            call.Values, creates ? HttpMethod.Put : HttpMethod.Patch, $"/lists/{Uri.EscapeDataString(call.Values.Line("list_id"))}/members/{HashOf(item.Email!)}?skip_merge_validation=true", body));
        return answer switch
        {
            { IsSuccess: true } => new DeliveryOutcome.Sent($"HTTP {answer.Status}"),
            { Status: 404 } when !creates => new DeliveryOutcome.PermanentFailure("The contact is not in the audience."),

            // Under load the edge refuses so, without a word.
            { Status: 403, Body: null } => new DeliveryOutcome.TemporaryFailure("HTTP 403 without a reason", answer.RetryAfter, BurnsAttempt: false),
            _ => answer.Failure($"{answer.Text("title")} {answer.Text("detail")}".Trim()),
        };
    }

    public override async Task<ConnectionCheck> TestAsync(ProviderCall call)
    {
        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Get, $"/lists/{Uri.EscapeDataString(call.Values.Line("list_id"))}", null));
        return Checked(answer, $"{answer.Text("title")} {answer.Text("detail")}".Trim(), $"The audience is {answer.Text("name")}.");
    }

    [SuppressMessage("Security", "CA5351", Justification = "The hash names the member; the provider says which.")]
    internal static string HashOf(string email) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())));

    private static string? DataCenter(ConnectionValues values) => values.Line("api_key") is var key && key.LastIndexOf('-') is >= 0 and var dash ? key[(dash + 1)..] : null;

    private static HttpRequestMessage Request(ConnectionValues values, HttpMethod method, string path, JsonObject? body)
    {
        var request = Json(method, Url(values, $"https://{DataCenter(values)}.api.mailchimp.com", "/3.0" + path), body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"key:{values.Line("api_key")}")));
        return request;
    }
}
