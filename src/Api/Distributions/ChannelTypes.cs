using System.Text.Json;
using Marketing.Http;

namespace Marketing.Distributions;

/// <summary>Which channels the deployment has; its silos know.</summary>
internal static class ChannelTypes
{
    /// <summary>The query parameter <c>channel</c>, which must name one.</summary>
    public static async ValueTask<string?> ChannelAsync(this QueryReader query, Caller caller, IGrainFactory grains)
    {
        var type = query.Text("channel");
        return await WhyNotAsync(type, caller.Number, grains) is { } rule ? throw QueryReader.Refuse("channel", rule) : type;
    }

    /// <summary>Why there is no channel of this type, or null when there is one. No type is none to refuse.</summary>
    public static async ValueTask<string?> WhyNotAsync(string? type, int project, IGrainFactory grains)
    {
        if (type is null)
        {
            return null;
        }

        using var catalog = JsonDocument.Parse((await grains.DistributionQueries(project).CatalogAsync()).Utf8);
        List<string> known = [.. catalog.RootElement.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("type").GetString()!)];
        return known.Contains(type) ? null : $"must be one of: {string.Join(", ", known)}";
    }
}
