using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Distributions;

/// <summary>What a campaign of points or referrals usually tells its customers, as drafts to be created and edited like any other.</summary>
internal static class DistributionPresets
{
    private static readonly Preset Published = new(
        TriggerCatalogue.Published, "Successfully published", "Your code", "<p>Hello {{ customer.name }},</p><p>your code is <b>{{ voucher.code }}</b>.</p>");

    private static readonly Preset Joined = Published with { Subject = "Your card", Html = "<p>Hello {{ customer.name }},</p><p>the number of your card is <b>{{ voucher.code }}</b>.</p>" };

    private static readonly Preset Invited = Published with
    {
        Subject = "Your code for friends",
        Html = "<p>Hello {{ customer.name }},</p><p>with the code <b>{{ voucher.code }}</b> your friends get {{ voucher.value }} off.</p>",
    };

    private static readonly Preset Earned = new(
        TriggerCatalogue.RewardedPoints, "Customer rewarded loyalty points", "You earned points",
        "<p>Hello {{ customer.name }},</p><p>you got {{ balance.points }} points and have {{ membership.balance }} now.</p>");

    private static readonly Preset Redeemed = new(
        TriggerCatalogue.RewardRedeemed, "Reward redeemed", "Your reward", "<p>Hello {{ customer.name }},</p><p>you got {{ reward.name }} for your points and have {{ membership.balance }} now.</p>");

    private static readonly Preset Referred = new(
        TriggerCatalogue.Referred, "Customer was referred", "Welcome", "<p>Hello {{ customer.name }},</p><p>{{ referrer.name }} brought you here.</p>");

    public static void MapDistributionPresets(this IEndpointRouteBuilder v1) =>
        v1.MapGet("/campaigns/{campaignId}/distributions/presets", ListAsync).WithName("ListDistributionPresets").WithTags("Distributions").WithPath("campaignId", "The id or the name of the campaign.");

    /// <summary>
    /// Drafts for a loyalty programme or a referral programme, ready for POST /v1/distributions: mails that tell of a code or card, of points, of a reward, of a referral. Other campaigns have none. Nothing is made by asking.
    /// </summary>
    internal static async Task<Results<Wire<DataList<RawJson>>, ApiError>> ListAsync(string campaignId, Caller caller, IGrainFactory grains, CancellationToken cancellation)
    {
        if (Ids.Reference(campaignId) is not { } reference || await grains.CampaignQueries(caller.Number).FindAsync(reference, cancellation) is not { } found)
        {
            return ApiError.NotFound("campaign", campaignId);
        }

        var campaign = found.ToElement();
        var (id, name) = (campaign.GetProperty("id").GetString()!, campaign.GetProperty("name").GetString()!);
        IReadOnlyList<Preset> presets = campaign.GetProperty("campaign_type").GetString() switch
        {
            "LOYALTY_PROGRAM" => [Redeemed, Joined, Earned],
            "REFERRAL_PROGRAM" => [Invited, Referred],
            _ => [],
        };
        var drafts = presets.Select(preset => preset.For(id, name)).Select(static draft => new RawJson(JsonSerializer.SerializeToUtf8Bytes(draft, WireJson.Options))).ToList();
        return Wire.Ok(new DataList<RawJson>(drafts, drafts.Count));
    }

    /// <summary>A mail about one trigger.</summary>
    private sealed record Preset(string Trigger, string Label, string Subject, string Html)
    {
        private const int MostOfName = 100;

        public JsonObject For(string campaign, string name) => new()
        {
            ["name"] = $"{(name.Length > MostOfName ? name[..MostOfName] : name)}: {Label}",
            ["type"] = "automatic",
            ["trigger"] = new JsonObject { ["type"] = Trigger, ["campaign_id"] = campaign },
            ["action"] = new JsonObject { ["type"] = TriggerCatalogue.Find(Trigger)!.Actions[0] },
            ["channels"] = new JsonArray(new JsonObject
            {
                ["type"] = "email",
                ["template"] = new JsonObject { ["subject"] = Subject, ["html"] = $"{Html}<p><a href=\"{{{{ unsubscribe_url }}}}\">Unsubscribe</a></p>" },
            }),
        };
    }
}
