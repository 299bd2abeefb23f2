using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Http;

namespace Marketing.Exports;

/// <summary>Reads what an export is to contain.</summary>
internal static class ExportReader
{
    public static ExportDefinition Read(Payload body, string exportedObject)
    {
        var definition = Read(body.Object("parameters"), exportedObject);
        return exportedObject == "voucher" && body.Object("parameters") is { } parameters && parameters.Identifier("campaign_id") is { } campaign
            ? definition with { Filters = With(parameters, definition.Filters, "campaign_id", campaign) }
            : definition;
    }

    /// <summary>Of the changes of the balances of some cards.</summary>
    /// <param name="body">What is asked for besides.</param>
    /// <param name="field">What tells the cards: <c>voucher_id</c> or <c>campaign_id</c>.</param>
    /// <param name="id">Its value.</param>
    public static ExportDefinition Transactions(Payload? body, string field, string id)
    {
        var parameters = body?.Object("parameters");
        var definition = Read(parameters, "voucher_transactions");
        return definition with { Filters = With(parameters, definition.Filters, field, id) };
    }

    /// <summary>Of the points of a programme's cards by when they end.</summary>
    /// <param name="body">What is asked for besides.</param>
    /// <param name="campaign">The programme's id.</param>
    public static ExportDefinition PointsExpiration(Payload? body, string campaign)
    {
        var parameters = body?.Object("parameters");
        var definition = Read(parameters, "points_expiration");
        return definition with { Filters = With(parameters, definition.Filters, "campaign_id", campaign) };
    }

    private static RawJson With(Payload? parameters, RawJson? filters, string field, string value)
    {
        var all = filters is null ? [] : JsonNode.Parse(filters.Utf8.Span)!.AsObject();
        if (all["junction"] is { } junction && !string.Equals(junction.ToString(), "and", StringComparison.OrdinalIgnoreCase))
        {
            throw parameters!.Value.Refuse(".filters.junction", $"must be and, as {field} is a condition as well");
        }

        all[field] = new JsonObject { ["conditions"] = new JsonObject { ["$in"] = new JsonArray(value) } };
        return new RawJson(JsonSerializer.SerializeToUtf8Bytes(all, WireJson.Options));
    }

    private static ExportDefinition Read(Payload? parameters, string exportedObject)
    {
        return new ExportDefinition
        {
            ExportedObject = exportedObject,
            Order = parameters?.Line("order", TextLimits.Name) is { Length: > 0 } order ? order : null,
            Fields = parameters?.Texts("fields", ExportDefinition.MostFields, TextLimits.Name) ?? [],
            Filters = parameters?.RawObject("filters"),
        };
    }
}
