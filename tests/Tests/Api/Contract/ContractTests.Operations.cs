using System.Text.Json;

namespace Marketing.Api;

public sealed partial class ContractTests
{
    /// <summary>What both have.</summary>
    private sealed record Operation(string Endpoint, JsonElement Ours, ReferenceOperation Reference)
    {
        public bool Erases => Method == "DELETE" || Endpoint.Contains("deletion", StringComparison.Ordinal);

        public bool Disables => Endpoint.EndsWith("/disable", StringComparison.Ordinal);

        /// <summary>Whether the code in its path is that of a voucher it makes.</summary>
        public bool MakesCode => Endpoint is "POST /v1/vouchers/{code}" or "POST /v1/campaigns/{campaignId}/vouchers/{code}";

        /// <summary>Whether the campaign in its path is one of promotion tiers.</summary>
        public bool IsOfPromotion => Path.StartsWith("/v1/promotions/", StringComparison.Ordinal);

        /// <summary>Whether the campaign in its path is a loyalty programme.</summary>
        public bool IsOfLoyalty => Path.StartsWith("/v1/loyalties/", StringComparison.Ordinal);

        /// <summary>Whether the campaign and the code in its path are those of a referral programme.</summary>
        public bool IsOfReferral => Path.StartsWith("/v1/referrals/", StringComparison.Ordinal);

        /// <summary>Whether it needs an object that has no assignment yet.</summary>
        public bool AssignsOnce => Endpoint == "POST /v1/validation-rules/{validationRuleId}/assignments";

        /// <summary>Whether it makes what a project has one of.</summary>
        public bool MakesTheOnly => Endpoint is "POST /management/v1/projects/{projectId}/stacking-rules" or "POST /management/v1/projects/{projectId}/branding";

        public string Method => Endpoint.Split(' ')[0];

        public string Path => Endpoint.Split(' ')[1];

        public JsonElement? BodySchema => Ours.TryGetProperty("requestBody", out var body) ? Schema(body) : null;

        public JsonElement? AnswerSchema => Ours.GetProperty("responses").EnumerateObject().Where(answer => answer.Name == $"{Reference.Facts.GetProperty("status")}")
            .Select(answer => Schema(answer.Value)).FirstOrDefault();

        public string? Example => Ours.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json)
            ? json.GetProperty("example").GetRawText()
            : null;

        public bool IsForm => Ours.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/x-www-form-urlencoded", out _);

        /// <summary>The example of a form, with a token that there is.</summary>
        public FormUrlEncodedContent Form(string token) => new(
            Ours.GetProperty("requestBody").GetProperty("content").GetProperty("application/x-www-form-urlencoded").GetProperty("example").EnumerateObject()
                .Select(field => KeyValuePair.Create(field.Name, field.Name == "access_token" ? token : field.Value.GetString()!)));

        private static JsonElement? Schema(JsonElement holder) =>
            holder.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var json) ? json.GetProperty("schema") : null;
    }
}
