using System.Text.Json;
using Marketing.Catalogue;
using Marketing.MetadataSchemas;

namespace Marketing.Campaigns;

/// <summary>Whether metadata of campaigns, and of codes that they are to make, is as the project's schemas say.</summary>
internal sealed class CampaignMetadata(MetadataCheck metadata, Catalogues catalogues)
{
    /// <summary>Of the campaign itself. One that uses the schema of vouchers is looked at by that; with another flag all of it is.</summary>
    public ValueTask<MetadataVerdict> OfAsync(int project, CampaignRow? present, CampaignRow row, CampaignCommand command)
    {
        var resource = ResourceOf(row);
        var isOther = present is not null && ResourceOf(present) != resource;
        var given = isOther ? row.Metadata : command.Metadata ?? (command.UnsetMetadata.Count > 0 ? RawJson.EmptyObject : null);
        return metadata.OfAsync(project, resource, given, row.Metadata, present is null, commits: row != present);
    }

    /// <summary>Of codes that are made all alike, by the newest schemas.</summary>
    public async ValueTask<IReadOnlyList<FieldProblem>> ProblemsOfCodesAsync(int project, RawJson fields)
    {
        var given = fields.ToElement().TryGetProperty("metadata", out var value) && value.ValueKind == JsonValueKind.Object ? RawJson.From(value) : null;
        return (await catalogues.FreshAsync(project)).MetadataSchemas.ProblemsOf("voucher", given, given, isNew: true);
    }

    private static string ResourceOf(CampaignRow row) =>
        row.Fields.ToElement().TryGetProperty("use_voucher_metadata_schema", out var uses) && uses.ValueKind == JsonValueKind.True ? "voucher" : "campaign";
}
